"""Which part stands still. Pure: the measures and their moment come in.

The pulse of the drain shows the worker and the clockwork together. When it stops, the broker tells them
apart: hints pile up where nobody takes them, and none come where nobody sends them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cases.choices import Schedule
from staff.clock import LOCAL, local, localdate

if TYPE_CHECKING:
    from config.health.measures import Measures

DAY: Final = timedelta(days=1)
PULSE_STOPS_AFTER: Final = timedelta(minutes=2)
OUTBOX_STOPS_AFTER: Final = timedelta(minutes=5)
PRUNING_STOPS_AFTER: Final = timedelta(hours=3)
MORNING_IS_OVER: Final = time(7, 0)


class Part(StrEnum):
    """What the office consists of, as its health is told."""

    WEB = "web"
    DATABASE = "database"
    BROKER = "broker"
    WORKER = "worker"
    CLOCKWORK = "clockwork"
    OUTBOX = "outbox"
    MORNING_CHECK = "morning_check"
    PRUNING = "pruning"


@dataclass(frozen=True)
class Finding:
    """One part: whether it runs, since when it has been seen, and a figure where one says more.

    Args:
        is_known: false where another part that stands still hides this one.
        last_seen: its last sign of life, for the outbox since when messages wait.
    """

    part: Part
    is_well: bool
    is_known: bool = True
    last_seen: datetime | None = None
    figure: int | None = None


def judge(measured: "Measures") -> list[Finding]:
    """Every part in the order in which one depends on the other."""
    database = Finding(Part.DATABASE, is_well=measured.has_database)
    broker = Finding(Part.BROKER, is_well=measured.queued is not None)
    first = [Finding(Part.WEB, is_well=True), database, broker]
    if not measured.has_database:
        hidden = (Part.WORKER, Part.CLOCKWORK, Part.OUTBOX, Part.MORNING_CHECK, Part.PRUNING)
        return [*first, *(Finding(part, is_well=False, is_known=False) for part in hidden)]
    return [
        *(*first, *_pulse(measured), _outbox(measured)),
        *(_morning(measured.beats, measured.at), _pruning(measured.beats, measured.at)),
    ]


def _pulse(measured: "Measures") -> list[Finding]:
    last = measured.beats.get(Schedule.DRAIN)
    if last is not None and measured.at - last <= PULSE_STOPS_AFTER:
        return [
            Finding(Part.WORKER, is_well=True, last_seen=last),
            Finding(Part.CLOCKWORK, is_well=True, last_seen=last),
        ]
    can_tell = measured.has_broker and measured.queued is not None
    are_hints_waiting = can_tell and bool(measured.queued)
    return [
        Finding(Part.WORKER, is_well=can_tell and not are_hints_waiting, is_known=can_tell, last_seen=last),
        Finding(Part.CLOCKWORK, is_well=are_hints_waiting, is_known=can_tell, last_seen=last),
    ]


def _outbox(measured: "Measures") -> Finding:
    since = measured.waiting_since
    is_well = since is None or measured.at - since <= OUTBOX_STOPS_AFTER
    return Finding(Part.OUTBOX, is_well=is_well, last_seen=since, figure=measured.given_up)


def _pruning(beats: Mapping[str, datetime], at: datetime) -> Finding:
    """It comes round every hour and once at each start of a worker."""
    last = beats.get(Schedule.PRUNING)
    is_well = last is not None and at - last <= PRUNING_STOPS_AFTER
    return Finding(Part.PRUNING, is_well=is_well, last_seen=last)


def _morning(beats: Mapping[str, datetime], at: datetime) -> Finding:
    """Before seven o'clock yesterday's check is enough; afterwards it has to be today's."""
    last = beats.get(Schedule.MORNING_CHECK)
    day = localdate(at) if local(at).time() >= MORNING_IS_OVER else localdate(at) - DAY
    oldest = datetime.combine(day, time.min, tzinfo=LOCAL)
    return Finding(Part.MORNING_CHECK, is_well=last is not None and last >= oldest, last_seen=last)
