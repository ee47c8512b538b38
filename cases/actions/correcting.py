"""An error in a signed result is put right by a case of its own, linked to the first one.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 23 khoản 1 (three working days, nothing to pay, no new papers).
"""

import secrets
import uuid
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cases import tasks
from cases.actions.facts import has_digits
from cases.actions.moves import moving
from cases.choices import FINISHED, Action, CaseKind, CitizenNotice, ClockKind, IdentityCheck, State
from cases.documents.receipt_data import issue_receipt
from cases.errors import CaseError
from cases.history import record_clock, record_event
from cases.models import Case, CaseParty
from cases.notices.outbox import tell_citizen
from cases.numbering import next_case_numbers
from cases.workflow import refusal_of_correction
from procedures.deadlines import TimeLimit, Unit, compute_due
from staff.actor import Actor
from staff.clock import localdate
from staff.queries import current_calendar, office_hours, working_point
from staff.rights import Capability

LIMIT: Final = TimeLimit(3, Unit.WORKING_DAY)
"""The limit of the law for an error of the office; a correction has no other."""

PARTS: Final = (
    *("role", "kind", "name", "id_kind", "id_enc", "id_blind", "phone", "email", "address"),
    *("birth_year", "birth_month", "birth_day", "mandate", "nationality", "relation"),
)
"""Everything that stands of a person in a case."""


def open_correction(code: str, *, by: Actor, at: datetime, version: int, reason: str) -> Case:
    """Open the case that corrects the result of this one; it then lives like any other.

    The people are taken over as they stand in the first case, which stays as it is: states 9 and 10 never go
    back. The clock starts now, at the hours of the point where the officer works.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``refused`` (no signed result, one is open
            already, another agency signed), ``reason_needed``.
    """
    with moving(code, by=by, version=version) as first:
        _check(first, by, reason)
        case = _new_case(first, by=by, at=at)
        _take_over_people(first, case)
        first.version += 1
        first.save(update_fields=["version"])
        payload = {"correction": case.code}
        record_event(
            first,
            Action.OPEN_CORRECTION,
            by=by,
            at=at,
            from_state=first.state,
            reason=reason,
            payload=payload,
        )
        said = {"corrects": first.code, "due_at": case.due_at.isoformat()}
        event = record_event(case, Action.REGISTER, by=by, at=at, reason=reason, payload=said)
        record_clock(case, ClockKind.START, at=at)
        issue_receipt(case, by=by, at=at)
        tell_citizen(case, CitizenNotice.REGISTERED, event=event, at=at)
        tasks.wake()
        return case


def _check(first: Case, by: Actor, reason: str) -> None:
    is_open = first.corrections.exclude(state__in=FINISHED).exists()
    at_agency = first.competent_agency_id is not None
    refusal = refusal_of_correction(State(first.state), by.capabilities, at_agency=at_agency, is_open=is_open)
    if refusal:
        allowed = by.may(Capability.OPEN_CORRECTION)
        raise CaseError("refused" if allowed else "not_allowed", str(refusal))
    if not reason:
        raise CaseError("reason_needed", _("Ông bà ghi lý do."))


def _new_case(first: Case, *, by: Actor, at: datetime) -> Case:
    point, day = working_point(by), localdate(at)
    deadline = compute_due(at, LIMIT, calendar=current_calendar(), hours=office_hours(point.pk, day))
    case = Case(
        commune=point.commune,
        kind=CaseKind.CORRECTION,
        corrects=first,
        state=State.REGISTERED,
        procedure=first.procedure,
        procedure_version=first.procedure_version,
        situation=first.situation,
        field_code=first.field_code,
        reception_point=point,
        channel=first.channel,
        identity_check=IdentityCheck.NONE,
        typed_by_id=by.officer_id,
        submitted_at=at,
        arrived_at=at,
        accepted_at=at,
        clock_started_at=at,
        received_on=day,
        limit_amount=LIMIT.amount,
        limit_unit=LIMIT.unit,
        due_at=deadline.due_at,
        due_on=localdate(deadline.due_at),
        due_trace=[step.as_json() for step in deadline.trace],
        calendar_revision=deadline.calendar_revision,
        delivery=first.delivery,
        delivery_address=first.delivery_address,
        summary=first.summary,
        principal_name=first.principal_name,
        intake_key=uuid.uuid4(),
        tracking_token=secrets.token_urlsafe(16),
        tracking_pin="" if has_digits(first.parties.all()) else f"{secrets.randbelow(10_000):04d}",
    )
    # Numbers come last: their counters are locked as briefly as possible.
    case.register_year = day.year
    case.register_number, case.code = next_case_numbers(point.commune_id, point.commune.org_code, day)
    case.save(force_insert=True)
    return case


def _take_over_people(first: Case, case: Case) -> None:
    """Everybody of the first case, with the encrypted numbers as they are."""
    CaseParty.objects.bulk_create(
        [
            CaseParty(commune_id=case.commune_id, case=case, **{part: getattr(party, part) for part in PARTS})
            for party in first.parties.all()
        ]
    )
