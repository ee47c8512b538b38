"""Work that leaves a request: waking the drain, and the drain itself.

Nothing that matters is queued: the broker carries a hint, the outbox the truth.
"""

import logging
import time

from celery import current_app, shared_task
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from cases.choices import Schedule
from cases.heartbeats import beat
from cases.notices.drain import drain
from cases.notices.waiting import webhooks_wait
from cases.notices.webhooks.fan_out import fan_out
from staff import clock

logger = logging.getLogger(__name__)

MOST_ROUNDS = 50
MOST_SECONDS = 5


@shared_task(name="cases.drain_outbox", ignore_result=True, time_limit=55)
def drain_outbox() -> None:
    """Empty the outbox, batch by batch; safe to run twice and beside itself.

    A slow gateway leaves the rest to the next run, ten seconds later.
    """
    started = time.monotonic()
    for _round in range(MOST_ROUNDS):
        counts = drain(at=clock.now())
        if not counts["claimed"] or time.monotonic() - started > MOST_SECONDS:
            break
        logger.info("outbox drained", extra=counts)
    beat(Schedule.DRAIN, at=clock.now())
    if webhooks_wait(clock.now()):
        _send_hint("cases.tell_systems")


@shared_task(name="cases.tell_systems", ignore_result=True, time_limit=55)
def tell_systems() -> None:
    """Tell other systems what waits for them; one worker at a time, so that the others stay free."""
    counts = fan_out(at=clock.now())
    if counts["claimed"]:
        logger.info("systems told", extra=counts)


def wake() -> None:
    """After the commit, tell the worker once that there is something to send; a dead broker only delays."""
    if not any(effect[1] is _wake_drain for effect in connection.run_on_commit):
        transaction.on_commit(_wake_drain)


def _wake_drain() -> None:
    _send_hint("cases.drain_outbox")


def _send_hint(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("broker not reached, the schedule will drain: %s", type(error).__name__)
