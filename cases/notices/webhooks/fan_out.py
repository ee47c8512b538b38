"""Emptying the outbox towards other systems: many targets side by side, none in the way of another.

A target gets five seconds a round, then the others' next messages come first again. One that is silent is
left alone for a while, longer each time: what is due for it shares the fate of the message that was tried.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, zip_longest
from typing import Any, Final, TypeAlias

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from cases.choices import OutboxStatus, WebhookPause
from cases.models import OutboxMessage, Webhook
from cases.notices.drain import IS_DUE, LEASE, NEVER, RETRY_AFTER, settle
from cases.notices.outcomes import Accepted, Outcome, Refused, Retry
from cases.notices.webhooks.letters import Letter, letters_for
from cases.notices.webhooks.posting import SECONDS, post
from cases.notices.webhooks.signing import signed

logger = logging.getLogger(__name__)

MOST_TARGETS: Final = 16
MOST_EACH: Final = 50
TURN_SECONDS: Final = SECONDS
RUN_SECONDS: Final = 10.0
LOCK: Final = 5_014
"""The advisory lock of whoever tells other systems; the number means nothing."""

CLAIM = f"""
UPDATE cases_outboxmessage SET status = 'sending', attempts = attempts + 1, lease_until = %(lease)s
WHERE id IN (
    SELECT due.id FROM (
        SELECT hook.id FROM cases_webhook AS hook
        WHERE EXISTS (SELECT FROM cases_outboxmessage AS m WHERE m.webhook_id = hook.id AND ({IS_DUE}))
        AND NOT EXISTS (SELECT FROM cases_outboxmessage AS m
            WHERE m.webhook_id = hook.id AND m.status = 'sending' AND NOT ({IS_DUE}))
        ORDER BY random() LIMIT %(targets)s
    ) AS hook CROSS JOIN LATERAL (
        SELECT m.id FROM cases_outboxmessage AS m WHERE m.webhook_id = hook.id AND ({IS_DUE})
        ORDER BY m.id LIMIT %(each)s FOR UPDATE SKIP LOCKED
    ) AS due
) RETURNING id
"""  # noqa: S608 (own literals)
CLOSE = """
UPDATE cases_outboxmessage SET
    attempts = attempts + tried.count,
    status = CASE WHEN attempts + tried.count > %(most)s THEN 'dead' ELSE 'pending' END,
    last_error = CASE WHEN status = 'sending' OR tried.count > 0 THEN %(reason)s ELSE last_error END,
    next_try_at = GREATEST(next_try_at, %(until)s), lease_until = NULL
FROM (SELECT id, (status = 'pending' AND next_try_at <= %(now)s)::int AS count
      FROM cases_outboxmessage WHERE webhook_id = %(webhook)s
      AND ((status = 'sending' AND id = ANY(%(claimed)s)) OR (status = 'pending' AND next_try_at < %(until)s))
      FOR UPDATE) AS tried
WHERE cases_outboxmessage.id = tried.id
"""

Outcomes: TypeAlias = list[Outcome | None]


@dataclass(frozen=True)
class Turn:
    """The messages of one target that are under way; a letter for each, or why there is none."""

    webhook: Webhook
    messages: Sequence[OutboxMessage]
    letters: Sequence[Letter | Outcome]


def fan_out(*, at: datetime) -> dict[str, int]:
    """Tell every system what waits for it, for some seconds; counts of what became of the messages.

    Threads only speak to the network; this one alone reads and writes. Nobody else tells meanwhile.
    """
    counts = {"claimed": 0, "sent": 0, "retried": 0, "skipped": 0, "dead": 0, "left": 0}
    with _alone() as is_alone:
        if is_alone:
            _run(counts, at)
    return counts


def _run(counts: dict[str, int], at: datetime) -> None:
    started = time.monotonic()
    running: dict[Future[Outcomes], Turn] = {}
    with ThreadPoolExecutor(MOST_TARGETS) as pool:
        while True:
            elapsed = time.monotonic() - started
            now = at + timedelta(seconds=elapsed)
            if elapsed < RUN_SECONDS:
                for turn in _claim(now, MOST_TARGETS - len(running)):
                    counts["claimed"] += len(turn.messages)
                    running[pool.submit(_speak, turn.letters, now)] = turn
            if not running:
                return
            done, _rest = wait(running, timeout=1, return_when=FIRST_COMPLETED)
            for future in done:
                _settle(running.pop(future), _told(future), now, counts)


def _claim(now: datetime, targets: int) -> Iterator[Turn]:
    with transaction.atomic(), connection.cursor() as cursor:
        asked: Mapping[str, Any] = {
            "now": now,
            "never": now + NEVER,
            "lease": now + LEASE,
            "targets": targets,
            "each": MOST_EACH,
        }
        cursor.execute(CLAIM, asked)
        claimed = [row[0] for row in cursor.fetchall()]
    found = (
        OutboxMessage.objects.filter(pk__in=claimed).select_related("webhook").order_by("webhook_id", "pk")
    )
    for _key, group in groupby(found, key=lambda message: message.webhook_id):
        messages = list(group)
        webhook = messages[0].webhook
        if webhook is not None:
            yield Turn(webhook, messages, _letters(webhook, messages, now))


def _letters(
    webhook: Webhook, messages: Sequence[OutboxMessage], now: datetime
) -> Sequence[Letter | Outcome]:
    """A letter for each message; a fault with one target, such as a lost key, must not hold up the others."""
    try:
        return letters_for(webhook, messages, now)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("webhook %s met a fault", webhook.pk)
        return [Retry("fault")] * len(messages)


def _speak(letters: Sequence[Letter | Outcome], at: datetime) -> Outcomes:
    """Send the letters of one target in their order; what its time does not suffice for has no outcome."""
    started, outcomes = time.monotonic(), Outcomes()
    for letter in letters:
        elapsed = time.monotonic() - started
        if elapsed > TURN_SECONDS:
            break
        outcome = _post(letter, at + timedelta(seconds=elapsed)) if isinstance(letter, Letter) else letter
        outcomes.append(outcome)
        if _ends_turn(outcome):
            break
    return outcomes


def _post(letter: Letter, at: datetime) -> Outcome:
    return post(letter.url, signed(letter.id, letter.body, letter.keys, at), letter.body)


def _ends_turn(outcome: Outcome) -> bool:
    return (isinstance(outcome, Retry) and outcome.is_silent) or _is_gone(outcome)


def _is_gone(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.reason.startswith("gone")


def _told(future: "Future[Outcomes]") -> Outcomes:
    """What a thread brought home; a fault of our own delays the first message and holds up nobody else."""
    fault = future.exception()
    if fault is None:
        return future.result()
    logger.error("telling a system met a fault", exc_info=fault)
    return [Retry("fault")]


def _settle(turn: Turn, outcomes: Outcomes, now: datetime, counts: dict[str, int]) -> None:
    """Write down what became of the messages of one target, and how it stands."""
    last = outcomes[-1] if outcomes else None
    if isinstance(last, Retry) and last.is_silent:
        pairs = list(zip(turn.messages, outcomes[:-1], strict=False))
        silent = turn.messages[len(pairs) :]
        if _close(turn.webhook, silent, last, now):
            counts["retried"] += len(silent)
        else:
            pairs += [(message, None) for message in silent]
    else:
        pairs = list(zip_longest(turn.messages, outcomes))
        _open(turn.webhook, outcomes)
    for message, outcome in pairs:
        if outcome is None:
            _put_back(message)
            counts["left"] += 1
        else:
            counts[settle(message, outcome, now)] += 1


def _open(webhook: Webhook, outcomes: Outcomes) -> None:
    """A target that spoke is tried again as usual; one that is gone for good is told nothing any more."""
    changes: dict[str, object] = {}
    if webhook.failures and any(isinstance(outcome, Accepted) for outcome in outcomes):
        changes = {"failures": 0, "closed_until": None}
    if any(outcome and _is_gone(outcome) for outcome in outcomes):
        changes["paused"] = WebhookPause.GONE
        logger.warning("webhook %s paused: its receiver is gone", webhook.pk)
    if changes:
        _as_spoken_to(webhook).update(**changes)


def _as_spoken_to(webhook: Webhook) -> QuerySet[Webhook]:
    """The target, unless its address was changed meanwhile: what the old one did says nothing of the new."""
    return Webhook.objects.filter(pk=webhook.pk, url=webhook.url)


def _close(spoken_to: Webhook, messages: Sequence[OutboxMessage], outcome: Retry, now: datetime) -> bool:
    """Leave a silent target alone: everything due for it waits, and counts as tried; not one that moved.

    The target is locked before its messages, as an officer's change locks them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        webhook = _as_spoken_to(spoken_to).select_for_update(of=("self",), no_key=True).first()
        if webhook is None:
            return False
        until = now + RETRY_AFTER[min(webhook.failures, len(RETRY_AFTER) - 1)]
        logger.warning("webhook %s closed until %s: %s", webhook.pk, until.isoformat(), outcome.reason)
        asked: Mapping[str, Any] = {
            "now": now,
            "until": until,
            "webhook": webhook.pk,
            "reason": outcome.reason,
            "claimed": [message.pk for message in messages],
            "most": len(RETRY_AFTER),
        }
        cursor.execute(CLOSE, asked)
        Webhook.objects.filter(pk=webhook.pk).update(failures=webhook.failures + 1, closed_until=until)
    return True


def _put_back(message: OutboxMessage) -> None:
    """A message that was not tried is as it was before it was claimed."""
    OutboxMessage.objects.filter(
        pk=message.pk, status=OutboxStatus.SENDING, attempts=message.attempts
    ).update(status=OutboxStatus.PENDING, attempts=message.attempts - 1, lease_until=None)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else tells other systems now; a worker that dies gives its turn back.

    A transaction of a connection of its own holds the turn: nothing else stays where it is behind a pooler.
    """
    with closing(connection.copy()) as turn:
        turn.set_autocommit(autocommit=False)
        with turn.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            [is_alone] = cursor.fetchone()
        try:
            yield is_alone
        finally:
            turn.rollback()
