"""The receipt (form 01) as data: what is printed is taken from the case once and kept, encrypted.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17; Thông tư 03/2025/TT-VPCP, Phụ lục I, mẫu 01.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cases.choices import Delivery, DocumentKind, PartyKind
from cases.documents.receipt import snapshot_sha256
from cases.models import Case, CasePaper, CaseParty, FeeObligation, IssuedDocument
from cases.parties import people_of, shown_number
from procedures.deadlines import Deadline, TimeLimit, TraceStep, Unit
from procedures.explanations import deadline_sentence, explain_limit, explain_reason
from procedures.fees import Reason
from staff.actor import Actor
from staff.clock import local
from staff.encryption import decrypt, encrypt
from staff.language import RECORD
from staff.places import phone_of

TEMPLATE_VERSION = 1
SNAPSHOT_COLUMN = "cases_issueddocument.snapshot"
OF_RECEIVER = (
    *("commune", "centre", "reception_point", "address", "phone", "received_at", "entered_at", "competent"),
    "delivery",
)
"""What a receipt says of the counter of another commune, which a correction does not touch."""


def issue_receipt(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    corrects: IssuedDocument | None = None,
    elsewhere: Mapping[str, Any] | None = None,
) -> IssuedDocument:
    """Keep the receipt of this case as it is printed now, in Vietnamese whatever the screen speaks.

    After a correction it follows the copy that it corrects, still under the name of who received the citizen.

    Args:
        elsewhere: what another commune's counter, which received the case, prints differently.
    """
    with translation.override(RECORD):
        snapshot = _snapshot(case, by=by, at=at) | dict(elsewhere or {})
        if corrects is not None:
            before = snapshot_of(corrects)
            snapshot |= {name: before[name] for name in OF_RECEIVER if "competent" in before}
            snapshot |= {
                "officer": before["officer"],
                "place_date": place_date(case.commune.short_name, local(at)),
                "copy_no": corrects.copy_no + 1,
                "is_corrected": True,
            }
    return _keep(case, snapshot, by=by, at=at)


def copy_receipt(last: IssuedDocument, *, by: Actor, at: datetime, reason: str) -> IssuedDocument:
    """Keep one more copy of a receipt: the very same data under the next number."""
    snapshot = snapshot_of(last) | {"copy_no": last.copy_no + 1, "issued_at": local(at).isoformat()}
    return _keep(last.case, snapshot, by=by, at=at, reason=reason)


def _keep(
    case: Case, snapshot: dict[str, Any], *, by: Actor, at: datetime, reason: str = ""
) -> IssuedDocument:
    document = IssuedDocument(
        commune_id=case.commune_id,
        case=case,
        kind=DocumentKind.RECEIPT,
        number=case.code,
        snapshot_enc=encrypt(json.dumps(snapshot, ensure_ascii=False), column=SNAPSHOT_COLUMN),
        template_version=TEMPLATE_VERSION,
        sha256=snapshot_sha256(snapshot),
        issued_by_id=by.officer_id,
        issued_at=at,
        copy_no=snapshot["copy_no"],
        is_corrected=snapshot["is_corrected"],
        reason=reason,
    )
    document.save(force_insert=True)
    return document


def snapshot_of(document: IssuedDocument) -> dict[str, Any]:
    """The data that a document was printed from."""
    loaded: dict[str, Any] = json.loads(decrypt(bytes(document.snapshot_enc), column=SNAPSHOT_COLUMN))
    return loaded


def _snapshot(case: Case, *, by: Actor, at: datetime) -> dict[str, Any]:
    people = people_of(case)
    centre = case.reception_point.centre
    received, entered = local(case.accepted_at or at), local(case.arrived_at)
    limit = TimeLimit(case.limit_amount, Unit(case.limit_unit))
    return {
        "template": TEMPLATE_VERSION,
        "commune": case.commune.name,
        "centre": centre.name,
        "reception_point": case.reception_point.name,
        "address": case.reception_point.address,
        "phone": read_out(centre.phone),
        "code": case.code,
        "register_number": case.register_number,
        "register_book": str(case.register_year),
        "received_at": received.isoformat(),
        "issued_at": local(at).isoformat(),
        "entered_at": entered.isoformat() if entered != received else "",
        "due_at": local(case.due_at).isoformat(),
        "due_is_estimate": bool(case.due_reason),
        "limit_text": explain_limit(limit),
        "filer": _person(people.filer),
        "principal": _person(people.principal),
        "second": next(map(_person, people.principals[1:]), None),
        "contact": _person(people.contact) if people.contact else None,
        "helper": _person(people.helper) if people.helper else None,
        "procedure": {"code": case.procedure.code, "name": case.procedure.name},
        "situation": case.situation.name if case.situation else "",
        "papers": [_paper(paper) for paper in case.papers.all()],
        "sets": 1,
        "fee_lines": [_fee(line) for line in case.obligations.all()],
        "payable_vnd": sum(line.payable_vnd for line in case.obligations.all()),
        "delivery": _delivery(case),
        "officer": by.officer_name,
        "tracking_url": settings.PUBLIC_URL + reverse("cases:track_token", args=[case.tracking_token]),
        "tracking_pin": case.tracking_pin or None,
        "copy_no": 1,
        "is_corrected": False,
        "basis": case.due_reason or _sum_of_days(case, limit),
        "place_date": place_date(case.commune.short_name, local(at)),
        "demo": settings.DEMO,
    } | _further(case)


def _further(case: Case) -> dict[str, Any]:
    """What is asked for in particular; which agency decides and when it has the file; what is put right."""
    further: dict[str, Any] = {}
    if case.asks_for:
        further["asks_for"] = case.asks_for
    if case.competent_agency:
        started = case.clock_started_at or case.arrived_at
        further["competent"] = {"name": case.competent_agency.name, "entered_at": local(started).isoformat()}
    if case.corrects:
        further["corrects"] = case.corrects.code
    return further


def _sum_of_days(case: Case, limit: TimeLimit) -> str:
    trace = tuple(TraceStep.from_json(step) for step in case.due_trace)
    return deadline_sentence(Deadline(case.due_at, trace, case.calendar_revision or 0, limit.unit), limit)


def place_date(place: str, day: datetime) -> str:
    """Where and when, as it stands under the head of a paper."""
    return f"{place}, ngày {day.day} tháng {day.month} năm {day.year}"


def read_out(number: str) -> str:
    """A stored telephone number (+84…) as people read it: 0912 345 018; empty when there is none."""
    phone = phone_of(number) if number.startswith("+84") else None
    return phone.text if phone else number


def _person(party: CaseParty) -> dict[str, str]:
    return {
        "name": party.name,
        "address": party.address,
        "phone": read_out(party.phone),
        "email": party.email,
        "id_number": shown_number(party),
        "tax_code": shown_number(party) if party.kind == PartyKind.ORGANISATION else "",
        "nationality": party.nationality,
        "relation": party.relation,
    }


def _paper(paper: CasePaper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "originals": paper.originals,
        "certified_copies": paper.certified_copies,
        "photocopies": paper.photocopies,
        "note": paper.note,
    }


def _fee(line: FeeObligation) -> dict[str, Any]:
    reason = Reason(line.reason["code"], line.reason["params"])
    return {
        "name": line.name,
        "base_vnd": line.base_vnd,
        "payable_vnd": line.payable_vnd,
        "reason": explain_reason(reason),
    }


def _delivery(case: Case) -> str:
    if case.delivery == Delivery.COUNTER:
        return case.reception_point.name
    return ": ".join(part for part in (str(case.get_delivery_display()), case.delivery_address) if part)
