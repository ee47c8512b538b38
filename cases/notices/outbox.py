"""Writing to the outbox: one row per event, channel and receiver, in the transaction of the event."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from cases.choices import CitizenNotice, NoticeKind, OutboxChannel
from cases.models import Case, CaseEvent, OutboxMessage, ReceptionSlip
from cases.notices.addresses import phone_on, reachable
from cases.notices.wording import TEMPLATES

OUTWARD: Final = (OutboxChannel.SMS, OutboxChannel.EMAIL)
"""The ways to a citizen."""


def tell_officers(
    case: Case, kind: NoticeKind, officers: Iterable[int], *, event: CaseEvent, at: datetime
) -> int:
    """Leave an in-app message for each officer; returns how many."""
    return leave(officer_messages(case, kind, officers, event=event, at=at))


def leave(messages: Sequence[OutboxMessage]) -> int:
    """Write messages to the outbox in one statement; returns how many."""
    return len(OutboxMessage.objects.bulk_create(messages))


def officer_messages(
    case: Case, kind: NoticeKind, officers: Iterable[int], *, event: CaseEvent, at: datetime
) -> list[OutboxMessage]:
    """An in-app message for each officer. Nobody is told of what he did himself."""
    author = event.actor["officer"]
    return [
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


def tell_citizen(case: Case, kind: CitizenNotice, *, event: CaseEvent, at: datetime) -> int:
    """Leave a message for the citizen on each way on which one can be reached; returns how many."""
    return leave(citizen_messages(case, kind, event=event, at=at))


def citizen_messages(
    case: Case, kind: CitizenNotice, *, event: CaseEvent, at: datetime
) -> list[OutboxMessage]:
    """A message for the citizen on each way on which one can be reached.

    One person is told per way: who stood at the counter, else the principal, else the contact. The row holds
    the template and its parameters; name, telephone and address stay with the party.
    """
    parties = list(case.parties.all())
    told = [(channel, reachable(parties, channel)) for channel in OUTWARD]
    return [
        OutboxMessage(
            commune_id=case.commune_id,
            case=case,
            key=f"{case.code}/{event.seq}/{kind}/{channel}/{party.pk}",
            channel=channel,
            kind=kind,
            recipient=str(party.pk),
            payload={
                "template": TEMPLATES[kind],
                "params": {"code": case.code, "time": at.isoformat(), "due": case.due_at.isoformat()},
            },
            next_try_at=at,
            created_at=at,
        )
        for channel, party in told
        if party
    ]


def tell_of_slip(slip: ReceptionSlip, *, at: datetime) -> int:
    """Leave a text message for who took the slip home, else for whose it is; returns how many.

    The row holds the number of the slip and the moment; the telephone stays on the slip.
    """
    if not phone_on(slip):
        return 0
    kind = CitizenNotice.SLIP_GIVEN
    OutboxMessage.objects.create(
        commune_id=slip.commune_id,
        slip=slip,
        key=f"slip/{slip.commune_id}/{slip.key}/{kind}/{OutboxChannel.SMS}",
        channel=OutboxChannel.SMS,
        kind=kind,
        recipient=str(slip.pk),
        payload={"template": TEMPLATES[kind], "params": {"code": slip.number, "time": at.isoformat()}},
        next_try_at=at,
        created_at=at,
    )
    return 1
