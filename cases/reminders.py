"""The morning digest: once a day each officer is told what falls due. Unique per officer, commune and day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from cases.choices import NoticeKind, State
from cases.models import Case, OfficerNotice, ReceptionSlip
from cases.slip_queries import ANSWER_DAYS
from staff.actor import Actor, actor_for
from staff.models import Membership
from staff.queries import current_calendar, members_with
from staff.rights import Capability
from staff.scope import enter
from staff.work_calendar import CalendarMissing, WorkCalendar


@dataclass(frozen=True)
class Group:
    """Cases of one holder and one field, counted."""

    holder_id: int | None
    field_code: str
    due_today: int
    overdue: int
    due_soon: int
    to_sign: int


@dataclass(frozen=True)
class Figures:
    """What one officer is told."""

    due_today: int = 0
    overdue: int = 0
    due_soon: int = 0
    to_sign: int = 0
    slips: int = 0


def remind_commune(commune_id: int, *, day: date, at: datetime) -> int:
    """Leave the digest of the day for each officer of a commune who has something to do; how many are new.

    Running it again adds nothing, so that a missed morning can be made up at any hour.
    """
    with transaction.atomic():
        enter(commune_id)
        groups = _groups(commune_id, day=day, at=at)
        slips = _slips(commune_id, day)
        members = members_with(commune_id, Capability.VIEW_CASES, day=day) if groups or slips else []
        notices = [
            OfficerNotice(
                commune_id=commune_id,
                officer_id=officer,
                key=f"digest/{day.isoformat()}/{commune_id}/{officer}",
                kind=NoticeKind.DIGEST,
                figures=asdict(figures),
                created_at=at,
            )
            for officer, figures in digests(
                groups, [actor_for(member) for member in members], slips=slips
            ).items()
        ]
        known = OfficerNotice.objects.filter(
            commune_id=commune_id, key__in=[notice.key for notice in notices]
        )
        told_before = set(known.values_list("key", flat=True))
        OfficerNotice.objects.bulk_create(notices, ignore_conflicts=True)
    return len([notice for notice in notices if notice.key not in told_before])


def digests(
    groups: Sequence[Group], actors: Iterable[Actor], *, slips: Mapping[str, int] | None = None
) -> dict[int, Figures]:
    """The figures of each officer with something to do; an officer with two memberships is told once.

    Who handles cases is told of what he holds, everybody else of what he sees; only who signs is told of
    results that wait for a signature, only who receives cases of slips by field that nobody came back with.
    """
    seats: dict[int, list[Actor]] = {}
    for actor in actors:
        seats.setdefault(actor.officer_id, []).append(actor)
    found = {officer: _figures(groups, own, slips or {}) for officer, own in seats.items()}
    return {officer: figures for officer, figures in found.items() if figures != Figures()}


def _figures(groups: Sequence[Group], seats: Sequence[Actor], slips: Mapping[str, int]) -> Figures:
    due = [group for group in groups if any(_is_concern(group, seat) for seat in seats)]
    signing = [seat for seat in seats if seat.may(Capability.APPROVE_RESULT)]
    to_sign = [group for group in groups if any(seat.sees_field(group.field_code) for seat in signing)]
    receiving = [seat for seat in seats if seat.may(Capability.REGISTER_CASE)]
    return Figures(
        due_today=sum(group.due_today for group in due),
        overdue=sum(group.overdue for group in due),
        due_soon=sum(group.due_soon for group in due),
        to_sign=sum(group.to_sign for group in to_sign),
        slips=sum(n for field, n in slips.items() if any(seat.sees_field(field) for seat in receiving)),
    )


def _is_concern(group: Group, seat: Actor) -> bool:
    if seat.may(Capability.HANDLE_CASE):
        return group.holder_id == seat.officer_id
    return seat.sees_field(group.field_code)


def _groups(commune_id: int, *, day: date, at: datetime) -> list[Group]:
    """The running cases of a commune by holder and field, in one query."""
    soon = next_working_day(day) or day + timedelta(days=1)
    running = Case.objects.filter(commune_id=commune_id).running()
    counted = (
        running.order_by()
        .values("holder_id", "field_code")
        .annotate(
            due_today=Count("pk", filter=Q(due_on=day, due_at__gte=at)),
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            due_soon=Count("pk", filter=Q(due_on__gt=day, due_on__lte=soon)),
            to_sign=Count("pk", filter=Q(state=State.AWAITING_APPROVAL)),
        )
    )
    return [Group(**row) for row in counted]


def _slips(commune_id: int, day: date) -> dict[str, int]:
    """Guidance slips by field with which nobody came back for some working days."""
    since = working_days_before(day, ANSWER_DAYS)
    slips = ReceptionSlip.objects.filter(commune_id=commune_id).waiting_on(day, since)
    counted = slips.order_by().values("procedure__field__code").annotate(n=Count("pk"))
    return {row["procedure__field__code"]: row["n"] for row in counted}


def working_days_before(day: date, number: int) -> date:
    """The day from which so many working days have passed; each day counts in an unpublished year."""
    calendar = current_calendar()
    while number:
        day -= timedelta(days=1)
        number -= _is_worked(day, calendar)
    return day


def _is_worked(day: date, calendar: WorkCalendar) -> bool:
    try:
        return calendar.is_working_day(day)
    except CalendarMissing:
        return True


def next_working_day(day: date) -> date | None:
    """The working day after this one; unknown where the calendar of the year is not published."""
    try:
        return current_calendar().next_working_day(day)
    except CalendarMissing:
        return None


def is_working_day(day: date) -> bool:
    """Whether officers are at work; a day of an unpublished year counts as one."""
    return _is_worked(day, current_calendar())


def communes_at_work(day: date) -> list[int]:
    """The communes in which somebody works on this day."""
    staffed = Membership.objects.filter(commune__isnull=False, officer__is_active=True).valid_on(day)
    return sorted(set(staffed.values_list("commune_id", flat=True)))
