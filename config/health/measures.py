"""What can be measured from outside of each part; nothing here judges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import redis
from django.conf import settings
from django.db import Error, transaction

from cases.heartbeats import last_beats
from cases.notices.waiting import given_up_since, oldest_waiting
from config.health.verdict import DAY

BROKER_SECONDS: Final = 1.0
QUEUE: Final = "celery"


@dataclass(frozen=True)
class Measures:
    """The state of the parts at one moment.

    Args:
        has_broker: whether this installation names a broker at all.
        queued: hints that wait in the broker; None when it does not answer.
        waiting_since: since when the longest waiting message to a person could have been sent.
        webhooks_since: the same of messages to other systems, of which a slow one may have many.
        given_up: messages given up within a day.
    """

    at: datetime
    has_database: bool
    has_broker: bool
    queued: int | None
    waiting_since: datetime | None = None
    webhooks_since: datetime | None = None
    given_up: int = 0
    beats: Mapping[str, datetime] = field(default_factory=dict)


def measure(at: datetime) -> Measures:
    """Ask each part, none of them for long."""
    queued = _queued()
    try:
        with transaction.atomic():
            beats, waiting = last_beats(), oldest_waiting(at)
            given_up = given_up_since(at - DAY)
    except Error:
        return Measures(at, has_database=False, has_broker=bool(settings.REDIS_URL), queued=queued)
    return Measures(
        at,
        has_database=True,
        has_broker=bool(settings.REDIS_URL),
        queued=queued,
        waiting_since=waiting.since,
        webhooks_since=waiting.of_webhooks,
        given_up=given_up,
        beats=beats,
    )


def _queued() -> int | None:
    if not settings.REDIS_URL:
        return 0
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=BROKER_SECONDS, socket_timeout=BROKER_SECONDS
    )
    try:
        return int(client.llen(QUEUE))
    except redis.RedisError:
        return None
    finally:
        client.close()
