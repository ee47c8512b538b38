"""Form 01 as the counter prints it that received a case for another commune: both are named."""

import json
from typing import Any, Final

from cases.choices import Delivery
from cases.documents.receipt_data import place_date, read_out, snapshot_of
from cases.models import Case, ForeignReception, IssuedDocument
from staff.clock import local
from staff.encryption import decrypt, encrypt
from staff.models import Commune, ReceptionPoint

RECEIPT_COLUMN: Final = "cases_foreignreception.receipt"


def printed_elsewhere(case: Case, here: ReceptionPoint) -> dict[str, Any]:
    """What stands on the form instead: where it was received, who decides, where the result is given."""
    received, entered = local(case.submitted_at), local(case.arrived_at)
    return {
        "commune": here.commune.name,
        "centre": here.centre.name,
        "reception_point": here.name,
        "address": here.address,
        "phone": read_out(here.centre.phone),
        "received_at": received.isoformat(),
        "entered_at": entered.isoformat() if entered != received else "",
        "place_date": place_date(here.commune.short_name, entered),
        "competent": {
            "name": committee_of(case.commune),
            "entered_at": local(case.accepted_at or case.arrived_at).isoformat(),
        },
    } | ({"delivery": f"{here.name}, {here.commune.name}"} if case.delivery == Delivery.COUNTER else {})


def committee_of(commune: Commune) -> str:
    """The People's Committee as it stands inside a sentence."""
    return f"Ủy ban nhân dân {commune.name[0].lower()}{commune.name[1:]}"


def kept_on_row(receipt: IssuedDocument) -> dict[str, Any]:
    """What the receiver's row keeps of a receipt, to print it without looking into the other commune."""
    text = json.dumps(snapshot_of(receipt), ensure_ascii=False)
    return {"receipt_enc": encrypt(text, column=RECEIPT_COLUMN), "receipt_sha256": receipt.sha256}


def snapshot_of_row(row: ForeignReception) -> dict[str, Any]:
    """The data that the receipt of the receiving counter is printed from."""
    loaded: dict[str, Any] = json.loads(decrypt(bytes(row.receipt_enc), column=RECEIPT_COLUMN))
    return loaded
