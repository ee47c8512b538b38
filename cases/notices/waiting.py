"""How long messages wait, and how many were given up, those to other systems apart."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from cases.choices import OutboxStatus
from cases.models import OutboxMessage


@dataclass(frozen=True)
class Waiting:
    """Since when the longest waiting message could have been sent; before its next try none waits.

    ``of_webhooks`` says the same of messages to other systems.
    """

    since: datetime | None
    of_webhooks: datetime | None


def oldest_waiting(at: datetime) -> Waiting:
    """Both moments in one question."""
    due = Q(status=OutboxStatus.PENDING, next_try_at__lte=at) | Q(
        status=OutboxStatus.SENDING, lease_until__lt=at
    )
    moment, is_webhook = Coalesce("lease_until", "next_try_at"), Q(webhook__isnull=False)
    found = OutboxMessage.objects.filter(due).aggregate(
        since=Min(moment, filter=~is_webhook), of_webhooks=Min(moment, filter=is_webhook)
    )
    return Waiting(found["since"], found["of_webhooks"])


def webhooks_wait(at: datetime) -> bool:
    """Whether a message to another system can be sent now."""
    due = Q(status=OutboxStatus.PENDING, next_try_at__lte=at) | Q(
        status=OutboxStatus.SENDING, lease_until__lt=at
    )
    return OutboxMessage.objects.filter(due, webhook__isnull=False).exists()


def given_up_since(moment: datetime) -> int:
    """Messages to people that were given up since a moment, counted by when they were written."""
    dead = OutboxMessage.objects.filter(status=OutboxStatus.DEAD, created_at__gte=moment)
    return dead.filter(webhook__isnull=True).count()
