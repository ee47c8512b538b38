"""A case and what lies beside it, a statement for each: people, papers, money, history and messages.

The price of few round trips is this one list of names; see docs/decisions/0011-fewer-round-trips.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from cases.models import Case, CaseEvent, CaseFile, IssuedDocument, OfficerNotice, Payment, PaymentVoid
from staff import clock
from staff.actor import Actor
from staff.gathering import Question, Rows, Values, hold
from staff.models import Officer
from staff.queries import calendar_of, names_of, newest_calendar, readers_since
from staff.rights import Capability
from staff.work_calendar import WorkCalendar

UNREAD_AT_MOST: Final = 100

ON_THE_PAGE: Final = (
    *("parties", "papers", "obligations", "events", "drafts", "results", "documents"),
    *("payments", "messages", "amendments"),
)
"""The lists that the page of a case shows."""
ON_TRACKING: Final = ("parties", "obligations", "events")
"""The lists that the citizen's page shows."""
_OFFICERS: Final[Mapping[str, tuple[str, ...]]] = {
    "drafts": ("proposed_by",),
    "results": ("signer",),
    "payments": ("taken_by",),
}
NAMED_BY_KEY: Final = ("holder", "signer")
"""Whom a step of the history names by key."""

More = Callable[..., Mapping[str, Rows | Values]]
"""Questions beside the lists of a case, for its key (``case``) and other values by name."""


def read_beside(
    case: Case, names: tuple[str, ...], more: More | None = None, **values: Any
) -> dict[str, list[Any]]:
    """Read these lists of the case, which then holds them; what ``more`` asks for is answered by name."""
    found = _beside.gather(names, more, case=case.pk, **values)
    for name in names:
        hold(case, name, found[name])
    for paper in found.get("papers", ()):
        hold(paper, "files", [file for file in found["files"] if file.paper_id == paper.pk])
    voids = {void.payment_id: void for void in found.get("voids", ())}
    for payment in found.get("payments", ()):
        Payment._meta.get_field("void").set_cached_value(payment, voids.get(payment.pk))  # noqa: SLF001
    return found


@Question
def _beside(
    names: tuple[str, ...], more: More | None, *, case: int, **values: Any
) -> dict[str, Rows | Values]:
    owner = Case(pk=case)
    asked: dict[str, Rows | Values] = {
        name: Rows(getattr(owner, name).all(), _OFFICERS.get(name, ())) for name in names
    }
    if "messages" in names:  # those to people; what other systems are told is not shown with a case
        asked["messages"] = Rows(owner.messages.filter(webhook__isnull=True))
    if "papers" in names:
        asked["files"] = Rows(CaseFile.objects.filter(case=case))
    if "payments" in names:
        asked["voids"] = Rows(PaymentVoid.objects.filter(payment__case=case))
    return asked | dict(more(case=case, **values) if more else {})


@dataclass(frozen=True)
class PageFacts:
    """What the page of a case tells beside its lists.

    ``names`` are the officers named by key in history and copies; ``readers`` counts today's openings and who
    opened; ``unread`` is the number at the bell.
    """

    names: Mapping[int, str]
    readers: tuple[int, int]
    unread: int
    calendar: WorkCalendar


def read_page(case: Case, actor: Actor, at: datetime) -> PageFacts:
    """Every list that the page of a case shows, and the facts beside them, in one statement."""
    found = read_beside(
        case,
        ON_THE_PAGE,
        _facts,
        code=case.code,
        commune=case.commune_id,
        since=clock.day_start(at),
        counter=actor.home_id,
        officer=actor.officer_id,
    )
    [readers] = found["readers"] or [(0, 0)]
    return PageFacts(dict(found["names"]), readers, len(found["unread"]), calendar_of(found["calendar"]))


def _facts(
    *, case: int, code: str, commune: int, since: datetime, counter: int, officer: int
) -> dict[str, Rows | Values]:
    unread = OfficerNotice.objects.unread_at(counter, officer)[:UNREAD_AT_MOST]
    return {
        "names": Values(_named(case)),
        "readers": Values(readers_since(since, commune_id=commune, case_code=code)),
        "unread": Values(unread.values_list("pk")),
        "calendar": Values(newest_calendar()),
    }


def _named(case: int) -> "QuerySet[Any, Any]":
    """Key and name of every officer whom the history or a copy of the receipt names by key."""
    named = Q(pk__in=IssuedDocument.objects.filter(case=case).values("issued_by_id"))
    for part in NAMED_BY_KEY:
        keys = CaseEvent.objects.filter(case=case).annotate(
            key=Cast(KT(f"payload__{part}"), BigIntegerField())
        )
        named |= Q(pk__in=keys.values("key"))
    return Officer.objects.filter(named).values_list("pk", "full_name")


def names_in(case: Case) -> dict[int, str]:
    """Key and name of the officers whom the history names by key, of a case whose history is read."""
    named = {event.payload.get(part) for event in case.events.all() for part in NAMED_BY_KEY}
    return names_of({officer for officer in named if officer})


def read_case(actor: Actor, code: str) -> Case | None:
    """The case whose page this officer may open, with all that its row names."""
    if actor.commune_id is None or not actor.may(Capability.VIEW_CASES):
        return None
    return next(iter(_visible.gather(actor.alike, commune=actor.commune_id, code=code)["case"]), None)


@Question
def _visible(alike: Actor, *, commune: int, code: str) -> dict[str, Rows]:
    visible = Case.objects.visible_to(alike.seated(commune=commune))
    return {"case": Rows(visible.for_case_page().filter(code=code))}


def read_tracked(column: str, value: str) -> Case | None:
    """The case of a receipt's token or code, with all that its row names, for whoever holds it."""
    return next(iter(_tracked.gather(column, value=value)["case"]), None)


@Question
def _tracked(column: str, *, value: str) -> dict[str, Rows]:
    return {"case": Rows(Case.objects.for_tracking().filter(**{column: value}))}


def read_tracking(case: Case) -> WorkCalendar:
    """What the citizen's page shows beside the case, with the calendar that counts what is left."""
    return calendar_of(read_beside(case, ON_TRACKING, _calendar)["calendar"])


def _calendar(**_case: int) -> dict[str, Rows | Values]:
    return {"calendar": Values(newest_calendar())}
