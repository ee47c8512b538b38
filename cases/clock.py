"""The clock of a case: its ClockEvents replayed through the deadline engine. Pure.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3 (start) and Điều 19 khoản 5 (a full supplement starts
the limit again); Nghị định 123/2015/NĐ-CP, Điều 3 khoản 4 (verification time is not counted).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.choices import ClockKind
from cases.errors import CaseError
from procedures.deadlines import Deadline, TimeLimit, compute_due, pause_due
from staff.work_calendar import OfficeHours, WorkCalendar


@dataclass(frozen=True)
class Tick:
    """One event of the clock. ``due_at`` is given by an extension alone."""

    kind: ClockKind
    at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True)
class ClockState:
    """What the replay says: the promise, whether the clock stands still, and since when it counts."""

    deadline: Deadline
    started_at: datetime
    is_paused: bool
    is_stopped: bool
    extended_to: datetime | None

    @property
    def due_at(self) -> datetime:
        """The promise in force: the extension where one was granted."""
        return self.extended_to or self.deadline.due_at


def replay(
    ticks: Sequence[Tick], limit: TimeLimit, *, calendar: WorkCalendar, hours: OfficeHours
) -> ClockState:
    """Follow the clock from its start.

    A pause without an end leaves the clock paused and the last promise as it was; a restart forgets earlier
    pauses.

    Raises:
        CaseError: ``clock_not_started`` when the first event is no start.
    """
    if not ticks or ticks[0].kind is not ClockKind.START:
        raise CaseError("clock_not_started", _("Hồ sơ chưa có thời điểm bắt đầu tính thời hạn."))
    started_at, pauses, paused_at, extended_to, stopped = ticks[0].at, [], None, None, False
    for tick in ticks[1:]:
        match tick.kind:
            case ClockKind.PAUSE:
                paused_at = paused_at or tick.at
            case ClockKind.RESUME if paused_at:
                pauses.append((paused_at, tick.at))
                paused_at = None
            case ClockKind.START | ClockKind.RESTART:
                started_at, pauses, paused_at, extended_to = tick.at, [], None, None
            case ClockKind.EXTEND:
                extended_to = tick.due_at
            case ClockKind.STOP:
                stopped = True
    deadline = (
        pause_due(started_at, limit, pauses, calendar=calendar, hours=hours)
        if pauses
        else compute_due(started_at, limit, calendar=calendar, hours=hours)
    )
    return ClockState(deadline, started_at, paused_at is not None, stopped, extended_to)
