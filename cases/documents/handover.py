"""The list of papers that goes with a bag to another commune; it names no citizen.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 18.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from cases.documents.elsewhere import committee_of
from cases.documents.receipt import qr_svg, render_form
from cases.documents.receipt_data import place_date
from cases.models import Case, ForeignReception, PaperHandover
from staff.clock import local
from staff.models import ReceptionPoint

TEMPLATE_VERSION: Final = 1
MOST_ROWS: Final = 100

_LISTS: Final = {"rows": MOST_ROWS}


def printed_list(
    sent: PaperHandover, rows: Sequence[ForeignReception], *, point: ReceptionPoint, officer: str
) -> dict[str, Any]:
    """What is printed: codes, procedures, numbers of papers, and the random tracking addresses."""
    to = committee_of(rows[0].competent)
    due = min(row.paper_due_at for row in rows)
    return _sheet(sent, to, due, point=point, officer=officer) | {"rows": [_row(row) for row in rows]}


def printed_for_agency(
    sent: PaperHandover, cases: Sequence[Case], *, point: ReceptionPoint, officer: str
) -> dict[str, Any]:
    """The same list for an agency outside the commune."""
    due = min(case.sending.paper_due_at for case in cases)
    sheet = _sheet(sent, sent.receiver, due, point=point, officer=officer)
    return sheet | {"rows": [_row_of_case(case) for case in cases]}


def render_handover(snapshot: Mapping[str, Any]) -> bytes:
    """The same data always gives the same bytes (PDF/A-2b)."""
    codes = [qr_svg(row["url"]) for row in snapshot["rows"][:MOST_ROWS]]
    first = snapshot["rows"][0]["url"]
    return render_form("handover.typ", snapshot, lists=_LISTS, url=first, more={"codes": json.dumps(codes)})


def _sheet(
    sent: PaperHandover, to: str, due: datetime, *, point: ReceptionPoint, officer: str
) -> dict[str, Any]:
    issued = local(sent.issued_at)
    return {
        "template": TEMPLATE_VERSION,
        "number": sent.number,
        "commune": point.commune.name,
        "centre": point.centre.name,
        "reception_point": point.name,
        "to": to,
        "issued_at": issued.isoformat(),
        "place_date": place_date(point.commune.short_name, issued),
        "due_at": local(due).isoformat(),
        "officer": officer,
        "demo": settings.DEMO,
    }


def _row(row: ForeignReception) -> dict[str, Any]:
    procedure = f"{row.procedure_name} ({row.procedure_code})"
    return _line(row.case_code, procedure, row.papers, row.tracking_token)


def _row_of_case(case: Case) -> dict[str, Any]:
    procedure = f"{case.procedure.name} ({case.procedure.code})"
    return _line(case.code, procedure, case.sending.papers, case.tracking_token)


def _line(code: str, procedure: str, papers: Sequence[Mapping[str, Any]], token: str) -> dict[str, Any]:
    return {
        "code": code,
        "procedure": procedure,
        "papers": "; ".join(f"{paper['name']} ({paper['count']})" for paper in papers),
        "count": sum(paper["count"] for paper in papers),
        "url": settings.PUBLIC_URL + reverse("cases:track_token", args=[token]),
    }
