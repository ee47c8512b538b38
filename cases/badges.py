"""The deadline badge: colour, icon and words together, because colour never speaks alone. Pure."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import FINISHED, State
from procedures.deadlines import is_overdue, working_days_left
from staff.clock import local, localdate
from staff.work_calendar import WorkCalendar

PAUSED = (State.AWAITING_COMPLETION, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)


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
    soon_days: int = 1,
) -> Badge:
    """How much time a case has left, or how it ended. Days are working days."""
    if state in FINISHED:
        return _ended(state, due_at, finished_at or at, calendar)
    if state in PAUSED:
        return Badge("hold", "pause", _("Đang dừng"))
    if is_overdue(at, due_at):
        return _late(at, due_at, calendar)
    if localdate(due_at) == localdate(at):
        return Badge("today", "clock", _("Hôm nay %(time)s") % {"time": f"{local(due_at):%H:%M}"})
    left = working_days_left(at, due_at, calendar)
    text = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
    return Badge("soon" if left <= soon_days else "", "clock", text)


def _late(at: datetime, due_at: datetime, calendar: WorkCalendar) -> Badge:
    days = calendar.working_days_between(localdate(due_at), localdate(at))
    if days == 0:
        text = _("Quá hạn từ %(time)s") % {"time": f"{local(due_at):%H:%M}"}
    else:
        text = ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", days) % {"n": days}
    return Badge("late", "alert", text)


def _ended(state: State | str, due_at: datetime, finished_at: datetime, calendar: WorkCalendar) -> Badge:
    if state == State.WITHDRAWN:
        return Badge("", "again", _("Đã rút"))
    if state in (State.STOPPED, State.CLOSED):
        return Badge("", "pause", _("Đã dừng"))
    finished, due = localdate(finished_at), localdate(due_at)
    if finished > due:
        days = calendar.working_days_between(due, finished)
        return Badge(
            "late", "alert", ngettext("Xong trễ %(n)s ngày", "Xong trễ %(n)s ngày", days) % {"n": days}
        )
    days = calendar.working_days_between(finished, due)
    if days == 0:
        return Badge("done", "check", _("Xong đúng hạn"))
    return Badge("done", "check", ngettext("Xong sớm %(n)s ngày", "Xong sớm %(n)s ngày", days) % {"n": days})
