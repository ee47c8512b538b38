"""The promise of a case by the deadline engine, asked once for all moments of a day that it treats alike."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases.generator.rows import escaped
from procedures.deadlines import SAME_DAY_UNTIL, Deadline, TimeLimit, Unit, compute_due
from procedures.explanations import deadline_sentence
from staff.work_calendar import OfficeHours, WorkCalendar

IN_DAYS: Final = frozenset({Unit.SAME_DAY, Unit.WORKING_DAY, Unit.CALENDAR_DAY})


@dataclass(frozen=True, slots=True)
class Promise:
    """A computed promise as its case stores it; the trace is text ready to be copied."""

    due_at: datetime
    due_text: str
    due_on: str
    trace: str
    revision: int
    sentence: str


@dataclass(frozen=True, slots=True)
class _Alike:
    """The promise of all moments of a day; only the moment of receipt in the trace differs."""

    promise: Promise
    before: str
    after: str


class Promises:
    """Promises under one calendar. ``asked`` counts how often the engine itself was asked."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.asked = 0
        self._alike: dict[tuple[TimeLimit, date, bool, OfficeHours], _Alike] = {}

    def of(self, limit: TimeLimit, started_at: datetime, hours: OfficeHours) -> Promise:
        """The promise of the engine for a moment at which the office works."""
        if limit.unit not in IN_DAYS:
            return self._ask(limit, started_at, hours)
        key = (limit, started_at.date(), started_at.time() <= SAME_DAY_UNTIL, hours)
        alike = self._alike.get(key)
        if alike is None:
            promise = self._ask(limit, started_at, hours)
            before, after = promise.trace.split(_received(started_at), 1)
            alike = self._alike[key] = _Alike(promise, before, after)
        one = alike.promise
        trace = f"{alike.before}{_received(started_at)}{alike.after}"
        return Promise(one.due_at, one.due_text, one.due_on, trace, one.revision, one.sentence)

    def _ask(self, limit: TimeLimit, started_at: datetime, hours: OfficeHours) -> Promise:
        self.asked += 1
        deadline = compute_due(started_at, limit, calendar=self.calendar, hours=hours)
        return _kept(deadline, limit)


def _kept(deadline: Deadline, limit: TimeLimit) -> Promise:
    trace = json.dumps([step.as_json() for step in deadline.trace], ensure_ascii=False)
    return Promise(
        due_at=deadline.due_at,
        due_text=deadline.due_at.isoformat(),
        due_on=deadline.due_at.date().isoformat(),
        trace=escaped(trace),
        revision=deadline.calendar_revision,
        sentence=deadline_sentence(deadline, limit),
    )


def _received(at: datetime) -> str:
    """How the first step of a trace tells the moment of receipt."""
    return f'"time": "{at:%H:%M}"'
