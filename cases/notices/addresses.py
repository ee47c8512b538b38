"""Whom a message reaches, and what fills its template: both read at the moment of sending, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cases.choices import OutboxChannel, PartyRole
from cases.models import CaseParty, OutboxMessage, ReceptionSlip
from cases.notices.wording import spoken_moment
from staff.scope import enter
from staff.text import is_mobile

# Whoever stood at the counter is told; an old man without a telephone is told through his contact. Who only
# helped to fill in is told nothing.
FIRST_TOLD: Final = (PartyRole.FILER, PartyRole.PRINCIPAL, PartyRole.CONTACT)


@dataclass(frozen=True)
class Letter:
    """A message on its way out: to whom, under which template, with what. Lives only while it is sent."""

    key: str
    to: str
    template: str
    params: Mapping[str, str]


def address_in(party: CaseParty, channel: str) -> str:
    """Where a party can be reached by this channel; empty where it cannot. Text messages go to mobiles."""
    if channel == OutboxChannel.EMAIL:
        return party.email
    return party.phone if is_mobile(party.phone) else ""


def reachable(parties: Sequence[CaseParty], channel: str) -> CaseParty | None:
    """The one party of a case who is told by this channel."""
    in_order = sorted(
        (party for party in parties if party.role in FIRST_TOLD),
        key=lambda party: (FIRST_TOLD.index(PartyRole(party.role)), party.pk),
    )
    return next((party for party in in_order if address_in(party, channel)), None)


def phone_on(slip: ReceptionSlip) -> str:
    """The mobile that a slip can be told to: of who brought it, else of whose it is; empty without one."""
    return next((phone for phone in (slip.filer_phone, slip.phone) if is_mobile(phone)), "")


def letter_of(message: OutboxMessage) -> Letter | None:
    """The message with the receiver's present address; None when there is none any more."""
    return _letter_of_slip(message) if message.case_id is None else _letter_of_case(message)


def _letter_of_slip(message: OutboxMessage) -> Letter | None:
    with transaction.atomic():
        enter(message.commune_id)
        slips = ReceptionSlip.objects.filter(commune_id=message.commune_id, pk=message.slip_id or 0)
        slip = slips.select_related("reception_point", "commune").first()
    to = phone_on(slip) if slip else ""
    if slip is None or not to:
        return None
    stored = message.payload["params"]
    params = {
        "code": stored["code"],
        "time": spoken_moment(datetime.fromisoformat(stored["time"]), is_short=True),
        "place": f"{slip.reception_point.short_name}, {slip.commune.name}",
        "hotline": settings.HOTLINE,
    }
    return Letter(message.key, to, message.payload["template"], params)


def _letter_of_case(message: OutboxMessage) -> Letter | None:
    with transaction.atomic():
        enter(message.commune_id)
        party = (
            CaseParty.objects.filter(pk=int(message.recipient), case=message.case_id or 0)
            .select_related("case__reception_point__commune", "case__arrival__point__commune")
            .first()
        )
    to = address_in(party, message.channel) if party else ""
    if party is None or not to:
        return None
    return Letter(message.key, to, message.payload["template"], _params(message, party))


def _params(message: OutboxMessage, party: CaseParty) -> dict[str, str]:
    stored, case = message.payload["params"], party.case
    is_sms = message.channel == OutboxChannel.SMS
    moments = {
        name: spoken_moment(datetime.fromisoformat(stored[name]), is_short=is_sms) for name in ("time", "due")
    }
    token_page = reverse("cases:track_token", args=[case.tracking_token])
    # A text message is read aloud and passed on: it names the page where code and digits are typed.
    typed_page = f"{urlsplit(settings.PUBLIC_URL).netloc}{reverse('cases:track').rstrip('/')}"
    return {
        "code": stored["code"],
        "url": typed_page if is_sms else f"{settings.PUBLIC_URL}{token_page}",
        "place": f"{case.result_point.short_name}, {case.result_point.commune.name}",
        "hotline": settings.HOTLINE,
        **moments,
    }
