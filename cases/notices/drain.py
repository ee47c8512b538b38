"""Emptying the outbox: claim a batch by lease, deliver each under its key, mark it.

A worker that dies leaves its lease to run out, and the next drain takes the rows again: at least once, never
lost.
"""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction

from cases.choices import OutboxStatus
from cases.models import OutboxMessage
from cases.notices.channels import CHANNELS, DeliveryRefused

logger = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=60)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30)) + (timedelta(hours=1),) * 24

CLAIM = """
UPDATE cases_outboxmessage SET status = 'sending', attempts = attempts + 1, lease_until = %(lease)s
WHERE id IN (
    SELECT id FROM cases_outboxmessage
    WHERE (status = 'pending' AND next_try_at <= %(now)s) OR (status = 'sending' AND lease_until < %(now)s)
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
) RETURNING id
"""


def drain(*, at: datetime, batch: int = BATCH) -> dict[str, int]:
    """Deliver up to one batch of waiting messages; counts of what became of them."""
    counts = {"claimed": 0, "sent": 0, "retried": 0, "dead": 0}
    for message in _claim(at, batch):
        counts["claimed"] += 1
        counts[_deliver(message, at)] += 1
    return counts


def _claim(at: datetime, batch: int) -> list[OutboxMessage]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": at, "lease": at + LEASE, "batch": batch})
        claimed = [row[0] for row in cursor.fetchall()]
    return list(OutboxMessage.objects.filter(pk__in=claimed).order_by("pk"))


def _deliver(message: OutboxMessage, at: datetime) -> str:
    try:
        with transaction.atomic():
            CHANNELS[message.channel](message, at)
            _mark(message, status=OutboxStatus.SENT, sent_at=at, lease_until=None, last_error="")
    except DeliveryRefused as refusal:
        return _postpone(message, at, str(refusal))
    return "sent"


def _postpone(message: OutboxMessage, at: datetime, error: str) -> str:
    logger.warning("outbox message %s refused at attempt %s", message.key, message.attempts)
    if message.attempts > len(RETRY_AFTER):
        _mark(message, status=OutboxStatus.DEAD, lease_until=None, last_error=error[:300])
        return "dead"
    wait = RETRY_AFTER[message.attempts - 1]
    _mark(
        message, status=OutboxStatus.PENDING, next_try_at=at + wait, lease_until=None, last_error=error[:300]
    )
    return "retried"


def _mark(message: OutboxMessage, **columns: object) -> None:
    """Only the holder of the lease may mark: a row that another worker took meanwhile is left alone."""
    OutboxMessage.objects.filter(
        pk=message.pk, status=OutboxStatus.SENDING, attempts=message.attempts
    ).update(**columns)
