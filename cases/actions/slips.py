"""A walk-in that is not accepted: a numbered slip that says everything at once, and no case.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1 (form 02, all at once; form 03 with its reason).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases import tasks
from cases.actions.counter import check_field, point_of, version_taken
from cases.actions.typed import forget_typed
from cases.choices import SlipKind
from cases.documents.slip import keep_snapshot
from cases.errors import CaseError
from cases.models import ReceptionSlip
from cases.notices.outbox import tell_of_slip
from cases.numbering import next_slip_number
from staff.access_log import record_access
from staff.actor import Actor
from staff.clock import localdate
from staff.rights import Capability
from staff.scope import enter

NEEDED: Final[Mapping[SlipKind, Capability]] = {
    SlipKind.GUIDANCE: Capability.ASK_SUPPLEMENT,
    SlipKind.REFUSAL: Capability.REFUSE_CASE,
}


@dataclass(frozen=True)
class SlipIntake:
    """What the clerk typed before it was clear that no case comes of it.

    ``intake_key`` is that of the screen: the same key and kind twice is the same slip. ``missing`` names the
    papers that were not there. ``filer`` is who stood at the counter for somebody else.
    """

    intake_key: UUID
    kind: SlipKind
    procedure_code: str
    reception_point_id: int
    name: str
    phone: str = ""
    filer: str = ""
    filer_phone: str = ""
    missing: Sequence[str] = ()
    reason: str = ""


def give_slip(intake: SlipIntake, *, by: Actor, at: datetime) -> ReceptionSlip:
    """Number and keep a slip; nothing else is written, and no case begins.

    Raises:
        CaseError: ``not_allowed``, ``nothing_said``, ``unknown_point``, ``procedure_not_registrable``,
            ``not_your_field``.
    """
    _check(intake, by)
    try:
        with transaction.atomic():
            enter(by)
            return _already_given(intake, by) or _give(intake, by=by, at=at)
    except IntegrityError as error:
        # Two requests with one key at the same moment: the loser gives its number back.
        if "cases_receptionslip_one_per_key" not in str(error):
            raise
        with transaction.atomic():
            enter(by)
            return _of_key(intake, by).get()


def open_slip(slip: ReceptionSlip, *, by: Actor, at: datetime) -> None:
    """Note that an officer opened this slip or its PDF: once per officer, slip and hour."""
    with transaction.atomic():
        enter(by)
        record_access(by, case_code=f"{slip.year}/{slip.number}", what="slip", at=at)


def _check(intake: SlipIntake, by: Actor) -> None:
    # A handler asks for supplements too, but only of a case; at the counter stands who registers.
    if not (by.may(NEEDED[intake.kind]) and by.may(Capability.REGISTER_CASE)) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền lập phiếu tại quầy."))
    if intake.kind == SlipKind.REFUSAL and not intake.reason:
        raise CaseError("nothing_said", _("Ông bà ghi lý do từ chối."))
    if not intake.missing and not intake.reason:
        raise CaseError("nothing_said", _("Ông bà ghi nội dung cần bổ sung, vì giấy tờ đã đủ."))


def _of_key(intake: SlipIntake, by: Actor) -> QuerySet[ReceptionSlip]:
    return ReceptionSlip.objects.filter(commune_id=by.home_id, intake_key=intake.intake_key, kind=intake.kind)


def _already_given(intake: SlipIntake, by: Actor) -> ReceptionSlip | None:
    return _of_key(intake, by).first()


def _give(intake: SlipIntake, *, by: Actor, at: datetime) -> ReceptionSlip:
    point = point_of(intake.reception_point_id, by)
    day = localdate(at)
    version = version_taken(intake.procedure_code, day)
    check_field(version, by)
    slip = ReceptionSlip(
        commune=point.commune,
        kind=intake.kind,
        year=day.year,
        intake_key=intake.intake_key,
        procedure=version.procedure,
        procedure_version=version,
        reception_point=point,
        name=intake.name,
        phone=intake.phone,
        filer=intake.filer,
        filer_phone=intake.filer_phone,
        missing=list(intake.missing),
        reason=intake.reason,
        issued_by_id=by.officer_id,
        issued_at=at,
        issued_on=day,
    )
    # The number comes last: its counter is locked as briefly as possible.
    slip.serial = next_slip_number(point.commune_id, day.year)
    keep_snapshot(slip, officer=by.officer_name)
    slip.save(force_insert=True)
    forget_typed(point.commune_id, intake.intake_key)
    if tell_of_slip(slip, at=at):
        tasks.wake()
    return slip
