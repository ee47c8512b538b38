"""The deadline badge: colour, icon and words together, because colour never speaks alone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import FINISHED, State
from procedures.deadlines import Timeliness, Unit, is_overdue, timeliness
from staff.clock import local, localdate
from staff.figures import day_text
from staff.work_calendar import CalendarMissing, WorkCalendar

SOON_DAYS: Final = 1
PAUSED: Final = (State.AWAITING_COMPLETION, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)

PILLS: Final[Mapping[str, str]] = {
    State.IN_PROGRESS: "work",
    State.AWAITING_APPROVAL: "done",
    State.AWAITING_SUPPLEMENT: "wait",
    State.AWAITING_PAYMENT: "wait",
    State.RESOLVED: "done",
    State.RETURNED: "done",
    State.WITHDRAWN: "end",
    State.STOPPED: "end",
}
"""The colour of the state's pill beside its words."""


@dataclass(frozen=True)
class Badge:
    """``css`` names the colour (late, today, soon, hold, done or none), ``icon`` the sign in the sprite."""

    css: str
    icon: str
    text: str


def due_badge(
    state: State | str,
    due_at: datetime,
    finished_at: datetime | None,
    *,
    at: datetime,
    calendar: WorkCalendar,
    unit: Unit = Unit.WORKING_DAY,
) -> Badge:
    """How much time a case has left, or how it ended. Days are working days; ``unit`` is the limit's own."""
    if state in FINISHED:
        return _ended(state, due_at, finished_at or at, unit=unit, calendar=calendar)
    if state in PAUSED:
        return Badge("hold", "pause", _("Đang dừng"))
    if is_overdue(at, due_at):
        return _late(at, due_at, calendar)
    return _ahead(at, due_at, calendar)


def _ahead(at: datetime, due_at: datetime, calendar: WorkCalendar) -> Badge:
    if localdate(due_at) == localdate(at):
        return Badge("today", "clock", _("Hôm nay %(time)s") % {"time": f"{local(due_at):%H:%M}"})
    left = _days(localdate(at), localdate(due_at), calendar)
    if left is None:
        return Badge("", "clock", _("Hẹn %(day)s") % {"day": day_text(localdate(due_at))})
    text = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
    return Badge("soon" if left <= SOON_DAYS else "", "clock", text)


def _days(after: date, until: date, calendar: WorkCalendar) -> int | None:
    """Working days between; a date that a clerk typed may lie in a year without a calendar, then unknown."""
    try:
        return calendar.working_days_between(after, until)
    except CalendarMissing:
        return None


def _late(at: datetime, due_at: datetime, calendar: WorkCalendar) -> Badge:
    days = _days(localdate(due_at), localdate(at), calendar)
    if days is None:
        text = _("Quá hạn từ %(time)s") % {"time": day_text(localdate(due_at))}
    elif days == 0:
        text = _("Quá hạn từ %(time)s") % {"time": f"{local(due_at):%H:%M}"}
    else:
        text = ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", days) % {"n": days}
    return Badge("late", "alert", text)


def _ended(
    state: State | str, due_at: datetime, finished_at: datetime, *, unit: Unit, calendar: WorkCalendar
) -> Badge:
    if state == State.WITHDRAWN:
        return Badge("", "again", _("Đã rút"))
    if state in (State.STOPPED, State.CLOSED):
        return Badge("", "pause", _("Đã dừng"))
    finished, due = localdate(finished_at), localdate(due_at)
    if timeliness(finished_at, due_at, unit) is Timeliness.LATE:
        return Badge("late", "alert", _late_words(_days(due, finished, calendar)))
    return Badge("done", "check", _early_words(_days(finished, due, calendar)))


def _late_words(days: int | None) -> str:
    """Late by working days; by hours, over a weekend or into a year without a calendar there is no number."""
    if not days:
        return _("Xong trễ")
    return ngettext("Xong trễ %(n)s ngày", "Xong trễ %(n)s ngày", days) % {"n": days}


def _early_words(days: int | None) -> str:
    if days is None:
        return _("Xong sớm")
    if days == 0:
        return _("Xong đúng hạn")
    return ngettext("Xong sớm %(n)s ngày", "Xong sớm %(n)s ngày", days) % {"n": days}
