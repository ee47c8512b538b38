"""When a result is due, day by day, from the moment at which the full file was received.

Days are counted by the law, not by the deployed system: the day of receipt is left out, the last day ends
with the office, and time that must not be counted is added in full.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, Self, TypeAlias, TypeVar

from django.utils.translation import gettext_lazy as _

from procedures.errors import ProcedureError
from staff.clock import local, localdate
from staff.work_calendar import OfficeHours, Span, WorkCalendar

SAME_DAY_UNTIL: Final = dt.time(15)
ONE_DAY: Final = dt.timedelta(days=1)
ONE_MINUTE: Final = dt.timedelta(minutes=1)
NO_TIME: Final = dt.timedelta(0)

Params: TypeAlias = dict[str, Any]
_Comparable = TypeVar("_Comparable", dt.date, dt.datetime)


class Unit(StrEnum):
    """What a time limit is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    SAME_DAY = "same_day"
    NONE = "none"


@dataclass(frozen=True)
class TimeLimit:
    """The published time for handling a procedure."""

    amount: int | None
    unit: Unit


@dataclass(frozen=True)
class TraceStep:
    """What one calendar day did to the time limit; worded when it is shown. Params are plain JSON values."""

    code: str
    date: dt.date
    params: Params

    def as_json(self) -> dict[str, Any]:
        """The step as it is stored with the case."""
        return {"code": self.code, "date": self.date.isoformat(), "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The step as it was stored."""
        return cls(data["code"], dt.date.fromisoformat(data["date"]), dict(data["params"]))


@dataclass(frozen=True)
class Deadline:
    """The promised moment, how it was found and the calendar revision that was used."""

    due_at: dt.datetime
    trace: tuple[TraceStep, ...]
    calendar_revision: int
    unit: Unit


class Timeliness(StrEnum):
    """How a finished case stands to its promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def compute_due(
    started_at: dt.datetime, limit: TimeLimit, *, calendar: WorkCalendar, hours: OfficeHours
) -> Deadline:
    """The moment at which the result of a full file is due.

    Args:
        started_at: aware; when the full file was received.

    Raises:
        ProcedureError: the limit cannot be counted, so that an officer must name the day.
        CalendarMissing: counting reaches a year without a published calendar.

    Legal source: Bộ luật Dân sự 2015, Điều 147 and Điều 148 khoản 1, 5; Nghị định 23/2015/NĐ-CP, Điều 7.
    """
    return pause_due(started_at, limit, (), calendar=calendar, hours=hours)


def pause_due(
    deadline_started_at: dt.datetime,
    limit: TimeLimit,
    pauses: Sequence[Span],
    *,
    calendar: WorkCalendar,
    hours: OfficeHours,
) -> Deadline:
    """The moment at which the result is due when time stood still in between.

    A pause adds the days after the one on which it began, up to and including the one on which it ended:
    working days to a limit in working days, all days to one in calendar days, working time to one in hours.

    Args:
        pauses: aware moments (began, ended), in any order; what overlaps is counted once.

    Raises:
        ProcedureError: the limit cannot be counted, so that an officer must name the day.
        CalendarMissing: counting reaches a year without a published calendar.

    Legal source: Nghị định 123/2015/NĐ-CP, Điều 3 khoản 4.
    """
    amount = _amount(limit)
    start = local(deadline_started_at)
    counting = _Counting(start, limit.unit, _joined(pauses, start), calendar, hours)
    if limit.unit is Unit.WORKING_HOUR:
        return _due_in_hours(counting, dt.timedelta(hours=amount))
    if limit.unit is Unit.SAME_DAY:
        return _due_in_days(counting, 0 if _is_for_today(start, calendar, hours) else 1)
    return _due_in_days(counting, amount)


def timeliness(finished_at: dt.datetime, due_at: dt.datetime, unit: Unit) -> Timeliness:
    """How a result stands to its promise in the statistics: by local day, limits in hours by the moment."""
    if unit is Unit.WORKING_HOUR:
        return _compared(finished_at, due_at)
    return _compared(localdate(finished_at), localdate(due_at))


def is_overdue(at: dt.datetime, due_at: dt.datetime) -> bool:
    """Whether the promised moment has passed."""
    return at > due_at


def working_days_left(at: dt.datetime, due_at: dt.datetime, calendar: WorkCalendar) -> int:
    """Working days from today to the due day: 0 when due today, negative as soon as it is late."""
    today, due_on = localdate(at), localdate(due_at)
    if is_overdue(at, due_at):
        return -max(1, calendar.working_days_between(due_on, today))
    return calendar.working_days_between(today, due_on)


@dataclass
class _Counting:
    """A time limit while it is counted, with the trace that grows along."""

    start: dt.datetime
    unit: Unit
    pauses: tuple[Span, ...]
    calendar: WorkCalendar
    hours: OfficeHours
    trace: list[TraceStep] = field(default_factory=list)

    def note(self, code: str, day: dt.date, **params: Any) -> None:
        self.trace.append(TraceStep(code, day, params))

    def day_params(self, day: dt.date) -> Params:
        """Why a day is off, nothing for a plain working day."""
        if self.calendar.is_working_day(day):
            return {}
        special = self.calendar.special_day(day)
        return {"kind": self.calendar.kind(day).value, "name": special.name if special else ""}

    def counts(self, day: dt.date) -> bool:
        return self.unit is Unit.CALENDAR_DAY or self.calendar.is_working_day(day)

    def finish(self, due_at: dt.datetime, **params: Any) -> Deadline:
        self.note("due", due_at.date(), time=_clock_time(due_at), **params)
        return Deadline(due_at, tuple(self.trace), self.calendar.revision, self.unit)


def _amount(limit: TimeLimit) -> int:
    """The number to count; a procedure of the same day needs none."""
    if limit.unit is Unit.SAME_DAY:
        return 0
    if limit.unit is Unit.NONE or limit.amount is None or limit.amount < 1:
        message = _("Thủ tục này chưa có thời hạn tính được: cán bộ ghi ngày hẹn trả và lý do.")
        raise ProcedureError("no_computable_limit", message)
    return limit.amount


def _is_for_today(start: dt.datetime, calendar: WorkCalendar, hours: OfficeHours) -> bool:
    """Whether a same-day result is still due today: received by 15:00:00 and before the office closes."""
    day = start.date()
    if not calendar.is_working_day(day) or start >= hours.closing(day, calendar):
        return False
    return start.replace(microsecond=0).time() <= SAME_DAY_UNTIL


def _joined(pauses: Sequence[Span], start: dt.datetime) -> tuple[Span, ...]:
    """The pauses in order, without what overlaps and without what lies before the start."""
    joined: list[Span] = []
    for began_at, ended_at in sorted(pauses):
        if ended_at < began_at:
            message = "A pause ends before it begins."
            raise ValueError(message)
        begins = max(local(began_at), joined[-1][1] if joined else start)
        if local(ended_at) > begins:
            joined.append((begins, local(ended_at)))
    return tuple(joined)


def _due_in_days(counting: _Counting, amount: int) -> Deadline:
    """The end of the last day, each day counted, paused or skipped with its reason."""
    day = counting.start.date()
    _note_received_for_days(counting, for_today=amount == 0)
    left, paused = amount, _paused_days(counting)
    while left + paused > 0:
        day += ONE_DAY
        if not counting.counts(day):
            counting.note("day_off", day, **counting.day_params(day))
        elif (window := _pause_over(counting, day)) is not None:
            paused -= 1
            counting.note("paused", day, **window)
        elif left > 0:
            left -= 1
            _note_counted(counting, day, amount - left)
        else:
            paused -= 1
            counting.note("paused", day, moved=True)
    last = _rolled(counting, day)
    return counting.finish(counting.hours.closing(last, counting.calendar), n=amount)


def _paused_days(counting: _Counting) -> int:
    """How many days all pauses add; they are days after the start, each counted once."""
    windows = [(localdate(began_at), localdate(ended_at)) for began_at, ended_at in counting.pauses]
    if counting.unit is Unit.CALENDAR_DAY:
        return sum((ended_on - began_on).days for began_on, ended_on in windows)
    return sum(counting.calendar.working_days_between(began_on, ended_on) for began_on, ended_on in windows)


def _pause_over(counting: _Counting, day: dt.date) -> Params | None:
    """The pause in which this day is not counted."""
    for began_at, ended_at in counting.pauses:
        if localdate(began_at) < day <= localdate(ended_at):
            return {"from": localdate(began_at).isoformat(), "to": localdate(ended_at).isoformat()}
    return None


def _note_received_for_days(counting: _Counting, *, for_today: bool) -> None:
    """The day of receipt, which is not counted."""
    start, calendar = counting.start, counting.calendar
    day = start.date()
    params = counting.day_params(day)
    if calendar.is_working_day(day) and start > counting.hours.closing(day, calendar):
        params["after_closing"] = True
    if counting.unit is Unit.SAME_DAY:
        params["unit"] = counting.unit.value
        if not for_today and start.time() > SAME_DAY_UNTIL:
            params["after_15"] = True
    counting.note("received", day, time=_clock_time(start), **params)


def _note_counted(counting: _Counting, day: dt.date, n: int) -> None:
    """A day that counts; among calendar days one that is off counts too."""
    params: Params = {"n": n}
    if counting.unit is Unit.CALENDAR_DAY:
        params |= {"unit": counting.unit.value} | counting.day_params(day)
    elif (special := counting.calendar.special_day(day)) is not None:
        params |= {"kind": special.kind.value, "name": special.name}
    counting.note("counted", day, **params)


def _rolled(counting: _Counting, last: dt.date) -> dt.date:
    """The last day, moved to the next working day when it is off.

    Legal source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
    """
    if counting.calendar.is_working_day(last):
        return last
    rolled_to = counting.calendar.next_working_day(last)
    for i in range(1, (rolled_to - last).days):
        day = last + dt.timedelta(days=i)
        counting.note("day_off", day, **counting.day_params(day))
    counting.note("rolled", rolled_to, **{"from": last.isoformat()}, **counting.day_params(last))
    return rolled_to


def _due_in_hours(counting: _Counting, amount: dt.timedelta) -> Deadline:
    """The moment at which the working time has run out.

    Legal source: Bộ luật Dân sự 2015, Điều 147 khoản 1.
    """
    calendar, hours = counting.calendar, counting.hours
    still = sum((hours.time_between(b, e, calendar) for b, e in counting.pauses), NO_TIME)
    due_at = hours.add_time(counting.start, amount + still, calendar)
    runs_out_at = _runs_out_at(counting, amount)
    _note_received_for_hours(counting)
    ran, stood = NO_TIME, NO_TIME
    for begins, ends in _pieces(counting, due_at, runs_out_at):
        if begins == ends:
            counting.note("day_off", begins.date(), **counting.day_params(begins.date()))
        elif begins >= runs_out_at or _is_paused(counting, begins):
            stood = _note_span(counting, "paused", (begins, ends), stood)
        else:
            ran = _note_span(counting, "hours", (begins, ends), ran)
    return counting.finish(due_at, n=amount // dt.timedelta(hours=1))


def _runs_out_at(counting: _Counting, amount: dt.timedelta) -> dt.datetime:
    """The moment at which the running time is used up; a later pause only adds to it."""
    at, left = counting.start, amount
    for began_at, ended_at in counting.pauses:
        ran = counting.hours.time_between(at, began_at, counting.calendar)
        if ran >= left:
            break
        at, left = ended_at, left - ran
    return counting.hours.add_time(at, left, counting.calendar)


def _is_paused(counting: _Counting, at: dt.datetime) -> bool:
    return any(began_at <= at < ended_at for began_at, ended_at in counting.pauses)


def _note_received_for_hours(counting: _Counting) -> None:
    """The day of receipt, on which the hours begin to run if the office is open."""
    start = counting.start
    params = counting.day_params(start.date()) | {"unit": counting.unit.value}
    sessions = counting.hours.spans(start.date(), counting.calendar)
    if not any(opens <= start < closes for opens, closes in sessions):
        params["outside"] = True
    counting.note("received", start.date(), time=_clock_time(start), **params)


def _note_span(counting: _Counting, code: str, span: Span, before: dt.timedelta) -> dt.timedelta:
    """One stretch of a session; full minutes are shared out so that they add up."""
    begins, ends = span
    after = before + (ends - begins)
    minutes = after // ONE_MINUTE - before // ONE_MINUTE
    times = {"from": _clock_time(begins), "to": _clock_time(ends), "minutes": minutes}
    counting.note(code, begins.date(), **times)
    return after


def _pieces(counting: _Counting, due_at: dt.datetime, runs_out_at: dt.datetime) -> Iterator[Span]:
    """The sessions from start to due, cut where a pause begins or ends; an empty span for a day off."""
    start = counting.start
    cuts = {moment for span in counting.pauses for moment in span} | {runs_out_at}
    for i in range((due_at.date() - start.date()).days + 1):
        day = start.date() + i * ONE_DAY
        sessions = counting.hours.spans(day, counting.calendar)
        if i > 0 and not sessions:
            midnight = dt.datetime.combine(day, dt.time(0), start.tzinfo)
            yield midnight, midnight
        for opens, closes in sessions:
            begins, ends = max(opens, start), min(closes, due_at)
            edges = sorted({cut for cut in cuts if begins < cut < ends} | {begins, ends})
            yield from pairwise(edges if begins < ends else ())


def _compared(finished: _Comparable, due: _Comparable) -> Timeliness:
    if finished == due:
        return Timeliness.ON_TIME
    return Timeliness.EARLY if finished < due else Timeliness.LATE


def _clock_time(at: dt.datetime) -> str:
    return at.strftime("%H:%M")
