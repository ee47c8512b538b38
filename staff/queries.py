"""Plain answers from the tables of the office: calendars, hours, people."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from staff.actor import Actor
from staff.choices import SignInOutcome
from staff.clock import local, localdate
from staff.errors import OfficeError
from staff.gathering import Question, Values, gather
from staff.models import (
    AccessLog,
    Agency,
    CalendarDay,
    CalendarRevision,
    CalendarYear,
    Commune,
    Membership,
    Officer,
    OpeningHours,
    ReceptionPoint,
    SignInEvent,
)
from staff.rights import RIGHTS, Capability
from staff.text import fold
from staff.work_calendar import (
    DEFAULT_HOURS,
    CalendarMissing,
    DayKind,
    OfficeHours,
    SpecialDay,
    WorkCalendar,
)


def current_calendar() -> WorkCalendar:
    """The newest published calendar; one query, because a published revision never changes."""
    return calendar_of(_newest.gather()["calendar"])


def newest_calendar() -> "QuerySet[Any, Any]":
    """The question for the newest published revision, to be asked together with others."""
    return _revisions()[:1]


def calendar_of(found: Sequence[tuple[int, int, str]]) -> WorkCalendar:
    """The calendar that ``newest_calendar`` named; one that this process has not read yet is read."""
    if not found:
        raise OfficeError("calendar_revision_missing", _("Chưa có lịch làm việc nào được ban hành."))
    pk, number, published_at = found[0]
    return _load_calendar(pk, number, datetime.fromisoformat(published_at))


def calendar_revision(number: int) -> WorkCalendar:
    """The calendar that a trace names."""
    return calendar_of(gather({"calendar": Values(_revisions().filter(number=number))})["calendar"])


@Question
def _newest() -> dict[str, Values]:
    return {"calendar": Values(newest_calendar())}


def _revisions() -> "QuerySet[Any, Any]":
    published = CalendarRevision.objects.filter(published_at__isnull=False)
    return published.order_by("-number").values_list("pk", "number", "published_at")


@lru_cache(maxsize=16)
def _load_calendar(pk: int, number: int, published_at: datetime) -> WorkCalendar:
    """The content of a revision; the moment of publication tells databases apart that share a process."""
    years = CalendarYear.objects.filter(revision_id=pk).values_list("year", flat=True)
    days = CalendarDay.objects.filter(revision_id=pk)
    special = {
        row.day: SpecialDay(row.day, DayKind(row.kind), row.name, row.source, row.replaces) for row in days
    }
    return WorkCalendar(revision=number, years=frozenset(years), special=special)


def office_hours(point_id: int | None, day: date) -> OfficeHours:
    """Working hours of a reception point on a day; the province's usual hours where none are set."""
    if point_id is None:
        return DEFAULT_HOURS
    return hours_of(OpeningHours.objects.filter(point_id=point_id).valid_on(day))


def hours_of(sessions: Iterable[OpeningHours]) -> OfficeHours:
    """The working time in a table of sessions; one without any keeps the province's usual hours."""
    rows = sorted(
        (row.weekday, row.opens_at, row.closes_at)
        for row in sessions
        if row.weekday < len(DEFAULT_HOURS.weekdays) and not row.reception_only
    )
    if not rows:
        return DEFAULT_HOURS
    return OfficeHours(
        tuple(
            tuple((opens, closes) for weekday, opens, closes in rows if weekday == wanted)
            for wanted in range(len(DEFAULT_HOURS.weekdays))
        )
    )


def receives_at(point_id: int, at: datetime, calendar: WorkCalendar) -> bool:
    """Whether people are received at this moment in a session that is no working time, as on a Saturday.

    Holidays close such sessions too; in an unpublished year nobody knows.
    """
    day, now = localdate(at), local(at).time()
    try:
        is_free = calendar.kind(day) in (DayKind.HOLIDAY, DayKind.SWAPPED_OFF)
    except CalendarMissing:
        is_free = True
    sessions = OpeningHours.objects.filter(point_id=point_id, reception_only=True, weekday=day.weekday())
    return not is_free and sessions.valid_on(day).filter(opens_at__lte=now, closes_at__gt=now).exists()


def officers_of(commune: Commune, *, day: date) -> QuerySet[Membership]:
    """Who works in a commune on a day."""
    members = Membership.objects.filter(commune=commune, officer__is_active=True).valid_on(day)
    return members.for_actor().order_by("pk")


def members_with(commune_id: int, capability: Capability, *, day: date) -> QuerySet[Membership]:
    """Who works in a commune on a day in a role that has the capability."""
    roles = [role for role, capabilities in RIGHTS.items() if capability in capabilities]
    members = Membership.objects.filter(commune_id=commune_id, role__in=roles, officer__is_active=True)
    return members.valid_on(day).for_actor().order_by("pk")


def memberships_of(officer: Officer, *, day: date) -> QuerySet[Membership]:
    """Where an officer may work on a day."""
    return Membership.objects.filter(officer=officer).valid_on(day).for_choice()


def membership_at_work(officer: Officer, membership_id: object, *, day: date) -> Membership | None:
    """The membership that a session names, as long as it is the officer's own and valid on this day."""
    if not isinstance(membership_id, int):
        return None
    if officer.read_with is not None and officer.read_with[0] == day:
        return officer.read_with[1].get(membership_id)
    return memberships_of(officer, day=day).filter(pk=membership_id).first()


def communes_named(words: str) -> QuerySet[Commune]:
    """Communes by present or former name, typed with or without diacritics."""
    return Commune.objects.named_like(fold(words)).for_list()


def agencies_named(words: str) -> QuerySet[Agency]:
    """Agencies outside the communes by one of their names, typed with or without diacritics."""
    return Agency.objects.named_like(fold(words))


def points_of(commune: Commune, *, day: date) -> QuerySet[ReceptionPoint]:
    """The reception points of a commune with the sessions that apply on a day."""
    sessions = Prefetch("opening_hours", OpeningHours.objects.valid_on(day), to_attr="sessions")
    return ReceptionPoint.objects.filter(commune=commune).prefetch_related(sessions)


def recent_sign_ins(officer: Officer) -> QuerySet[SignInEvent]:
    """The last times that somebody came or tried to come in under the officer's name."""
    told = (SignInOutcome.SIGNED_IN, SignInOutcome.WRONG, SignInOutcome.LOCKED)
    return SignInEvent.objects.filter(username=officer.username, outcome__in=told).order_by("-at", "-pk")[:5]


def working_point(actor: Actor) -> ReceptionPoint:
    """Where this officer receives people: the point of the membership, else the main one of the commune.

    Raises:
        ReceptionPoint.DoesNotExist: the actor belongs to no commune.
    """
    if actor.commune_id is None:
        raise ReceptionPoint.DoesNotExist
    points = ReceptionPoint.objects.select_related("commune", "centre").filter(commune_id=actor.commune_id)
    if actor.reception_point_id is not None:
        return points.get(pk=actor.reception_point_id)
    return points.order_by("-is_main", "position")[:1].get()


def names_of(officers: Collection[int]) -> dict[int, str]:
    """Full names by key."""
    if not officers:
        return {}
    return dict(Officer.objects.filter(pk__in=officers).values_list("pk", "full_name"))


def readers_since(since: datetime, *, commune_id: int, case_code: str) -> "QuerySet[Any, Any]":
    """How often a case was opened since a moment, and by how many officers: one row."""
    opened = AccessLog.objects.filter(commune_id=commune_id, case_code=case_code, at__gte=since)
    counted = opened.values("case_code").annotate(times=Count("pk"), officers=Count("officer", distinct=True))
    return counted.values_list("times", "officers")
