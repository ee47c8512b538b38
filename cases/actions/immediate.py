"""Procedures whose result is given at once: register, approve and hand over in one transaction.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 4 (no form 01 unless asked, but always recorded).
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.choices import Action, ClockKind, State
from cases.errors import CaseError
from cases.history import record_clock, record_event
from cases.models import Case, CaseResult
from staff.actor import Actor
from staff.clock import localdate
from staff.models import Membership
from staff.rights import RIGHTS, Capability, Role


@dataclass(frozen=True)
class Immediate:
    """The result given across the counter: its number and the leader who signed the paper."""

    number: str
    signer_membership_id: int


def finish_at_once(
    case: Case, immediate: Immediate, *, by: Actor, at: datetime, recorded_at: datetime
) -> None:
    """Write the signing and the hand-over beside the registration; the case ends as returned.

    Raises:
        CaseError: ``not_immediate`` for a procedure without immediate result, ``unknown_signer``.
    """
    if not case.procedure_version.is_immediate:
        raise CaseError("not_immediate", _("Thủ tục này không trả kết quả ngay."))
    signer = _signer(immediate, by, at)
    case.state, case.finished_at, case.finished_on = State.RESOLVED, at, localdate(at)
    CaseResult.objects.create(
        commune_id=case.commune_id,
        case=case,
        granted=True,
        number=immediate.number,
        summary=case.summary,
        signed_on=localdate(at),
        signer_id=signer.officer_id,
        signer_title=signer.title,
        collector=case.principal_name,
    )
    # The clerk records what the leader signed on paper: the actor is the clerk, the payload names the signer.
    record_event(
        case,
        Action.APPROVE,
        by=by,
        at=at,
        from_state=State.REGISTERED,
        payload={"signer": signer.officer_id, "on_paper": True},
        recorded_at=recorded_at,
    )
    record_clock(case, ClockKind.STOP, at=at)
    case.state, case.returned_at, case.version = State.RETURNED, at, case.version + 1
    case.save()
    record_event(case, Action.HAND_OVER, by=by, at=at, from_state=State.RESOLVED, recorded_at=recorded_at)


def _signer(immediate: Immediate, by: Actor, at: datetime) -> Membership:
    """The leader who signed; nobody registers and signs alone, whatever roles he holds."""
    signer = (
        Membership.objects.valid_on(localdate(at))
        .filter(pk=immediate.signer_membership_id, commune_id=by.home_id, officer__is_active=True)
        .exclude(officer_id=by.officer_id)
        .first()
    )
    if signer is None or Capability.APPROVE_RESULT not in RIGHTS[Role(signer.role)]:
        raise CaseError("unknown_signer", _("Ông bà chọn lãnh đạo đã ký kết quả."))
    return signer
