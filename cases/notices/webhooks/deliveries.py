"""What other systems were told, newest first, and what became of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cases.choices import Action, OutboxChannel, OutboxStatus
from cases.history import event_id, message_key
from cases.models import OutboxMessage, Webhook
from cases.notices.outcomes import explain
from staff.actor import Actor
from staff.keysets import beyond

PAGE: Final = 20
EVENT: Final = r"[A-Za-z0-9.-]{1,40}/[0-9]{1,9}"
"""How requests name an event: the code of its case and its number."""


@dataclass(frozen=True)
class Told:
    """One message to another system as it is shown."""

    message: OutboxMessage

    @property
    def id(self) -> str:
        """The name of the event."""
        return event_id(self.code, self.seq)

    @property
    def code(self) -> str:
        """Of the case."""
        return self.message.case.code if self.message.case else ""

    @property
    def seq(self) -> int:
        """The number of the event in its case."""
        return int(self.message.payload["seq"])

    @property
    def step(self) -> str:
        """The step in words."""
        return str(Action(self.message.kind).label)

    @property
    def reason(self) -> str:
        """Why it was not taken, in words; empty where there is nothing to tell."""
        return explain(self.message.last_error) if self.message.last_error else ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.message.status not in (OutboxStatus.PENDING, OutboxStatus.SENDING)


def last_told(actor: Actor) -> list[Told]:
    """The last messages to the systems of this membership that are still in use."""
    if actor.commune_id is None:
        return []
    mine = OutboxMessage.objects.filter(
        commune_id=actor.commune_id, channel=OutboxChannel.WEBHOOK, webhook__in=Webhook.objects.of(actor)
    )
    newest = mine.select_related("case", "webhook").order_by("-created_at", "-pk")
    return [Told(message) for message in newest[:PAGE]]


def page_told(webhook: Webhook, after: tuple[str, int] | None) -> tuple[Sequence[Told], Told | None] | None:
    """One page of the messages to a system, and its last one where there are more; None behind no message."""
    mine = OutboxMessage.objects.filter(commune_id=webhook.commune_id, webhook=webhook)
    if after:
        last = mine.filter(key=f"{message_key(*after)}{webhook.pk}").first()
        if last is None:
            return None
        mine = mine.filter(beyond(("created_at", "pk"), (last.created_at, last.pk), descending=True))
    found = [Told(one) for one in mine.select_related("case").order_by("-created_at", "-pk")[: PAGE + 1]]
    return found[:PAGE], found[PAGE - 1] if len(found) > PAGE else None


def event_words(code: str, seq: int) -> str:
    """An event as it is named in requests."""
    return f"{code}/{seq}"


def event_read(words: str) -> tuple[str, int] | None:
    """Code and number of an event that a request names."""
    if not re.fullmatch(EVENT, words):
        return None
    code, _slash, seq = words.rpartition("/")
    return code, int(seq)
