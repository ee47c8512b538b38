"""The ways by which a message leaves. Each delivery may be repeated under the same key without harm."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from cases.choices import OutboxChannel
from cases.models import OfficerNotice, OutboxMessage

Deliver = Callable[[OutboxMessage, datetime], None]


class DeliveryRefused(Exception):
    """The receiving side did not take the message; it is tried again later."""


def deliver_in_app(message: OutboxMessage, at: datetime) -> None:
    """Put the notice on the officer's list; the unique key makes a second delivery a no-op."""
    OfficerNotice.objects.bulk_create(
        [
            OfficerNotice(
                commune_id=message.commune_id,
                officer_id=int(message.recipient),
                case_id=message.case_id,
                key=message.key,
                kind=message.kind,
                created_at=at,
            )
        ],
        ignore_conflicts=True,
    )


CHANNELS: Final[Mapping[str, Deliver]] = {OutboxChannel.IN_APP: deliver_in_app}
