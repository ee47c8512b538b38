"""What became of the messages to the citizen, told on the page of the case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.choices import CitizenNotice, OutboxChannel, OutboxStatus
from cases.models import Case, OutboxMessage, ReceptionSlip
from cases.notices.outbox import OUTWARD
from cases.notices.outcomes import explain
from staff.clock import local


@dataclass(frozen=True)
class Delivery:
    """One message as it is told: when, what became of it, what it was about. ``is_open`` until it is sent."""

    at: datetime
    what: str
    about: str
    is_open: bool


def deliveries_of(case: Case) -> list[Delivery]:
    """The messages to the citizen of this case, newest first."""
    names = {str(party.pk): party.name for party in case.parties.all()}
    outward = [message for message in case.messages.all() if message.channel in OUTWARD]
    messages = sorted(outward, key=lambda message: -message.pk)
    return told_deliveries(messages, names=names)


def deliveries_of_slip(slip: ReceptionSlip) -> list[Delivery]:
    """The messages about a slip, newest first."""
    messages = OutboxMessage.objects.filter(commune_id=slip.commune_id, slip=slip).order_by("-pk")
    return told_deliveries(messages, names={str(slip.pk): slip.filer or slip.name})


def told_deliveries(messages: Iterable[OutboxMessage], *, names: Mapping[str, str]) -> list[Delivery]:
    """Each message in one sentence. ``names`` holds the people of the case by key."""
    return [
        Delivery(
            at=message.sent_at or message.created_at,
            what=_sentence(message, names.get(message.recipient, _("công dân"))),
            about=str(CitizenNotice(message.kind).label),
            is_open=message.status != OutboxStatus.SENT,
        )
        for message in messages
    ]


def _sentence(message: OutboxMessage, name: str) -> str:
    parts = {
        "name": name,
        "reason": explain(message.last_error),
        "times": message.attempts,
        "time": f"{local(message.next_try_at):%H:%M}",
    }
    if message.status == OutboxStatus.PENDING and not message.attempts:
        key = "waiting"
    else:
        key = str(message.status)
    return _sentences(message.channel)[key] % parts


def _sentences(channel: str) -> Mapping[str, str]:
    if channel == OutboxChannel.SMS:
        return {
            "waiting": _("Chờ nhắn SMS cho %(name)s"),
            OutboxStatus.SENDING: _("Đang nhắn SMS cho %(name)s"),
            OutboxStatus.SENT: _("Đã nhắn SMS cho %(name)s"),
            OutboxStatus.PENDING: _(
                "Chưa nhắn được SMS cho %(name)s: %(reason)s. Đã thử %(times)s lần, thử lại lúc %(time)s"
            ),
            OutboxStatus.DEAD: _("Không nhắn được SMS cho %(name)s: %(reason)s. Đã thử %(times)s lần"),
            OutboxStatus.SKIPPED: _("Không nhắn SMS cho %(name)s: %(reason)s"),
        }
    return {
        "waiting": _("Chờ gửi thư cho %(name)s"),
        OutboxStatus.SENDING: _("Đang gửi thư cho %(name)s"),
        OutboxStatus.SENT: _("Đã gửi thư cho %(name)s"),
        OutboxStatus.PENDING: _(
            "Chưa gửi được thư cho %(name)s: %(reason)s. Đã thử %(times)s lần, thử lại lúc %(time)s"
        ),
        OutboxStatus.DEAD: _("Không gửi được thư cho %(name)s: %(reason)s. Đã thử %(times)s lần"),
        OutboxStatus.SKIPPED: _("Không gửi thư cho %(name)s: %(reason)s"),
    }
