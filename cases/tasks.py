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


def wake() -> None:
    """After the commit, tell the worker once that there is something to send; a dead broker only delays."""
    if not any(effect[1] is _send_hint for effect in connection.run_on_commit):
        transaction.on_commit(_send_hint)


def _send_hint() -> None:
    try:
        current_app.send_task("cases.drain_outbox", retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("broker not reached, the schedule will drain: %s", type(error).__name__)
