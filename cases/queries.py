"""Which cases an officer may see, and in which order: narrowing only, no writing.

``visible_to`` is the only door to a case for views, actions and the interface.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import connection
from django.db.models import Q, QuerySet

from cases.choices import RUNNING, State
from staff.actor import Actor
from staff.rights import Capability
from staff.text import fold

if TYPE_CHECKING:
    from cases.models import Case, Draft, OfficerNotice, ReceptionSlip

COUNT_CEILING = 1000
"""Totals are counted over running cases and stop here; the page says "hơn 1.000"."""

VIEWS: Final = ("open", "mine", "waiting", "today", "overdue", "signature", "ready")
"""The counts of the strip above the queue."""


@dataclass(frozen=True)
class QueueFilter:
    """What the queue page shows: ``view`` is a count of the strip, ``after`` and ``before`` are page keys."""

    view: str = "open"
    text: str = ""
    size: int = 20
    after: tuple[datetime, str] | None = None
    before: tuple[datetime, str] | None = None


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue with the keys of its neighbours."""

    cases: Sequence["Case"]
    next_key: tuple[datetime, str] | None = None
    previous_key: tuple[datetime, str] | None = None


class CaseQuerySet(QuerySet["Case"]):
    """Adjectives and relations of cases; every method returns a narrower set."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The cases that this officer may open: those of the membership's commune, in its fields.

        Clerk and handler see the fields of the membership (none listed = all), director and signatory all
        of the commune, everybody else none.
        """
        if actor is None or actor.commune_id is None or not actor.may(Capability.VIEW_CASES):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(field_code__in=actor.field_codes) if actor.field_codes else mine

    def running(self) -> Self:
        """Cases whose deadline can still pass."""
        return self.filter(state__in=RUNNING)

    def ready(self) -> Self:
        """Signed results that nobody has fetched yet."""
        return self.filter(state=State.RESOLVED)

    def overdue(self, at: datetime) -> Self:
        """Running cases whose promise has passed; lists and alerts compare by the moment."""
        return self.running().filter(due_at__lt=at)

    def due_on(self, day: date, at: datetime) -> Self:
        """Running cases promised for this day and not yet late."""
        return self.running().filter(due_on=day, due_at__gte=at)

    def held_by(self, officer_id: int) -> Self:
        """Running cases that this officer holds."""
        return self.running().filter(holder_id=officer_id)

    def waiting_for_signature(self) -> Self:
        """Results that wait for a leader."""
        return self.filter(state=State.AWAITING_APPROVAL)

    def unassigned(self) -> Self:
        """Registered cases that nobody has taken yet."""
        return self.filter(state=State.REGISTERED)

    def arrived_elsewhere(self, at: datetime) -> list[int]:
        """The communes whose reception has opened over cases that other communes sent them."""
        sent = self.filter(state=State.SUBMITTED, receiving_commune__isnull=False, accepted_at__lte=at)
        return sorted(sent.order_by().values_list("commune_id", flat=True).distinct())

    def from_elsewhere(self) -> Self:
        """Cases that came in at the counter of another commune."""
        return self.filter(receiving_commune__isnull=False)

    def matching(self, text: str) -> Self:
        """Cases whose code ends with, or whose principal's name holds, the text; diacritics do not matter."""
        if not text:
            return self
        return self.filter(Q(code__endswith=text.upper()) | Q(principal_fold__contains=fold(text)))

    def in_view(self, view: str, *, actor: Actor, at: datetime, day: date) -> Self:
        """The cases behind one count of the strip."""
        shown: Mapping[str, Callable[[], Self]] = {
            "mine": lambda: self.held_by(actor.officer_id),
            "waiting": self.unassigned,
            "today": lambda: self.due_on(day, at),
            "overdue": lambda: self.overdue(at),
            "signature": self.waiting_for_signature,
            "ready": self.ready,
        }
        return shown.get(view, self.running)()

    def for_queue_table(self) -> Self:
        """The columns of one row of the queue, nearest promise first, with a unique tail."""
        return (
            self.select_related("procedure", "holder")
            .only(
                "code", "state", "channel", "due_at", "due_on", "finished_at", "limit_unit", "principal_name",
                "procedure__code", "procedure__name", "holder__full_name", "commune_id", "version",
            )
            .order_by("due_at", "code")
        )  # fmt: skip

    def page(self, chosen: QueueFilter) -> QueuePage:
        """One page by keyset; never an OFFSET. A key with nothing behind it leads to the first page."""
        page = self._before(chosen) if chosen.before else self._after(chosen)
        if page.cases or not (chosen.after or chosen.before):
            return page
        return self._after(replace(chosen, after=None, before=None))

    def _before(self, chosen: QueueFilter) -> QueuePage:
        """The page that ends just before a key."""
        earlier = self.filter(_sorts_before(chosen.before)).order_by("-due_at", "-code")
        rows = list(earlier[: chosen.size + 1])
        more, rows = len(rows) > chosen.size, rows[: chosen.size][::-1]
        return QueuePage(rows, _key(rows[-1]) if rows else None, _key(rows[0]) if more else None)

    def _after(self, chosen: QueueFilter) -> QueuePage:
        """The page that begins just after a key, or the first one."""
        later = self.filter(_sorts_after(chosen.after))
        rows = list(later[: chosen.size + 1])
        more, rows = len(rows) > chosen.size, rows[: chosen.size]
        first = _key(rows[0]) if rows and chosen.after else None
        return QueuePage(rows, _key(rows[-1]) if more else None, first)

    def for_case_page(self) -> Self:
        """Everything of one case that its page shows, in a fixed number of queries."""
        return self.select_related(
            "commune", "procedure", "procedure_version", "situation", "reception_point", "holder", "arrival"
        ).prefetch_related(
            "parties",
            "papers",
            "obligations",
            "events",
            "drafts__proposed_by",
            "results__signer",
            "documents",
        )

    def for_tracking(self) -> Self:
        """What the tracking page and the machine interface show of one case."""
        return self.select_related(
            "commune",
            "procedure",
            "procedure_version",
            "situation",
            "reception_point__commune",
            "arrival__point__commune",
        ).prefetch_related("parties", "obligations", "events")

    def counts(self, *, actor: Actor, at: datetime, day: date) -> dict[str, int]:
        """The strip of counts in one query; each stops at the ceiling plus one."""
        if self.query.is_empty():
            return dict.fromkeys(VIEWS, 0)
        statements: list[str] = []
        values: list[Any] = []
        for view in VIEWS:
            shown = self.in_view(view, actor=actor, at=at, day=day).order_by().values("pk")
            sql, params = shown[: COUNT_CEILING + 1].query.sql_with_params()
            statements.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608 (the ORM's own SQL)
            values += params
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(statements)}", values)
            return dict(zip(VIEWS, cursor.fetchone(), strict=True))


class DraftQuerySet(QuerySet["Draft"]):
    """Drafts that leaders decide on."""

    def waiting_for(self, actor: Actor) -> Self:
        """Undecided drafts of the cases that this leader sees, nearest promise first."""
        if actor.commune_id is None or not actor.may(Capability.APPROVE_RESULT):
            return self.none()
        waiting = self.filter(commune_id=actor.commune_id, decision="", case__state=State.AWAITING_APPROVAL)
        if actor.field_codes:
            waiting = waiting.filter(case__field_code__in=actor.field_codes)
        return waiting.select_related("case__procedure", "proposed_by").order_by(
            "case__due_at", "case__code"
        )[:100]


class NoticeQuerySet(QuerySet["OfficerNotice"]):
    """In-app notices."""

    def unread_of(self, actor: Actor) -> Self:
        """What this officer has not read yet in this commune."""
        return self.filter(commune_id=actor.commune_id, officer_id=actor.officer_id, read_at__isnull=True)

    def newest_of(self, actor: Actor) -> Self:
        """The fifty newest notices of this officer in this commune."""
        mine = self.filter(commune_id=actor.commune_id, officer_id=actor.officer_id)
        return mine.select_related("case__procedure").order_by("-created_at", "-pk")[:50]


def _key(case: "Case") -> tuple[datetime, str]:
    return case.due_at, case.code


def _sorts_before(key: tuple[datetime, str] | None) -> Q:
    return Q(due_at__lt=key[0]) | Q(due_at=key[0], code__lt=key[1]) if key else Q()


def _sorts_after(key: tuple[datetime, str] | None) -> Q:
    return Q(due_at__gt=key[0]) | Q(due_at=key[0], code__gt=key[1]) if key else Q()


SLIP_DAYS: Final = 30
"""How long a slip that nobody came back with stays on the list of the counter."""


class SlipQuerySet(QuerySet["ReceptionSlip"]):
    """Slips given instead of a receipt."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The slips of the membership's commune, in its fields, for those who receive cases."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.REGISTER_CASE):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(procedure__field__code__in=actor.field_codes) if actor.field_codes else mine

    def unanswered(self) -> Self:
        """Slips that no registration has followed yet."""
        return self.filter(case=None)

    def at_hand_on(self, day: date) -> Self:
        """The slips of the day, and earlier ones with which somebody may still come back."""
        since = day - timedelta(days=SLIP_DAYS)
        return self.filter(Q(issued_on=day) | Q(case=None, issued_on__gte=since, issued_on__lt=day))

    def keyed(self, key: tuple[int, int] | None) -> Self:
        """The slip of this year and number; none without a key."""
        return self.filter(year=key[0], serial=key[1]) if key else self.none()

    def for_slip_page(self) -> Self:
        """What one line and the page of a slip show."""
        return self.select_related("procedure", "procedure_version", "reception_point", "issued_by", "case")
