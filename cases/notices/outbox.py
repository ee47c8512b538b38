"""Writing to the outbox: one row per event, channel and receiver, in the transaction of the event."""

from collections.abc import Iterable
from datetime import datetime

from cases.choices import NoticeKind, OutboxChannel
from cases.models import Case, CaseEvent, OutboxMessage


def tell_officers(
    case: Case, kind: NoticeKind, officers: Iterable[int], *, event: CaseEvent, at: datetime
) -> int:
    """Leave an in-app message for each officer; returns how many. Nobody is told of what he did himself."""
    author = event.actor["officer"]
    messages = [
        OutboxMessage(
            commune_id=case.commune_id,
            case=case,
            key=f"{case.code}/{event.seq}/{kind}/in_app/{officer}",
            channel=OutboxChannel.IN_APP,
            kind=kind,
            recipient=str(officer),
            next_try_at=at,
            created_at=at,
        )
        for officer in sorted(set(officers) - {author})
    ]
    OutboxMessage.objects.bulk_create(messages)
    return len(messages)
