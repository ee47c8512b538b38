"""Facts typed wrong are put right: with a reason, old and new kept, and the receipt printed anew."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cases.actions.copies import issue_corrected
from cases.actions.facts import facts_of, has_digits, with_twins, write_facts
from cases.actions.foreign import correct_row
from cases.actions.moves import moving
from cases.choices import Action, State
from cases.errors import CaseError
from cases.history import record_event
from cases.models import Case, CaseAmendment
from cases.workflow import refusal_of_amendment
from staff.actor import Actor
from staff.encryption import decrypt, encrypt
from staff.rights import Capability

OLD_COLUMN: Final = "cases_caseamendment.old"
NEW_COLUMN: Final = "cases_caseamendment.new"


def amend_case(
    code: str, *, by: Actor, at: datetime, version: int, facts: Mapping[str, str], reason: str
) -> Case:
    """Correct facts of a running case; what equals the present is no correction.

    Args:
        facts: by the codes of ``cases.actions.facts``; facts left out stay as they are.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``refused``, ``unknown_fact``, ``name_needed``,
            ``nothing_changed``, ``reason_needed``.
    """
    with moving(code, by=by, version=version) as case:
        _check(case, by, reason)
        changes = _changes(case, facts)
        before = case.state
        write_facts(case, {field: new for field, (_old, new) in changes.items()})
        if not case.tracking_pin and not has_digits(case.parties.all()):
            case.tracking_pin = f"{secrets.randbelow(10_000):04d}"
        case.version += 1
        case.save()
        payload = {"fields": list(changes)}
        event = record_event(
            case, Action.AMEND, by=by, at=at, from_state=before, reason=reason, payload=payload
        )
        _keep(case, event.seq, changes)
        receipt = issue_corrected(case, by=by, at=at)
        if receipt is not None:
            correct_row(case, receipt)
        return case


def values_of(amendment: CaseAmendment) -> tuple[str, str]:
    """What a corrected fact was, and what it has been since."""
    return (
        decrypt(bytes(amendment.old_enc), column=OLD_COLUMN),
        decrypt(bytes(amendment.new_enc), column=NEW_COLUMN),
    )


def _check(case: Case, by: Actor, reason: str) -> None:
    refusal = refusal_of_amendment(State(case.state), by.capabilities)
    if refusal:
        allowed = by.may(Capability.AMEND_CASE)
        raise CaseError("refused" if allowed else "not_allowed", str(refusal))
    if not reason:
        raise CaseError("reason_needed", _("Ông bà ghi lý do."))


def _changes(case: Case, facts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Old and new of every fact that differs, in the order of the page."""
    present = facts_of(case)
    if set(facts) - set(present):
        raise CaseError("unknown_fact", _("Mục này không sửa được. Ông bà mở lại trang rồi làm tiếp."))
    if any(field.endswith("-name") and not text for field, text in facts.items()):
        raise CaseError("name_needed", _("Ông bà nhập họ và tên."))
    wanted = with_twins(case, facts)
    changes = {field: (old, wanted[field]) for field, old in present.items() if wanted.get(field, old) != old}
    if not changes:
        raise CaseError("nothing_changed", _("Ông bà chưa sửa mục nào."))
    return changes


def _keep(case: Case, seq: int, changes: Mapping[str, tuple[str, str]]) -> None:
    CaseAmendment.objects.bulk_create(
        [
            CaseAmendment(
                commune_id=case.commune_id,
                case=case,
                seq=seq,
                position=position,
                field=field,
                old_enc=encrypt(old, column=OLD_COLUMN),
                new_enc=encrypt(new, column=NEW_COLUMN),
            )
            for position, (field, (old, new)) in enumerate(changes.items(), start=1)
        ]
    )


def facts_at(case: Case, version: int) -> dict[str, str]:
    """The facts as they stood when the case had this version: every later correction is taken back."""
    facts = facts_of(case)
    for amendment in sorted(case.amendments.all(), key=lambda row: (-row.seq, -row.position)):
        if amendment.seq > version:
            facts[amendment.field] = values_of(amendment)[0]
    return facts
