"""What comes round by itself each morning. Any morning can be run again by hand with its ISO day."""

import logging
from datetime import date, datetime, time
from typing import Final

from celery import shared_task

from cases.choices import Schedule
from cases.heartbeats import beat, last_beats
from cases.reminders import communes_at_work, is_working_day, remind_commune
from staff import clock

logger = logging.getLogger(__name__)

MORNING: Final = time(6, 30)


@shared_task(name="cases.morning_check", ignore_result=True)
def morning_check(day: str = "") -> None:
    """Ask for the digest of each commune that works on this day; today where no day is named."""
    at = clock.now()
    wanted = date.fromisoformat(day) if day else clock.localdate(at)
    communes = communes_at_work(wanted) if is_working_day(wanted) else []
    for commune in communes:
        morning_check_of_commune.delay(commune, wanted.isoformat())
    beat(Schedule.MORNING_CHECK, at=at)
    logger.info("morning check of %s in %s communes", wanted, len(communes))


@shared_task(name="cases.morning_check_of_commune", ignore_result=True)
def morning_check_of_commune(commune_id: int, day: str) -> None:
    """Leave the digests of one commune."""
    told = remind_commune(commune_id, day=date.fromisoformat(day), at=clock.now())
    logger.info("morning check of %s in commune %s: %s digests", day, commune_id, told)


@shared_task(name="cases.make_up_morning_check", ignore_result=True)
def make_up_morning_check() -> None:
    """When the office starts after the hour: run the check of today, unless it has been run."""
    if is_missed(last_beats().get(Schedule.MORNING_CHECK), at=clock.now()):
        morning_check()


def is_missed(last: datetime | None, *, at: datetime) -> bool:
    """Whether the check of this moment's day should have run and did not."""
    due = datetime.combine(clock.localdate(at), MORNING, tzinfo=clock.LOCAL)
    return at >= due and (last is None or last < due)
