"""Which days the offices of the province work, and in which hours a reception point is open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from staff.clock import LOCAL, local, localdate
from staff.errors import OfficeError

Session: TypeAlias = tuple[time, time]
Span: TypeAlias = tuple[datetime, datetime]

ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
USUAL_END: Final = time(17)
WEEKDAYS: Final = 5


class DayKind(StrEnum):
    """What a calendar day is for the offices."""

    WORKING = "working"
    WORKED_SATURDAY = "worked_saturday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED_OFF = "swapped_off"


WORKED_KINDS: Final = frozenset({DayKind.WORKING, DayKind.WORKED_SATURDAY})


class CalendarMissing(OfficeError):
    """The working days of a year have not been published, so nothing may be counted in it."""

    def __init__(self, year: int) -> None:
        message = _("Chưa có lịch làm việc năm {year} nên chưa tính được ngày hẹn trả.")
        super().__init__("calendar_missing", format_lazy(message, year=year))
        self.year = year


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the plain week, with the notice that says so.

    Args:
        name: Vietnamese, for example "Ngày Văn hóa Việt Nam".
        replaces: for a worked Saturday, the weekday off whose hours it takes over.
    """

    day: date
    kind: DayKind
    name: str
    source: str
    replaces: date | None = None

    def __post_init__(self) -> None:
        if self.kind is DayKind.WORKED_SATURDAY and (self.replaces is None or _is_weekend(self.replaces)):
            message = f"The worked day {self.day} must say which weekday it replaces."
            raise ValueError(message)


@dataclass(frozen=True)
class WorkCalendar:
    """One published revision of the province calendar.

    Legal source: Bộ luật Lao động 2019, Điều 111 and 112; Nghị quyết 28/2026/QH16, Điều 2.
    """

    revision: int
    years: frozenset[int]
    special: Mapping[date, SpecialDay]

    def special_day(self, day: date) -> SpecialDay | None:
        """The entry that sets this day apart, if there is one."""
        if isinstance(day, datetime):
            message = "A calendar is asked for days, not for moments."
            raise TypeError(message)
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        return self.special.get(day)

    def kind(self, day: date) -> DayKind:
        """What this day is for the offices."""
        special = self.special_day(day)
        if special is not None:
            return special.kind
        return DayKind.WEEKEND if _is_weekend(day) else DayKind.WORKING

    def is_working_day(self, day: date) -> bool:
        """Whether the offices of the province work on this day."""
        return self.kind(day) in WORKED_KINDS

    def on_or_after(self, day: date) -> date:
        """This day if it is worked, else the next one that is."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after this day."""
        return self.on_or_after(day + ONE_DAY)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after this day, which is itself not counted; the day itself when n is 0."""
        if n < 0:
            message = "Working days are counted forward only."
            raise ValueError(message)
        for _step in range(n):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after the first day, up to and including the last."""
        if until <= after:
            return 0
        first = after + ONE_DAY
        for year in range(first.year, until.year + 1):
            if year not in self.years:
                raise CalendarMissing(year)
        return self._worked_by[until] - self._worked_by[first] + self.is_working_day(first)

    @cached_property
    def _worked_by(self) -> Mapping[date, int]:
        """How many days of the published years are worked up to and including each of their days."""
        days = [
            date.fromordinal(number)
            for year in sorted(self.years)
            for number in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        ]
        return dict(zip(days, accumulate(self.is_working_day(day) for day in days), strict=True))


@dataclass(frozen=True)
class OfficeHours:
    """The sessions of a reception point from Monday to Friday.

    A worked Saturday takes the hours of the weekday it replaces; the province calendar alone decides which
    days are worked.
    """

    weekdays: tuple[tuple[Session, ...], ...]

    def __post_init__(self) -> None:
        ordered = all(_are_in_order(sessions) for sessions in self.weekdays)
        if len(self.weekdays) != WEEKDAYS or not any(self.weekdays) or not ordered:
            message = "Office hours are five lists of sessions in order, of which one at least is not empty."
            raise ValueError(message)

    def sessions(self, day: date, calendar: WorkCalendar) -> tuple[Session, ...]:
        """The opening and closing times of this day, none if it is not worked."""
        if not calendar.is_working_day(day):
            return ()
        special = calendar.special_day(day)
        weekday = special.replaces if special is not None and special.replaces is not None else day
        return self.weekdays[weekday.weekday()]

    def closing(self, day: date, calendar: WorkCalendar) -> datetime:
        """The moment at which a working day ends.

        On a working day on which this point stays shut, the day ends at the latest closing time of its week.

        Raises:
            ValueError: the day is not worked.
        """
        if not calendar.is_working_day(day):
            message = f"{day} is not a working day."
            raise ValueError(message)
        sessions = self.sessions(day, calendar)
        ends = sessions[-1][1] if sessions else max(week[-1][1] for week in self.weekdays if week)
        return datetime.combine(day, ends, LOCAL)

    def end_of(self, day: date, calendar: WorkCalendar) -> datetime:
        """When a day that somebody has named ends: at closing, or at the usual hour where nothing is known.

        Nothing is counted by it, so a day off or one of an unpublished year is no fault.
        """
        try:
            is_worked = calendar.is_working_day(day)
        except CalendarMissing:
            is_worked = False
        return self.closing(day, calendar) if is_worked else datetime.combine(day, USUAL_END, LOCAL)

    def spans(self, day: date, calendar: WorkCalendar) -> tuple[Span, ...]:
        """The sessions of this day as moments."""
        return tuple(
            (datetime.combine(day, opens, LOCAL), datetime.combine(day, closes, LOCAL))
            for opens, closes in self.sessions(day, calendar)
        )

    def add_time(self, at: datetime, amount: timedelta, calendar: WorkCalendar) -> datetime:
        """The moment at which this much working time has passed; an end of session stays that end."""
        if amount <= timedelta(0):
            return local(at)
        left = amount
        spans = self._spans_from(local(at), calendar)
        while True:
            begins, ends = next(spans)
            if begins + left <= ends:
                return begins + left
            left -= ends - begins

    def time_between(self, a: datetime, b: datetime, calendar: WorkCalendar) -> timedelta:
        """The working time from one moment to a later one; none if the second is not later."""
        begin, end = local(a), local(b)
        total = timedelta(0)
        for i in range((localdate(b) - localdate(a)).days + 1):
            for opens, closes in self.spans(localdate(a) + timedelta(days=i), calendar):
                total += max(timedelta(0), min(closes, end) - max(opens, begin))
        return total

    def add_minutes(self, at: datetime, minutes: int, calendar: WorkCalendar) -> datetime:
        """The moment at which so many minutes of working time have passed."""
        return self.add_time(at, timedelta(minutes=minutes), calendar)

    def open_from(self, at: datetime, calendar: WorkCalendar) -> datetime:
        """This moment if it is working time, else the next opening; the moment of closing is no longer."""
        return next(self._spans_from(local(at), calendar))[0]

    def minutes_between(self, a: datetime, b: datetime, calendar: WorkCalendar) -> int:
        """The full minutes of working time from one moment to a later one."""
        return self.time_between(a, b, calendar) // timedelta(minutes=1)

    def _spans_from(self, at: datetime, calendar: WorkCalendar) -> Iterator[Span]:
        """What is left of the sessions from a moment on, without end until a year has no calendar."""
        day = localdate(at)
        while True:
            for opens, closes in self.spans(day, calendar):
                if at < closes:
                    yield max(opens, at), closes
            day += ONE_DAY


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _are_in_order(sessions: tuple[Session, ...]) -> bool:
    times = [moment for session in sessions for moment in session]
    return all(earlier < later for earlier, later in pairwise(times))


DEFAULT_HOURS: Final = OfficeHours(((((time(7), time(11, 30)), (time(13, 30), time(17)))),) * WEEKDAYS)
