"""The working minutes of a reception point in one row, so that office time is counted by adding."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from staff.work_calendar import OfficeHours, WorkCalendar

ONE_DAY: Final = timedelta(days=1)
ONE_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A working minute: the moment, and its local day."""

    at: datetime
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day on which the point works: its first working minute and how many it has."""

    day: date
    hours: OfficeHours
    first: int
    minutes: int


class WorkingTime:
    """Every working minute from one day to another, numbered."""

    def __init__(
        self, hours_on: Callable[[date], OfficeHours], calendar: WorkCalendar, *, first: date, last: date
    ) -> None:
        self.days: list[OpenDay] = []
        self._numbers: list[int] = []
        self._opens: list[datetime] = []
        self._moments: dict[int, Moment] = {}
        self.minutes = 0
        for number in range((last - first).days + 1):
            day = first + number * ONE_DAY
            if calendar.is_working_day(day):
                self._add(day, hours_on(day), calendar)

    def _add(self, day: date, hours: OfficeHours, calendar: WorkCalendar) -> None:
        begins = self.minutes
        for opens, closes in hours.spans(day, calendar):
            self._numbers.append(self.minutes)
            self._opens.append(opens)
            self.minutes += (closes - opens) // ONE_MINUTE
        if self.minutes > begins:
            self.days.append(OpenDay(day, hours, begins, self.minutes - begins))

    def moment(self, minute: int) -> Moment:
        """The moment of a working minute."""
        found = self._moments.get(minute)
        if found is None:
            session = bisect_right(self._numbers, minute) - 1
            at = self._opens[session] + (minute - self._numbers[session]) * ONE_MINUTE
            found = self._moments[minute] = Moment(at, at.isoformat(), at.date().isoformat())
        return found

    def minute_of(self, at: datetime) -> int:
        """How many working minutes have passed at a moment."""
        session = bisect_right(self._opens, at) - 1
        if session < 0:
            return 0
        ends = self._numbers[session + 1] if session + 1 < len(self._numbers) else self.minutes
        return min(self._numbers[session] + (at - self._opens[session]) // ONE_MINUTE, ends)
