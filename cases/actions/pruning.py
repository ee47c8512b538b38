"""What is no history and has served its time, of all communes; docs/operations.md lists the times."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from cases.actions.webhooks import prune_webhook_messages
from cases.models import CaseChange, TrackingAttempt, TypedDraft
from cases.queries import TYPED_HOURS
from procedures.actions import prune_search_misses
from staff.pruning import prune, prune_answers, prune_sessions
from staff.scope import enter

ATTEMPTS_KEPT: Final = timedelta(days=7)
"""They count within an hour; a week lets somebody look into a guessing that was noticed."""

CHANGES_KEPT: Final = timedelta(hours=1)
"""From when they were noticed; the counts that they bring up to date live for half of that."""


def prune_old(*, at: datetime, machine_at: datetime) -> Mapping[str, int]:
    """Delete what is older than its time; how many rows of each kind. A second run finds nothing left.

    Args:
        machine_at: the moment by the machine's own clock, by which sessions and what is cached end.
    """
    return {
        "typed": prune_typed(at=at),
        "attempts": prune_attempts(at=at),
        "answers": prune_answers(at=at),
        "sessions": prune_sessions(at=machine_at),
        "misses": prune_search_misses(at=at),
        "told": prune_webhook_messages(at=at),
        "changes": prune_changes(at=machine_at),
    }


def prune_typed(*, at: datetime) -> int:
    """Delete the drafts of all communes that are older than a day; how many there were."""
    with transaction.atomic():
        enter(None)
        return prune(TypedDraft.objects.filter(saved_at__lt=at - timedelta(hours=TYPED_HOURS)))


def prune_attempts(*, at: datetime) -> int:
    """Delete wrong answers at the tracking page after a week; how many there were."""
    with transaction.atomic():
        enter(None)
        return prune(TrackingAttempt.objects.filter(at__lt=at - ATTEMPTS_KEPT))


def prune_changes(*, at: datetime) -> int:
    """Delete the notes of transactions that were over an hour ago; how many there were.

    When one ended nobody writes down; so it is gone an hour after it was first seen to have ended.
    """
    with transaction.atomic():
        enter(None)
        CaseChange.objects.filter(noticed_at=None).update(noticed_at=at)
        return prune(CaseChange.objects.filter(noticed_at__lt=at - CHANGES_KEPT))
