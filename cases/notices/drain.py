"""Emptying the outbox: claim a batch by lease, deliver each under its key, mark it.

A worker that dies leaves its lease to run out, and the next drain takes the rows again: at least once, never
lost. Nothing is sent inside a transaction. What other systems are told leaves beside this, by
``cases.notices.webhooks.fan_out``, so that none of them holds up a message to a citizen.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, transaction

from cases.choices import OutboxStatus
from cases.models import OutboxMessage
from cases.notices.channels import CHANNELS
from cases.notices.outcomes import Accepted, Outcome, Refused, Retry

logger = logging.getLogger(__name__)

# Eight messages at five seconds each end before their lease and before the task's own limit.
BATCH = 8
LEASE = timedelta(seconds=60)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30)) + (timedelta(hours=1),) * 24
# Nothing is ever put off so far: only a clock that was set back makes a message look like this.
NEVER = max(RETRY_AFTER) + LEASE

IS_DUE: Final = """
(status = 'pending' AND (next_try_at <= %(now)s OR next_try_at > %(never)s))
OR (status = 'sending' AND (lease_until < %(now)s OR lease_until > %(never)s))
"""
"""What can be claimed: its moment has come, its lease has run out, or the clock was set back."""

CLAIM = f"""
UPDATE cases_outboxmessage SET status = 'sending', attempts = attempts + 1, lease_until = %(lease)s
WHERE id IN (
    SELECT id FROM cases_outboxmessage
    WHERE webhook_id IS NULL AND ({IS_DUE})
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
) RETURNING id
"""  # noqa: S608 (own literals)


def drain(*, at: datetime, batch: int = BATCH) -> dict[str, int]:
    """Deliver up to one batch of waiting messages; counts of what became of them.

    A channel on which nobody answers is left alone for the rest of the batch, so that one dead gateway does
    not hold up the others.
    """
    counts = {"claimed": 0, "sent": 0, "retried": 0, "skipped": 0, "dead": 0}
    silent: dict[str, Retry] = {}
    for message in _claim(at, batch):
        outcome = silent.get(message.channel) or _deliver(message, at)
        if isinstance(outcome, Retry) and outcome.is_silent:
            silent[message.channel] = outcome
        counts["claimed"] += 1
        counts[settle(message, outcome, at)] += 1
    return counts


def _claim(at: datetime, batch: int) -> list[OutboxMessage]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": at, "never": at + NEVER, "lease": at + LEASE, "batch": batch})
        claimed = [row[0] for row in cursor.fetchall()]
    return list(OutboxMessage.objects.filter(pk__in=claimed).order_by("pk"))


def _deliver(message: OutboxMessage, at: datetime) -> Outcome:
    """One delivery. A fault in a channel delays its message and must not hold up those behind it."""
    try:
        return CHANNELS[message.channel](message, at)
    except (DatabaseError, SoftTimeLimitExceeded):
        raise
    except Exception:
        logger.exception("outbox message %s met a fault", message.pk)
        return Retry("fault")


def settle(message: OutboxMessage, outcome: Outcome, at: datetime) -> str:
    """Write down what became of a message; the name of its count."""
    if isinstance(outcome, Accepted):
        _mark(message, status=OutboxStatus.SENT, sent_at=at, last_error="")
        return "sent"
    if isinstance(outcome, Retry):
        return _postpone(message, at, outcome.reason)
    if isinstance(outcome, Refused):
        return _bury(message, outcome.reason)
    _mark(message, status=OutboxStatus.SKIPPED, last_error=outcome.reason)
    return "skipped"


def _postpone(message: OutboxMessage, at: datetime, reason: str) -> str:
    if message.attempts > len(RETRY_AFTER):
        return _bury(message, reason)
    logger.warning("outbox message %s not taken at attempt %s: %s", message.pk, message.attempts, reason)
    wait = RETRY_AFTER[message.attempts - 1]
    _mark(message, status=OutboxStatus.PENDING, next_try_at=at + wait, last_error=reason)
    return "retried"


def _bury(message: OutboxMessage, reason: str) -> str:
    logger.error("outbox message %s given up at attempt %s: %s", message.pk, message.attempts, reason)
    _mark(message, status=OutboxStatus.DEAD, last_error=reason)
    return "dead"


def _mark(message: OutboxMessage, **columns: object) -> None:
    """Only the holder of the lease may mark: a row that another worker took meanwhile is left alone."""
    OutboxMessage.objects.filter(
        pk=message.pk, status=OutboxStatus.SENDING, attempts=message.attempts
    ).update(lease_until=None, **columns)
