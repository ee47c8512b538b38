"""How long messages wait, and how many were given up."""

from datetime import datetime

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from cases.choices import OutboxStatus
from cases.models import OutboxMessage


def oldest_waiting(at: datetime) -> datetime | None:
    """Since when the longest waiting message could have been sent; before its next try none waits."""
    due = Q(status=OutboxStatus.PENDING, next_try_at__lte=at) | Q(
        status=OutboxStatus.SENDING, lease_until__lt=at
    )
    oldest = OutboxMessage.objects.filter(due).aggregate(since=Min(Coalesce("lease_until", "next_try_at")))
    since: datetime | None = oldest["since"]
    return since


def given_up_since(moment: datetime) -> int:
    """Messages that were given up since a moment, counted by when they were written."""
    return OutboxMessage.objects.filter(status=OutboxStatus.DEAD, created_at__gte=moment).count()
