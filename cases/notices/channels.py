"""The ways by which a message leaves. Each delivery may be repeated under the same key without harm.

A further way (Zalo, another gateway) is one module with a sender, one line in ``CHANNELS`` and one name in
``OutboxChannel``.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from cases.choices import OutboxChannel
from cases.models import OfficerNotice, OutboxMessage
from cases.notices import mail, sms
from cases.notices.addresses import Letter, letter_of
from cases.notices.outcomes import Accepted, Outcome, Skipped
from staff.scope import enter

Send = Callable[[OutboxMessage, datetime], Outcome]


def deliver_in_app(message: OutboxMessage, at: datetime) -> Outcome:
    """Put the notice on the officer's list; the unique key makes a second delivery a no-op."""
    notice = OfficerNotice(
        commune_id=message.commune_id,
        officer_id=int(message.recipient),
        case_id=message.case_id,
        key=message.key,
        kind=message.kind,
        created_at=at,
    )
    with transaction.atomic():
        enter(message.commune_id)
        OfficerNotice.objects.bulk_create([notice], ignore_conflicts=True)
    return Accepted()


def _outward(is_set_up: Callable[[], bool], send: Callable[[Letter], Outcome]) -> Send:
    """A way out of the house: skipped where it is not set up or where the receiver lost the address.

    Invented telephone numbers may be somebody's: a demonstration sends nothing.
    """

    def deliver(message: OutboxMessage, _at: datetime) -> Outcome:
        if settings.DEMO:
            return Skipped("demonstration")
        if not is_set_up():
            return Skipped("not_configured")
        letter = letter_of(message)
        return send(letter) if letter else Skipped("no_address")

    return deliver


CHANNELS: Final[Mapping[str, Send]] = {
    OutboxChannel.IN_APP: deliver_in_app,
    OutboxChannel.EMAIL: _outward(mail.is_set_up, mail.send_mail),
    OutboxChannel.SMS: _outward(sms.is_set_up, sms.send_sms),
}
