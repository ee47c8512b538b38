"""The clock on the wall of the office. Only entry points look at it; rules are given the moment."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
OFFSET_VARIABLE: Final = "MOTCUA_NOW_OFFSET"


def now() -> datetime:
    """The present moment in UTC, moved by MOTCUA_NOW_OFFSET seconds in trials and tests."""
    offset = timedelta(seconds=float(os.environ.get(OFFSET_VARIABLE) or 0))
    return machine_now() + offset


def machine_now() -> datetime:
    """The present moment by the machine's own clock, by which Django ends sessions; never moved."""
    return datetime.now(UTC)  # noqa: TID251


def local(at: datetime) -> datetime:
    """The same moment as the clock in the office shows it.

    Raises:
        ValueError: the moment names no time zone.
    """
    if at.tzinfo is None:
        message = "A moment needs a time zone."
        raise ValueError(message)
    return at.astimezone(LOCAL)


def localdate(at: datetime) -> date:
    """The calendar day of a moment in the office."""
    return local(at).date()


def day_start(at: datetime) -> datetime:
    """Midnight of the local day of a moment."""
    return local(at).replace(hour=0, minute=0, second=0, microsecond=0)
