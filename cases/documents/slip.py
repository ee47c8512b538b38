"""Forms 02 and 03: what is missing, or why nothing was taken in, as a PDF made from kept data.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1; Thông tư 03/2025/TT-VPCP, Phụ lục I, mẫu 02 và 03.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from cases.documents.receipt import MOST_PAPERS, render_form, snapshot_sha256
from cases.documents.receipt_data import place_date, read_out
from cases.models import ReceptionSlip
from staff.choices import PROVINCE_HOTLINE
from staff.clock import local
from staff.encryption import decrypt, encrypt

TEMPLATE_VERSION: Final = 1
MOST_LINES: Final = 250  # half of the letters that a reason may have
SNAPSHOT_COLUMN: Final = "cases_receptionslip.snapshot"

_LISTS: Final = {"missing": MOST_PAPERS, "reason": MOST_LINES}


def keep_snapshot(slip: ReceptionSlip, *, officer: str) -> None:
    """Put what is printed into a slip that has its number."""
    snapshot = _snapshot(slip, officer)
    slip.template_version = TEMPLATE_VERSION
    slip.sha256 = snapshot_sha256(snapshot)
    slip.snapshot_enc = encrypt(json.dumps(snapshot, ensure_ascii=False), column=SNAPSHOT_COLUMN)


def snapshot_of_slip(slip: ReceptionSlip) -> dict[str, Any]:
    """The data that a slip is printed from."""
    loaded: dict[str, Any] = json.loads(decrypt(bytes(slip.snapshot_enc), column=SNAPSHOT_COLUMN))
    return loaded


def render_slip(snapshot: Mapping[str, Any]) -> bytes:
    """The same data always gives the same bytes (PDF/A-2b)."""
    return render_form("slip.typ", snapshot, lists=_LISTS, url=snapshot["procedure_url"])


def _snapshot(slip: ReceptionSlip, officer: str) -> dict[str, Any]:
    point, centre = slip.reception_point, slip.reception_point.centre
    issued = local(slip.issued_at)
    return {
        "template": TEMPLATE_VERSION,
        "kind": str(slip.kind),
        "number": slip.number,
        "commune": slip.commune.name,
        "centre": centre.name,
        "reception_point": point.name,
        "address": point.address,
        "phone": read_out(centre.phone or PROVINCE_HOTLINE),
        "issued_at": issued.isoformat(),
        "place_date": place_date(slip.commune.short_name, issued),
        "person": {"name": slip.name, "phone": read_out(slip.phone)},
        "filer": {"name": slip.filer, "phone": read_out(slip.filer_phone)} if slip.filer else None,
        "procedure": {"code": slip.procedure.code, "name": slip.procedure_version.name},
        "missing": list(slip.missing),
        "reason": slip.reason.splitlines(),
        "officer": officer,
        "procedure_url": settings.PUBLIC_URL + reverse("procedures:procedure", args=[slip.procedure.code]),
        "demo": settings.DEMO,
    }
