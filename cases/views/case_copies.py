"""What the case page says of corrections: the copies of the receipt, the facts put right, who may do it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases import actions
from cases.actions.amendments import values_of
from cases.choices import FINISHED, Action, Delivery, DocumentKind, PartyRole, State
from cases.documents.receipt import render_receipt
from cases.documents.receipt_data import snapshot_of
from cases.forms.corrections import PART_LABELS
from cases.models import Case, CaseAmendment, IssuedDocument
from cases.narration import Corrected
from cases.workflow import MOVES, refusal_of_amendment, refusal_of_correction
from staff import clock
from staff.actor import Actor
from staff.http import OfficerRequest
from staff.rights import Capability
from staff.templatetags.office import phone
from staff.text import mask_number

_OF_PERSON: Final = "party"


def receipts_of(case: Case) -> list[IssuedDocument]:
    """Every copy of the receipt, the first one first."""
    return [document for document in case.documents.all() if document.kind == DocumentKind.RECEIPT]


def receipt_pdf(request: OfficerRequest, case: Case, copies: Sequence[IssuedDocument]) -> HttpResponse:
    """The one copy that was asked for; opening it is noted."""
    if not copies:
        raise Http404
    actions.open_case(case, what="receipt", by=request.actor, at=clock.now())
    response = HttpResponse(render_receipt(snapshot_of(copies[0])), content_type="application/pdf")
    number = f"-{copies[0].copy_no}" if copies[0].copy_no > 1 else ""
    response["Content-Disposition"] = f'inline; filename="{case.code}{number}.pdf"'
    return response


def copies_context(case: Case, actor: Actor, names: Mapping[int, str]) -> dict[str, Any]:
    """The copies with who made them, and which corrections this officer may make or ask for."""
    copies = receipts_of(case)
    state, is_running = State(case.state), case.state in MOVES[Action.VOID].sources
    return {
        "receipt": copies[0] if copies else None,
        "copies": [(copy, names[copy.issued_by_id]) for copy in reversed(copies)],
        "may_amend": not refusal_of_amendment(state, actor.capabilities),
        "corrections": _corrections(case),
        "may_correct": not refusal_to_correct(case, actor),
        "may_void_case": is_running and actor.may(Capability.VOID_CASE),
        "may_ask_void": is_running and actor.may(Capability.REGISTER_CASE),
        "may_reprint": bool(copies) and not case.voided_at and actor.may(Capability.PRINT_RECEIPT),
    }


def refusal_to_correct(case: Case, actor: Actor) -> str | Promise:
    """Why this officer cannot open a correction of the result now; read from what the page has loaded."""
    return refusal_of_correction(
        State(case.state),
        actor.capabilities,
        at_agency=case.competent_agency_id is not None,
        is_open=bool(_corrections(case)) and case.corrections.exclude(state__in=FINISHED).exists(),
    )


def _corrections(case: Case) -> list[str]:
    """The codes of the cases that correct this one, as its history names them."""
    opened = (event for event in case.events.all() if event.kind == Action.OPEN_CORRECTION)
    return [event.payload["correction"] for event in opened]


def corrected_in(case: Case) -> dict[int, list[Corrected]]:
    """The corrected facts by the number of their step; a case that was never corrected is not asked."""
    if all(event.kind != Action.AMEND for event in case.events.all()):
        return {}
    steps: dict[int, list[Corrected]] = {}
    rows = list(case.amendments.all())
    for row in rows:
        if not _is_said_twice(case, row, rows):
            steps.setdefault(row.seq, []).append(_told(case, row))
    return steps


def _is_said_twice(case: Case, row: CaseAmendment, rows: Sequence[CaseAmendment]) -> bool:
    """Who filed for himself stands in the case twice; the page tells of the principal."""
    kind, key, part = _parts(row.field)
    filers = [party.pk for party in case.parties.all() if party.role == PartyRole.FILER]
    if kind != _OF_PERSON or key not in filers:
        return False
    return any(
        _parts(other.field)[::2] == (kind, part) and values_of(other) == values_of(row)
        for other in rows
        if other.seq == row.seq and other.pk != row.pk
    )


def _told(case: Case, row: CaseAmendment) -> Corrected:
    kind, key, part = _parts(row.field)
    label = str(PART_LABELS[part])
    if kind == _OF_PERSON:
        [role] = [party.get_role_display() for party in case.parties.all() if party.pk == key]
        label = f"{role}: {label}"
    elif kind:
        [name] = [paper.name for paper in case.papers.all() if paper.pk == key]
        label = f"{name}: {label}"
    old, new = (_words(part, text) for text in values_of(row))
    return Corrected(label, old, new)


def _parts(field: str) -> tuple[str, int, str]:
    kind, _dash, rest = field.partition("-")
    key, _dash, part = rest.partition("-")
    return (kind, int(key), part) if part else ("", 0, field)


def _words(part: str, text: str) -> str:
    if not text:
        return _("để trống")
    if part == "number":
        return mask_number(text)
    if part == "delivery":
        return str(Delivery(text).label)
    return phone(text) if part == "phone" else text
