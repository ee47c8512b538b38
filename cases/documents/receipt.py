"""Form 01, receipt and appointment, as a PDF made from its kept data and nothing else.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17; Thông tư 03/2025/TT-VPCP, Phụ lục I, mẫu 01.

A render cannot be stopped half way, so its time is bounded by its size: lists and texts longer than the
limits below are shortened on the paper, never in the kept data. The limits lie above what a case can hold.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import segno
import typst

from cases.documents.letters import FONT_FOLDER, printable

MOST_PAPERS: Final = 100
MOST_FEE_LINES: Final = 20
LONGEST_TEXT: Final = 600
LONGEST_URL: Final = 300
LARGEST_NUMBER: Final = 10**12

_FOLDER: Final = Path(__file__).resolve().parent
_LISTS: Final = {"papers": MOST_PAPERS, "fee_lines": MOST_FEE_LINES}


def snapshot_sha256(snapshot: Mapping[str, Any]) -> str:
    """Fingerprint over canonical JSON."""
    return hashlib.sha256(json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def render_receipt(snapshot: Mapping[str, Any]) -> bytes:
    """The same data always gives the same bytes (PDF/A-2b)."""
    return render_form("receipt.typ", snapshot, lists=_LISTS, url=snapshot["tracking_url"])


def render_form(
    template: str,
    snapshot: Mapping[str, Any],
    *,
    lists: Mapping[str, int],
    url: str,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A form of the office from kept data; ``lists`` names its lists with their most entries."""
    data = {key: _bounded(value, most=lists.get(key, 0)) for key, value in snapshot.items()}
    data["left_out"] = {key: max(len(snapshot[key]) - most, 0) for key, most in lists.items()}
    return typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=_fonts(),
        pdf_standards="a-2b",
        sys_inputs={
            "data": json.dumps(data, ensure_ascii=False),
            "qr": qr_svg(url),
            "made_at": json.dumps(_made_at(snapshot)),
            **(more or {}),
        },
    )


def qr_svg(url: str) -> str:
    """A QR code of exactly this address; the form leaves the quiet zone around it."""
    if len(url) > LONGEST_URL:
        message = f"An address of {len(url)} letters does not fit a QR code of 24 mm."
        raise ValueError(message)
    svg = io.BytesIO()
    segno.make_qr(url, error="m").save(svg, kind="svg", border=0, xmldecl=False)
    return svg.getvalue().decode()


def _made_at(snapshot: Mapping[str, Any]) -> dict[str, int]:
    """When the paper was made: a PDF says it by universal time, whatever the office's clock shows."""
    at = datetime.fromisoformat(snapshot.get("issued_at") or snapshot["received_at"]).astimezone(UTC)
    parts = ("year", "month", "day", "hour", "minute", "second")
    return {part: getattr(at, part) for part in parts}


@cache
def _fonts() -> typst.Fonts:
    """Read once per process, and only after it was forked."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )


def _bounded(value: Any, *, most: int) -> Any:
    if isinstance(value, str):
        return printable(value, limit=LONGEST_TEXT)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return max(0, min(value, LARGEST_NUMBER))
    if isinstance(value, Mapping):
        return {key: _bounded(part, most=0) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [_bounded(part, most=0) for part in value[:most]]
    message = f"A receipt holds no {type(value).__name__}."
    raise TypeError(message)
