"""Which other systems are told of the steps of cases, and telling them again."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.choices import OutboxChannel, OutboxStatus, WebhookPause
from cases.errors import CaseError
from cases.history import message_key
from cases.models import Case, CaseEvent, OutboxMessage, Webhook
from cases.notices.webhooks.signing import locked, new_secret
from cases.notices.webhooks.targets import target_of
from staff.actor import Actor
from staff.keysets import beyond
from staff.pruning import prune
from staff.rights import Capability
from staff.scope import enter

MOST_WEBHOOKS: Final = 20
BOTH_SIGN: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=31)
"""How long deliveries are kept, and how far back events are told again."""
LATEST_NOTE: Final = timedelta(days=31)
"""No event is written later than this after it happened; at the counter ten days (actions/late.py)."""
MOST_REPLAYED: Final = 500


@dataclass(frozen=True)
class Replayed:
    """How many events are told again; ``after`` names the last one where there are more."""

    queued: int
    after: tuple[str, int] | None = None


def create_webhook(url: str, kinds: Sequence[str], *, by: Actor, at: datetime) -> tuple[Webhook, str]:
    """Tell a system of the events that this membership may see; its secret is told this once.

    Raises:
        CaseError: ``not_allowed``, ``webhook_url``, ``too_many_webhooks``.
    """
    if not by.may(Capability.VIEW_CASES) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền xem hồ sơ."))
    target_of(url)
    secret = new_secret()
    with transaction.atomic():
        enter(by)
        if Webhook.objects.of(by).count() >= MOST_WEBHOOKS:
            raise CaseError("too_many_webhooks", _("Nơi làm việc này đã có 20 nơi nhận tin."))
        webhook = Webhook.objects.create(
            commune_id=by.home_id,
            membership_id=by.membership_id,
            key=secrets.token_hex(8),
            url=url,
            kinds=sorted(set(kinds)),
            secret_enc=locked(secret),
            created_by_id=by.officer_id,
            created_at=at,
        )
    return webhook, secret


def change_webhook(
    key: str,
    *,
    by: Actor,
    at: datetime,
    url: str | None = None,
    kinds: Sequence[str] | None = None,
    is_active: bool | None = None,
) -> Webhook:
    """Change what is given. One that is active again, or moved, is tried at once.

    Raises:
        CaseError: ``not_found``, ``webhook_url``.
    """
    with transaction.atomic():
        webhook = _locked(key, by)
        if url is not None and url != webhook.url:
            target_of(url)
            webhook.url = url
            _try_at_once(webhook, at)
        if kinds is not None:
            webhook.kinds = sorted(set(kinds))
        if is_active is not None and is_active == bool(webhook.paused):
            webhook.paused = "" if is_active else WebhookPause.OFFICER
            _try_at_once(webhook, at)
        webhook.save()
        return webhook


def delete_webhook(key: str, *, by: Actor, at: datetime) -> None:
    """Tell a system nothing any more; what waits for it is not sent.

    Raises:
        CaseError: ``not_found``.
    """
    with transaction.atomic():
        webhook = _locked(key, by)
        webhook.deleted_at = at
        webhook.save()


def rotate_secret(key: str, *, by: Actor, at: datetime) -> tuple[Webhook, str]:
    """A new secret, told this once; for a day the one before it signs as well, so that nothing is lost.

    Raises:
        CaseError: ``not_found``.
    """
    secret = new_secret()
    with transaction.atomic():
        webhook = _locked(key, by)
        webhook.previous_enc, webhook.previous_until = webhook.secret_enc, at + BOTH_SIGN
        webhook.secret_enc = locked(secret)
        webhook.save()
        return webhook, secret


def replay_event(key: str, code: str, seq: int, *, by: Actor, at: datetime) -> Replayed:
    """Tell one event again, under the same name.

    Raises:
        CaseError: ``not_found``, ``webhook_paused``, ``event_unknown`` (also for one of another kind, or that
            this membership may not see).
    """
    with transaction.atomic():
        webhook = _listening(key, by)
        event = _events(webhook, by).filter(case__code=code, seq=seq).first()
        if event is None:
            raise CaseError("event_unknown", _("Không tìm thấy bước này."))
        _tell_again(webhook, [event], at)
        return Replayed(1)


def replay_since(
    key: str, since: datetime, *, by: Actor, at: datetime, after: tuple[str, int] | None = None
) -> Replayed:
    """Tell again what was written down since a moment, rebuilt from the history, 500 events at a time.

    Args:
        after: the event at which the last call ended.

    Raises:
        CaseError: ``not_found``, ``webhook_paused``, ``replay_too_old``, ``after_unknown``.
    """
    if since < at - KEPT:
        raise CaseError("replay_too_old", _("Chỉ gửi lại được các bước trong 31 ngày gần đây."))
    with transaction.atomic():
        webhook = _listening(key, by)
        asked = _events(webhook, by).filter(occurred_at__gte=since - LATEST_NOTE, recorded_at__gte=since)
        if after:
            last = _events(webhook, by).filter(case__code=after[0], seq=after[1]).first()
            if last is None:
                raise CaseError("after_unknown", _("Không tìm thấy bước này."))
            asked = asked.filter(beyond(("occurred_at", "pk"), (last.occurred_at, last.pk)))
        events = list(asked.order_by("occurred_at", "pk")[: MOST_REPLAYED + 1])
        told, has_more = events[:MOST_REPLAYED], len(events) > MOST_REPLAYED
        _tell_again(webhook, told, at)
        return Replayed(len(told), (told[-1].case.code, told[-1].seq) if has_more else None)


def prune_webhook_messages(*, at: datetime) -> int:
    """Delete what other systems were told more than 31 days ago; how many messages they were."""
    over = (OutboxStatus.SENT, OutboxStatus.DEAD, OutboxStatus.SKIPPED)
    count = 0
    for webhook in Webhook.objects.order_by("pk"):
        with transaction.atomic():
            enter(webhook.commune_id)
            old = OutboxMessage.objects.filter(
                commune_id=webhook.commune_id, webhook=webhook, created_at__lt=at - KEPT, status__in=over
            )
            count += prune(old)
    return count


def _locked(key: str, by: Actor) -> Webhook:
    """The receiver under its lock; one of another membership does not exist."""
    enter(by)
    webhook = Webhook.objects.of(by).select_for_update(of=("self",), no_key=True).filter(key=key).first()
    if webhook is None:
        raise CaseError("not_found", _("Không tìm thấy nơi nhận tin này."))
    return webhook


def _listening(key: str, by: Actor) -> Webhook:
    webhook = _locked(key, by)
    if webhook.paused:
        raise CaseError("webhook_paused", _("Nơi nhận tin đang tạm dừng. Cho báo lại trước khi gửi lại."))
    return webhook


def _events(webhook: Webhook, by: Actor) -> QuerySet[CaseEvent]:
    """The events of which this receiver may be told."""
    events = CaseEvent.objects.filter(commune_id=by.home_id, case__in=Case.objects.visible_to(by))
    if webhook.kinds:
        events = events.filter(kind__in=webhook.kinds)
    return events.select_related("case")


def _tell_again(webhook: Webhook, events: Sequence[CaseEvent], at: datetime) -> None:
    """Write a message for each event, or let the one that is there begin anew, always under its one key."""
    messages = [
        OutboxMessage(
            commune_id=webhook.commune_id,
            case=event.case,
            webhook=webhook,
            key=f"{message_key(event.case.code, event.seq)}{webhook.pk}",
            channel=OutboxChannel.WEBHOOK,
            kind=event.kind,
            recipient=webhook.key,
            payload={"seq": event.seq},
            next_try_at=at,
            created_at=at,
        )
        for event in events
    ]
    OutboxMessage.objects.bulk_create(
        messages,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["status", "attempts", "next_try_at", "lease_until", "sent_at", "last_error"],
    )
    _try_at_once(webhook, at)
    webhook.save()


def _try_at_once(webhook: Webhook, at: datetime) -> None:
    """Forget that the target was silent; the caller saves."""
    webhook.failures, webhook.closed_until = 0, None
    waiting = OutboxMessage.objects.filter(
        commune_id=webhook.commune_id, webhook=webhook, status=OutboxStatus.PENDING
    )
    waiting.filter(next_try_at__gt=at).update(next_try_at=at)
