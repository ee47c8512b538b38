"""The receipt of an invented case: the very data that the counter keeps of a printed one."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse

from cases.choices import Delivery
from cases.documents.receipt_data import SNAPSHOT_COLUMN, TEMPLATE_VERSION, place_date, read_out
from cases.generator.counters import Counter
from cases.generator.offers import Bill, Offer
from cases.generator.people import Somebody
from cases.generator.promises import Promise
from cases.generator.working_time import Moment
from procedures.models import RequiredPaper, Situation
from staff.encryption import encrypt
from staff.models import ReceptionPoint
from staff.text import mask_number

ANY = "token"


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt says of one case."""

    code: str
    register_number: int
    people: Sequence[Somebody]
    filer: Somebody
    offer: Offer
    situation: Situation | None
    papers: Sequence[RequiredPaper]
    bill: Bill
    promise: Promise
    received: Moment
    officer: str
    delivery: str
    token: str


@dataclass
class ReceiptOffice:
    """What all receipts of one reception point have in common."""

    counter: Counter
    point: ReceptionPoint
    head: dict[str, Any] = field(init=False)
    address: str = field(init=False)

    def __post_init__(self) -> None:
        centre = self.point.centre
        self.head = {
            "template": TEMPLATE_VERSION,
            "commune": self.counter.commune.name,
            "centre": centre.name,
            "reception_point": self.point.name,
            "address": self.point.address,
            "phone": read_out(centre.phone),
            "entered_at": "",
            "due_is_estimate": False,
            "contact": None,
            "helper": None,
            "sets": 1,
            "tracking_pin": None,
            "copy_no": 1,
            "is_corrected": False,
            "demo": settings.DEMO,
        }
        self.address = settings.PUBLIC_URL + reverse("cases:track_token", args=[ANY])

    def keep(self, told: Told) -> tuple[bytes, str]:
        """The encrypted data of a receipt and their fingerprint."""
        people = [_person(somebody) for somebody in told.people]
        snapshot = self.head | {
            "code": told.code,
            "register_number": told.register_number,
            "register_book": told.received.day[:4],
            "received_at": told.received.text,
            "issued_at": told.received.text,
            "due_at": told.promise.due_text,
            "limit_text": told.bill.limit_text,
            "filer": people[0] if told.filer is told.people[0] else _person(told.filer),
            "principal": people[0],
            "second": people[1] if len(people) > 1 else None,
            "procedure": {
                "code": told.offer.version.procedure.code,
                "name": told.offer.version.procedure.name,
            },
            "situation": told.situation.name if told.situation else "",
            "papers": [_paper(paper) for paper in told.papers],
            "fee_lines": told.bill.fee_lines,
            "payable_vnd": told.bill.payable_vnd,
            "delivery": self._delivery(told),
            "officer": told.officer,
            "tracking_url": told.token.join(self.address.rsplit(ANY, 1)),
            "basis": told.promise.sentence,
            "place_date": place_date(self.counter.commune.short_name, told.received.at),
        }
        return _kept(snapshot)

    def _delivery(self, told: Told) -> str:
        if told.delivery == Delivery.COUNTER:
            return self.point.name
        return f"{Delivery(told.delivery).label}: {told.people[0].address}"


def _kept(snapshot: Mapping[str, Any]) -> tuple[bytes, str]:
    """Canonical JSON once, for both; ``snapshot_sha256`` says the same of it."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True)
    return encrypt(canonical, column=SNAPSHOT_COLUMN), hashlib.sha256(canonical.encode()).hexdigest()


def _person(somebody: Somebody) -> dict[str, str]:
    return {
        "name": somebody.name,
        "address": somebody.address,
        "phone": read_out(somebody.phone),
        "email": "",
        "id_number": mask_number(somebody.number),
        "tax_code": "",
        "nationality": "",
        "relation": "",
    }


def _paper(paper: RequiredPaper) -> dict[str, Any]:
    return {
        "name": paper.name[:500],
        "originals": paper.originals,
        "certified_copies": 0,
        "photocopies": paper.copies,
        "note": "",
    }
