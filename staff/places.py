"""How a place presents itself to a visitor: why it was found, when it is open, which days it is shut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby, pairwise
from typing import Final

from staff.choices import Weekday
from staff.figures import weekday_day_text
from staff.models import Commune, FormerCommune, OpeningHours, ReceptionPoint
from staff.queries import hours_of
from staff.text import fold
from staff.work_calendar import WORKED_KINDS, WorkCalendar

NOTICE_DAYS: Final = 14
MOBILE_DIGITS: Final = 10


@dataclass(frozen=True)
class Phone:
    """A telephone number as it is dialled, and as it is read out."""

    number: str
    text: str


@dataclass(frozen=True)
class CommuneHit:
    """A commune in a list, with the former units whose names were asked for."""

    commune: Commune
    former: tuple[FormerCommune, ...]


@dataclass(frozen=True)
class DayNotice:
    """A day that differs from its weekday, in words."""

    day: str
    name: str
    is_worked: bool


@dataclass(frozen=True)
class WeekRow:
    """Weekdays one after another that share their sessions."""

    first: str
    last: str
    sessions: tuple[tuple[time, time], ...]
    reception_only: bool


@dataclass(frozen=True)
class OpenPoint:
    """A reception point with its week, and its sessions of one day."""

    point: ReceptionPoint
    week: tuple[WeekRow, ...]
    today: tuple[tuple[time, time], ...]


def phone_of(number: str) -> Phone | None:
    """A stored number (+84…) as people write it: 0912 000 001, 0237 3 900 900; None when there is none."""
    if not number:
        return None
    local = "0" + number.removeprefix("+84")
    groups = (4, 5, 8) if len(local) > MOBILE_DIGITS else (4, 7)
    cuts = (0, *groups, len(local))
    return Phone(number, " ".join(local[start:end] for start, end in pairwise(cuts)))


def spoken_day(day: date) -> str:
    """A day with the name of its weekday: thứ Năm 26/11/2026."""
    return weekday_day_text(day)


def hits_of(communes: Iterable[Commune], words: str) -> list[CommuneHit]:
    """The communes of a list with the former units that explain why they were found."""
    wanted = fold(words)
    return [CommuneHit(commune, _former_named(commune, wanted)) for commune in communes]


def week_rows(sessions: Iterable[OpeningHours]) -> tuple[WeekRow, ...]:
    """A week in as few rows as it can be told in."""
    by_day = groupby(sorted(sessions, key=_order), key=lambda one: (one.weekday, one.reception_only))
    days = [(weekday, only, tuple(_times(rows))) for (weekday, only), rows in by_day]
    runs = groupby(enumerate(days), key=lambda item: (item[1][0] - item[0], *item[1][1:]))
    return tuple(_week_row([day for _, day in run]) for _, run in runs)


def open_point(point: ReceptionPoint, *, day: date, calendar: WorkCalendar) -> OpenPoint:
    """A reception point, fetched with its sessions, as it is open on a day."""
    sessions: list[OpeningHours] = point.sessions  # type: ignore[attr-defined]
    is_known = day.year in calendar.years
    today = hours_of(sessions).sessions(day, calendar) if is_known else ()
    return OpenPoint(point, week_rows(sessions), today)


def coming_special_days(calendar: WorkCalendar, *, day: date) -> list[DayNotice]:
    """Days within two weeks on which the offices do not keep to the plain week."""
    until = day + timedelta(days=NOTICE_DAYS)
    return [
        DayNotice(spoken_day(key), special.name, special.kind in WORKED_KINDS)
        for key, special in sorted(calendar.special.items())
        if day <= key <= until
    ]


def _former_named(commune: Commune, wanted: str) -> tuple[FormerCommune, ...]:
    if not wanted:
        return ()
    return tuple(former for former in commune.former_communes.all() if wanted in former.name_fold)


def _order(session: OpeningHours) -> tuple[int, bool, time]:
    return session.weekday, session.reception_only, session.opens_at


def _times(sessions: Iterable[OpeningHours]) -> list[tuple[time, time]]:
    return [(session.opens_at, session.closes_at) for session in sessions]


def _week_row(days: Sequence[tuple[int, bool, tuple[tuple[time, time], ...]]]) -> WeekRow:
    first, last = days[0], days[-1]
    names = [str(Weekday(str(day[0])).label) for day in (first, last)]
    return WeekRow(names[0], names[1], first[2], first[1])
