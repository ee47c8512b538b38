"""Rows as the database takes them in bulk: one line of text each, by table."""

from collections.abc import Iterable
from typing import Any, Final

CASE: Final = (
    *("id", "commune_id", "code", "kind", "state", "version", "procedure_id", "procedure_version_id"),
    *("situation_id", "field_code", "reception_point_id", "channel", "place", "identity_check"),
    *("assisted_by_id", "typed_by_id", "holder_id", "submitted_at", "arrived_at", "accepted_at"),
    *("clock_started_at", "received_on", "limit_amount", "limit_unit", "due_at", "due_on", "due_reason"),
    *("due_trace", "calendar_revision", "finished_at", "finished_on", "returned_at", "voided_at"),
    *("register_year", "register_number", "delivery", "delivery_address", "summary", "copies", "pages"),
    *("categories", "principal_name", "intake_key", "tracking_token", "tracking_pin"),
)
PARTY: Final = (
    *("commune_id", "case_id", "role", "kind", "name", "id_kind", "id_enc", "id_blind", "phone", "email"),
    *("birth_year", "birth_month", "birth_day", "address", "mandate", "nationality", "relation"),
)
PAPER: Final = (
    *("commune_id", "case_id", "required_paper_id", "position", "name", "kind", "originals"),
    *("certified_copies", "photocopies", "note", "received_at"),
)
OBLIGATION: Final = (
    *("commune_id", "case_id", "position", "name", "kind", "charge", "base_vnd", "payable_vnd"),
    *("certainty", "exemption_code", "reason"),
)
DRAFT: Final = (
    *("id", "commune_id", "case_id", "kind", "granted", "body", "proposed_by_id", "proposed_at"),
    *("decided_by_id", "decided_at", "decision", "remark"),
)
RESULT: Final = (
    *("id", "commune_id", "case_id", "draft_id", "granted", "number", "summary", "signed_on", "signer_id"),
    *("signer_name", "signer_title", "collector"),
)
DOCUMENT: Final = (
    *("commune_id", "case_id", "kind", "number", "snapshot_enc", "template_version", "sha256"),
    *("issued_by_id", "issued_at", "copy_no", "is_corrected", "reason"),
)
EVENT: Final = (
    *("commune_id", "case_id", "seq", "kind", "from_state", "to_state", "occurred_at", "recorded_at"),
    *("actor", "reason", "payload", "prev_hash", "hash"),
)
CLOCK: Final = ("commune_id", "case_id", "seq", "kind", "at", "due_before", "due_after")

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "cases_case": CASE,
    "cases_caseparty": PARTY,
    "cases_casepaper": PAPER,
    "cases_feeobligation": OBLIGATION,
    "cases_draft": DRAFT,
    "cases_caseresult": RESULT,
    "cases_issueddocument": DOCUMENT,
    "cases_caseevent": EVENT,
    "cases_clockevent": CLOCK,
}
"""What is copied into which table, in the order in which one table needs the other.

Columns that stay empty, that the database computes or that it numbers itself are left out.
"""

Rows = dict[str, list[str]]
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def empty() -> Rows:
    """No row in any table."""
    return {table: [] for table in COLUMNS}


def escaped(text: str) -> str:
    """A text that may hold anything, as one cell."""
    return text.translate(_ESCAPES)


def cell(value: Any) -> str:
    """A value that holds no control character and no backslash, as one cell."""
    if type(value) is str:
        return value
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return f"\\\\x{value.hex()}" if type(value) is bytes else str(value)


def line(values: Iterable[Any]) -> str:
    """One row."""
    return "\t".join(map(cell, values))
