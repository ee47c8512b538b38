"""The list of papers that goes with a bag to another commune; it names no citizen.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 18.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from cases.documents.elsewhere import committee_of
from cases.documents.receipt import qr_svg, render_form
from cases.documents.receipt_data import place_date
from cases.models import ForeignReception, PaperHandover
from staff.clock import local
from staff.models import ReceptionPoint

TEMPLATE_VERSION: Final = 1
MOST_ROWS: Final = 100

_LISTS: Final = {"rows": MOST_ROWS}


def printed_list(
    sent: PaperHandover, rows: Sequence[ForeignReception], *, point: ReceptionPoint, officer: str
) -> dict[str, Any]:
    """What is printed: codes, procedures, numbers of papers, and the random tracking addresses."""
    issued = local(sent.issued_at)
    return {
        "template": TEMPLATE_VERSION,
        "number": sent.number,
        "commune": point.commune.name,
        "centre": point.centre.name,
        "reception_point": point.name,
        "to": committee_of(sent.competent),
        "issued_at": issued.isoformat(),
        "place_date": place_date(point.commune.short_name, issued),
        "due_at": local(min(row.paper_due_at for row in rows)).isoformat(),
        "rows": [_row(row) for row in rows],
        "officer": officer,
        "demo": settings.DEMO,
    }


def render_handover(snapshot: Mapping[str, Any]) -> bytes:
    """The same data always gives the same bytes (PDF/A-2b)."""
    codes = [qr_svg(row["url"]) for row in snapshot["rows"][:MOST_ROWS]]
    first = snapshot["rows"][0]["url"]
    return render_form("handover.typ", snapshot, lists=_LISTS, url=first, more={"codes": json.dumps(codes)})


def _row(row: ForeignReception) -> dict[str, Any]:
    return {
        "code": row.case_code,
        "procedure": f"{row.procedure_name} ({row.procedure_code})",
        "papers": "; ".join(f"{paper['name']} ({paper['count']})" for paper in row.papers),
        "count": sum(paper["count"] for paper in row.papers),
        "url": settings.PUBLIC_URL + reverse("cases:track_token", args=[row.tracking_token]),
    }
