"""What comes round by itself each morning. Any morning can be run again by hand with its ISO day."""

import logging
from datetime import date, datetime, time
from typing import Final

from celery import shared_task
from django.db import DatabaseError

from cases import actions
from cases.choices import Schedule
from cases.heartbeats import beat, last_beats
from cases.models import Case
from cases.reminders import communes_at_work, is_working_day, remind_commune
from cases.usual_times import every_commune, usual_times
from procedures.actions import record_usual_times
from staff import clock

logger = logging.getLogger(__name__)

MORNING: Final = time(6, 30)
LIMITS: Final = {"soft_time_limit": 240, "time_limit": 250}
"""Seconds that work on all communes may take."""


@shared_task(name="cases.morning_check", ignore_result=True, **LIMITS)
def morning_check(day: str = "") -> None:
    """Leave the digests of each commune that works on this day; today where no day is named.

    A commune that failed leaves the check undone, so that it comes round again; digests are there only once.
    """
    at = clock.now()
    wanted = date.fromisoformat(day) if day else clock.localdate(at)
    communes = communes_at_work(wanted) if is_working_day(wanted) else []
    failed = [commune for commune in communes if not _remind(commune, wanted, at)]
    if not failed and wanted == clock.localdate(at):
        beat(Schedule.MORNING_CHECK, at=at)
    logger.info("morning check of %s: %s communes, %s failed", wanted, len(communes), len(failed))


def _remind(commune_id: int, day: date, at: datetime) -> bool:
    """The digests of one commune; whether they were left."""
    try:
        told = remind_commune(commune_id, day=day, at=at)
    except DatabaseError:
        logger.exception("morning check of %s failed in commune %s", day, commune_id)
        return False
    logger.info("morning check of %s in commune %s: %s digests", day, commune_id, told)
    return True


@shared_task(name="cases.prune_old", ignore_result=True, **LIMITS)
def prune_old() -> None:
    """Delete what has served its time; hourly, because some of it is promised to be gone after a day."""
    at = clock.now()
    logger.info("old rows pruned", extra=dict(actions.prune_old(at=at, machine_at=clock.machine_now())))
    beat(Schedule.PRUNING, at=at)


@shared_task(name="cases.enter_waiting", ignore_result=True)
def enter_waiting() -> None:
    """Let each commune whose reception has opened receive what other communes sent while it was closed."""
    at = clock.now()
    for commune_id in Case.objects.arrived_elsewhere(at):
        logger.info("cases let in at commune %s: %s", commune_id, actions.enter_waiting(commune_id, at=at))


@shared_task(name="cases.make_up_morning_check", ignore_result=True, **LIMITS)
def make_up_morning_check() -> None:
    """When the hour is over: run the check of today, unless it has been run whole."""
    if is_missed(last_beats().get(Schedule.MORNING_CHECK), at=clock.now()):
        morning_check()


def is_missed(last: datetime | None, *, at: datetime) -> bool:
    """Whether the check of this moment's day should have run and did not."""
    due = datetime.combine(clock.localdate(at), MORNING, tzinfo=clock.LOCAL)
    return at >= due and (last is None or last < due)


@shared_task(name="cases.sweep_cabinet", ignore_result=True, **LIMITS)
def sweep_cabinet() -> None:
    """Remove scans that no case has named for a day."""
    logger.info("cabinet swept: %s files", actions.sweep_cabinet(at=clock.now()))


@shared_task(name="cases.count_usual_times", ignore_result=True, **LIMITS)
def count_usual_times(day: str = "") -> None:
    """Count how long the cases of the last ninety days took; today where no day is named."""
    at = clock.now()
    wanted = date.fromisoformat(day) if day else clock.localdate(at)
    found = usual_times(every_commune(), day=wanted)
    record_usual_times(found, day=wanted)
    if wanted == clock.localdate(at):
        beat(Schedule.USUAL_TIMES, at=at)
    logger.info("usual times of %s: %s procedures", wanted, len(found))
