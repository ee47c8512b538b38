"""What one system is told: read at the moment of sending, as its membership may see it, without people."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cases.choices import NATIONAL_CODES, State
from cases.history import event_id
from cases.models import Case, CaseEvent, OutboxMessage, Webhook
from cases.notices.outcomes import Skipped
from cases.notices.webhooks.signing import secrets_of
from staff.actor import actor_for
from staff.clock import local, localdate
from staff.scope import enter


@dataclass(frozen=True)
class Letter:
    """One message on its way out. Lives only while it is sent."""

    url: str
    id: str
    body: bytes
    keys: Sequence[str]


def letters_for(webhook: Webhook, messages: Sequence[OutboxMessage], at: datetime) -> list[Letter | Skipped]:
    """A letter for each message, or why there is none: the membership may have ended since."""
    with transaction.atomic():
        enter(webhook.commune_id)
        events = _visible(webhook, messages, at)
    if events is None:
        return [Skipped(_reason(webhook))] * len(messages)
    keys = secrets_of(webhook, at)
    found = [events.get((message.case_id, message.payload["seq"])) for message in messages]
    return [_letter(webhook, event, keys) if event else Skipped("not_visible") for event in found]


def _visible(
    webhook: Webhook, messages: Sequence[OutboxMessage], at: datetime
) -> Mapping[tuple[int | None, int], CaseEvent] | None:
    """The events by case and number that the membership may see; None while it is told nothing."""
    members = "membership__officer", "membership__commune", "membership__reception_point"
    telling = Webhook.objects.telling(localdate(at)).select_related(*members).filter(pk=webhook.pk).first()
    if telling is None:
        return None
    cases = Case.objects.visible_to(actor_for(telling.membership))
    events = CaseEvent.objects.filter(
        case__in=cases.filter(pk__in={message.case_id for message in messages}),
        seq__in={message.payload["seq"] for message in messages},
    )
    return {(event.case_id, event.seq): event for event in events.select_related("case__procedure")}


def _letter(webhook: Webhook, event: CaseEvent, keys: Sequence[str]) -> Letter:
    body = json.dumps(body_of(event), ensure_ascii=False, separators=(",", ":")).encode()
    return Letter(webhook.url, event_id(event.case.code, event.seq), body, keys)


def body_of(event: CaseEvent) -> dict[str, Any]:
    """What is told of an event: codes and moments, never a person."""
    code = event.case.code
    return {
        "id": event_id(code, event.seq),
        "kind": event.kind,
        "case": code,
        "seq": event.seq,
        "procedure": event.case.procedure.code,
        "from": _state(event.from_state) if event.from_state else None,
        "to": _state(event.to_state),
        "occurred_at": local(event.occurred_at).isoformat(timespec="seconds"),
        "url": f"{settings.PUBLIC_URL}{reverse('cases_api:case', args=[code])}",
    }


def _state(state: str) -> dict[str, Any]:
    return {"code": state, "national_code": NATIONAL_CODES[State(state)]}


def _reason(webhook: Webhook) -> str:
    if webhook.deleted_at:
        return "unsubscribed"
    return "paused" if webhook.paused else "membership_ended"
