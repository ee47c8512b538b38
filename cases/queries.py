"""Which cases an officer may see, and in which order: narrowing only, no writing.

``visible_to`` is the only door to a case for views, actions and the interface.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self, cast

from django.apps import apps
from django.db.models import Exists, Func, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Reverse

from cases.agency_queries import AgencyCases
from cases.badges import PAUSED
from cases.choices import RUNNING, State
from cases.narrowing import OPEN_STATES
from cases.queues import ORDERS, Moment, Order, PageKey, QueueFilter
from procedures.models import Procedure
from staff.actor import Actor
from staff.keysets import beyond
from staff.rights import Capability

if TYPE_CHECKING:
    from cases.models import Case, CaseFile, Draft, OfficerNotice, Payment, TypedDraft

COUNT_CEILING = 1000
"""Totals are counted over running cases and stop here; the page says "hơn 1.000"."""

QUEUE_COLUMNS: Final = (
    *("code", "version", "state", "channel", "due_at", "finished_at", "limit_unit", "principal_name"),
    *("voided_at", "received_on"),
)
"""What stands in a row of the queue or orders the rows, as far as it is a column of the case."""
CODE_AND_NAME: Final = Func("code", "name", function="jsonb_build_array", output_field=JSONField())
"""What a row tells of its procedure, as one value of one subquery."""

STATES_OF_VIEW: Final[Mapping[str, Collection[State]]] = {
    "open": RUNNING,
    "waiting": (State.REGISTERED,),
    "citizen": PAUSED,
    "signature": (State.AWAITING_APPROVAL,),
    "ready": (State.RESOLVED,),
}
"""The views of the queue that the state of a case alone decides: ``waiting`` for somebody to take it up,
``citizen`` for a paper or money, ``signature`` of a leader, ``ready`` with a signed result to be fetched."""

TYPED_HOURS: Final = 24
"""What is typed and not registered is kept this long."""


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue with the keys of its neighbours; its cases may be plain rows."""

    cases: Sequence[Any]
    next_key: PageKey | None = None
    previous_key: PageKey | None = None


def states_that_wait(actor: Actor) -> tuple[State, ...]:
    """The states in which a case waits for this officer, whoever holds it."""
    states: tuple[State, ...] = ()
    if actor.may(Capability.APPROVE_RESULT):
        states += (State.AWAITING_APPROVAL,)
    if actor.may(Capability.HAND_OVER_RESULT):
        states += (State.REGISTERED, State.RESOLVED)
    return states


def holders_that_wait(actor: Actor) -> Q:
    """By whom a case is held when it waits for this officer, beside the states that wait in any case."""
    held = Q()
    if actor.may(Capability.HANDLE_CASE):
        held |= Q(holder_id=actor.officer_id, state__in=(State.REGISTERED, State.IN_PROGRESS))
    if actor.may(Capability.FORWARD_CASE) and not actor.may(Capability.HAND_OVER_RESULT):
        held |= Q(holder_id=None, state__in=(State.REGISTERED, State.IN_PROGRESS))
    return held


class CaseQuerySet(AgencyCases):
    """Adjectives and relations of cases; every method returns a narrower set."""

    def at_till_of(self, actor: Actor | None) -> Self:
        """The cases whose money this officer handles: the visible ones; for a cashier those of the commune.

        A cashier who sees no cases is shown the code and what is owed, and nobody by name.
        """
        of_money = (Capability.TAKE_PAYMENT, Capability.VOID_PAYMENT)
        if actor is None or actor.commune_id is None or not any(map(actor.may, of_money)):
            return self.none()
        if actor.may(Capability.VIEW_CASES):
            return self.visible_to(actor)
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(field_code__in=actor.field_codes) if actor.field_codes else mine

    def running(self) -> Self:
        """Cases whose deadline can still pass."""
        return self.filter(state__in=RUNNING)

    def asking_for(self, procedure_id: int, *, day: date) -> Self:
        """Requests for this procedure that are not handed over yet, or that came in on this day.

        One that was entered by mistake is none: it is voided so that it can be entered again.
        """
        is_open = Q(state__in=OPEN_STATES)
        return self.filter(is_open | Q(received_on=day), procedure_id=procedure_id, voided_at=None)

    def arrived_elsewhere(self, at: datetime) -> list[int]:
        """The communes whose reception has opened over cases that other communes sent them."""
        sent = self.filter(state=State.SUBMITTED, receiving_commune__isnull=False, accepted_at__lte=at)
        return sorted(sent.order_by().values_list("commune_id", flat=True).distinct())

    def ending(self, text: str) -> Self:
        """Cases whose code ends so."""
        backwards = self.alias(code_backwards=Reverse("code"))
        return backwards.filter(code_backwards__startswith=text[::-1])

    def from_elsewhere(self) -> Self:
        """Cases that came in at the counter of another commune."""
        return self.filter(receiving_commune__isnull=False)

    def waiting_for(self, actor: Actor) -> Self:
        """What this officer has to do next: take a case up, forward it, sign its result or hand that over."""
        states, held = states_that_wait(actor), holders_that_wait(actor)
        todo = Q(state__in=states) | held if states else held
        return self.filter(todo) if todo else self.none()

    def in_view(self, view: str, *, actor: Actor, moment: Moment, state: str = "") -> Self:
        """The cases behind one count of the strip; with a state, those of them in it."""
        if view == "me":
            waiting = self.waiting_for(actor)
            return waiting.filter(state=state) if state else waiting
        running = self.in_states(RUNNING, only=state)
        if view == "mine":
            return running.filter(holder_id=actor.officer_id)
        if view in moment.spans:
            since, until = moment.spans[view]
            return running.filter(due_at__gte=since, due_at__lt=until)
        return self.in_states(STATES_OF_VIEW.get(view, RUNNING), only=state)

    def for_queue_table(self) -> Self:
        """The columns of one row of the queue."""
        shown = (*QUEUE_COLUMNS, "commune_id", "due_on", "procedure_id", "holder_id")
        return self.prefetch_related("procedure", "holder").only(*shown)

    def as_queue_rows(self) -> Self:
        """The same columns as plain rows, for a page that shows many of them and nothing else of a case.

        Nothing is joined, the procedure is looked up for the rows that are shown. Open cases are promised for
        days to come, the other 97 of 100 for days gone; the planner, who does not know, expects twenty rows
        behind a key where there are thousands, and would join and sort them all.
        """
        procedure = Procedure.objects.order_by().filter(pk=OuterRef("procedure_id"))
        told = self.annotate(code_and_name=Subquery(procedure.values(told=CODE_AND_NAME)))
        rows = told.values_list(*QUEUE_COLUMNS, "holder_id", "code_and_name", named=True)
        return cast("Self", rows)

    def page(self, chosen: QueueFilter) -> QueuePage:
        """One page by keyset; never an OFFSET. A key with nothing behind it leads to the first page."""
        page = self._before(chosen) if chosen.before else self._after(chosen)
        if page.cases or not (chosen.after or chosen.before):
            return page
        return self._after(chosen.change())

    def _before(self, chosen: QueueFilter) -> QueuePage:
        """The page that ends just before a key."""
        order = ORDERS[chosen.order]
        backwards = replace(order, is_descending=not order.is_descending)
        earlier = self.filter(self._beyond(chosen.before, backwards)).order_by(*backwards.columns)
        rows = list(earlier[: chosen.size + 1])
        more, rows = len(rows) > chosen.size, rows[: chosen.size][::-1]
        return QueuePage(
            rows, _key(rows[-1], order) if rows else None, _key(rows[0], order) if more else None
        )

    def _after(self, chosen: QueueFilter) -> QueuePage:
        """The page that begins just after a key, or the first one."""
        order = ORDERS[chosen.order]
        later = self.filter(self._beyond(chosen.after, order)).order_by(*order.columns)
        rows = list(later[: chosen.size + 1])
        more, rows = len(rows) > chosen.size, rows[: chosen.size]
        first = _key(rows[0], order) if rows and chosen.after else None
        return QueuePage(rows, _key(rows[-1], order) if more else None, first)

    def _beyond(self, key: PageKey | None, order: Order) -> Q:
        """What follows a row; in the order of names its place is looked up by its code, in the same set."""
        if key is None:
            return Q()
        place: Any = key.value
        if place is None:
            place = Subquery(self.order_by().filter(code=key.code).values(order.column)[:1])
        return beyond((order.column, "code"), (place, key.code), descending=order.is_descending)

    def for_case_page(self) -> Self:
        """The row of one case with what it names; its lists are read beside it."""
        return self.select_related(
            *("commune", "procedure", "procedure_version", "situation", "reception_point", "holder"),
            *("typed_by", "arrival", "corrects", "competent_agency", "sending__handover"),
        )

    def for_papers_page(self) -> Self:
        """One case with its papers, their files and where those came from."""
        return self.select_related("procedure_version").prefetch_related(
            "parties",
            "papers__required_paper",
            "papers__files__added_by",
            "papers__files__source__case",
        )

    def for_tracking(self) -> Self:
        """The row that the citizen's page and the machine interface show; its lists are read beside it."""
        return self.select_related(
            "commune",
            "procedure",
            "procedure_version",
            "situation",
            "reception_point__commune",
            "arrival__point__commune",
            "corrects",
            "competent_agency",
        )

    def capped_count(self, to: int = 0) -> tuple[str, tuple[Any, ...]]:
        """The SQL of how many these are; unless told, it stops one past what is shown."""
        if self.query.is_empty():
            return "0", ()
        sql, params = self.order_by().values("pk")[: to or COUNT_CEILING + 1].query.sql_with_params()
        return f"(SELECT count(*) FROM ({sql}) AS counted)", params  # noqa: S608 (the ORM's own SQL)


MOST_REUSABLE: Final = 20
"""How many earlier files the papers page offers for use again."""


class CaseFileQuerySet(QuerySet["CaseFile"]):
    """Files of papers."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The files of the cases that this officer may open."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.VIEW_CASES):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(case__field_code__in=actor.field_codes) if actor.field_codes else mine

    def usable_again_in(self, case: "Case", number_mark: bytes | None) -> Self:
        """The newest files of earlier cases of the same commune and the same principal, known by number.

        A file that a newer one has followed is no longer offered, nor one that the case already has.
        """
        if not number_mark:
            return self.none()
        principals = Q(case__parties__role="principal", case__parties__id_blind=number_mark)
        earlier = self.filter(principals, commune_id=case.commune_id, followed_by=None).exclude(case=case)
        fresh = earlier.exclude(sha256__in=self.model.objects.filter(case=case).values("sha256"))
        return fresh.select_related("case", "paper").order_by("-pk")[:MOST_REUSABLE]


class DraftQuerySet(QuerySet["Draft"]):
    """Drafts that leaders decide on."""

    def waiting_for(self, actor: Actor) -> Self:
        """Undecided drafts of the cases that this leader sees, nearest promise first."""
        if actor.commune_id is None or not actor.may(Capability.APPROVE_RESULT):
            return self.none()
        waiting = self.filter(commune_id=actor.commune_id, decision="", case__state=State.AWAITING_APPROVAL)
        if actor.field_codes:
            waiting = waiting.filter(case__field_code__in=actor.field_codes)
        return waiting.select_related("case__procedure", "proposed_by").order_by("case__due_at", "case__code")

    def of_cases(self, codes: Collection[str]) -> Self:
        """The drafts of these cases among them."""
        return self.filter(case__code__in=codes)


class TypedDraftQuerySet(QuerySet["TypedDraft"]):
    """Screens of reception that are typed in part."""

    def of(self, actor: Actor, *, at: datetime) -> Self:
        """The officer's own in this commune, of the last 24 hours, without those that became a case."""
        if actor.commune_id is None:
            return self.none()
        registered = apps.get_model("cases", "Case").objects.filter(
            commune_id=OuterRef("commune_id"), intake_key=OuterRef("intake_key")
        )
        mine = self.filter(commune_id=actor.commune_id, officer_id=actor.officer_id)
        return mine.filter(~Exists(registered), saved_at__gt=at - timedelta(hours=TYPED_HOURS))


class NoticeQuerySet(QuerySet["OfficerNotice"]):
    """In-app notices."""

    def unread_of(self, actor: Actor) -> Self:
        """What this officer has not read yet in this commune."""
        return self.unread_at(actor.commune_id, actor.officer_id)

    def unread_at(self, commune_id: int | None, officer_id: int) -> Self:
        """What the officer of this key has not read yet in the commune of this key."""
        return self.filter(commune_id=commune_id, officer_id=officer_id, read_at__isnull=True)

    def newest_of(self, actor: Actor) -> Self:
        """The fifty newest notices of this officer in this commune."""
        mine = self.filter(commune_id=actor.commune_id, officer_id=actor.officer_id)
        return mine.select_related("case__procedure", "foreign").order_by("-created_at", "-pk")[:50]


def _key(case: "Case", order: Order) -> PageKey:
    return PageKey(None if order.column == "principal_sort" else getattr(case, order.column), case.code)


class PaymentQuerySet(QuerySet["Payment"]):
    """Takes against receipts."""

    def of_till(self, actor: Actor) -> Self:
        """The takes of this officer in this commune."""
        return self.filter(commune_id=actor.commune_id, taken_by_id=actor.officer_id)

    def touched_on(self, actor: Actor, day: date) -> Self:
        """Every take of the cases of this commune of which money was taken or given back on this day."""
        if actor.commune_id is None or not actor.may(Capability.VIEW_TILL):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        of_day = (
            mine.filter(taken_on=day).values("case").union(mine.filter(void__voided_on=day).values("case"))
        )
        people = ("case", "taken_by", "reception_point", "void__voided_by")
        return mine.filter(case__in=of_day).select_related(*people)

    def standing(self) -> Self:
        """Takes that nobody has voided."""
        return self.filter(void=None)
