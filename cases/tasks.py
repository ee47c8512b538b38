"""Work that leaves a request: waking the drain, and the drain itself.

Nothing that matters is queued: the broker carries a hint, the outbox the truth.
"""

import logging
import time
from typing import Final

from celery import current_app, shared_task
from django.core.cache import cache
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from cases.choices import Schedule
from cases.heartbeats import beat
from cases.notices.drain import drain
from cases.notices.waiting import webhooks_wait
from cases.notices.webhooks.fan_out import fan_out
from staff import clock

logger = logging.getLogger(__name__)

DRAIN: Final = "cases.drain_outbox"
SYSTEMS: Final = "cases.tell_systems"
MOST_ROUNDS = 50
MOST_SECONDS = 5
HINT_SECONDS: Final = 10
"""So long one hint stands for all that follow; the schedule drains as often, should it get lost."""


@shared_task(name=DRAIN, ignore_result=True, time_limit=55)
def drain_outbox() -> None:
    """Empty the outbox, batch by batch; safe to run twice and beside itself.

    A slow gateway leaves the rest to the next run, ten seconds later.
    """
    started = time.monotonic()
    _take_up(DRAIN)
    for _round in range(MOST_ROUNDS):
        counts = drain(at=clock.now())
        if not counts["claimed"] or time.monotonic() - started > MOST_SECONDS:
            break
        logger.info("outbox drained", extra=counts)
    beat(Schedule.DRAIN, at=clock.now())
    if webhooks_wait(clock.now()):
        _send_hint(SYSTEMS)


@shared_task(name=SYSTEMS, ignore_result=True, time_limit=55)
def tell_systems() -> None:
    """Tell other systems what waits for them; one worker at a time, so that the others stay free."""
    _take_up(SYSTEMS)
    counts = fan_out(at=clock.now())
    if counts["claimed"]:
        logger.info("systems told", extra=counts)


def wake() -> None:
    """After the commit, tell the worker once that there is something to send; a dead broker only delays."""
    if not any(effect[1] is _wake_drain for effect in connection.run_on_commit):
        transaction.on_commit(_wake_drain)


def _wake_drain() -> None:
    _send_hint(DRAIN)


def _send_hint(task: str) -> None:
    """Unless one is on its way that nobody has taken up: other work would stand behind thousands of them."""
    if not cache.add(_on_its_way(task), 1, timeout=HINT_SECONDS):
        return
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.warning("broker not reached, the schedule will drain: %s", type(error).__name__)


def _take_up(task: str) -> None:
    """Before the first look: what is written from now on gives a hint of its own."""
    cache.delete(_on_its_way(task))


def _on_its_way(task: str) -> str:
    return f"hint:{task}"
