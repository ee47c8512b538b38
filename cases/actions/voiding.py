"""A case registered by mistake ends on the day it was typed; its code and number are never given again."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions.moves import check_move, moving, tell, write_move
from cases.choices import Action, NoticeKind
from cases.errors import CaseError
from cases.models import Case, Payment, ReceptionSlip
from staff.actor import Actor
from staff.clock import localdate
from staff.queries import current_calendar
from staff.work_calendar import CalendarMissing


def void_case(code: str, *, by: Actor, at: datetime, version: int, reason: str) -> Case:
    """End a case that was entered by mistake: it leaves the running counts and stays to be found by its code.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``refused`` (also once a result is signed),
            ``hindered``, ``reason_needed``.
    """
    with moving(code, by=by, version=version) as case:
        check_move(case, Action.VOID, by, None)
        hindrance = hindrance_of(case, at=at)
        if hindrance:
            raise CaseError("hindered", str(hindrance))
        case.voided_at = case.finished_at = at
        case.finished_on = localdate(at)
        event = write_move(case, Action.VOID, by=by, at=at, reason=reason)
        # The citizen's slip was not answered after all.
        ReceptionSlip.objects.filter(commune_id=case.commune_id, case=case).update(case=None)
        tell(
            case,
            NoticeKind.VOIDED,
            [officer for officer in (case.typed_by_id, case.holder_id) if officer],
            event=event,
            at=at,
        )
        return case


def hindrance_of(case: Case, *, at: datetime) -> str | Promise:
    """What stands in the way of voiding this case now, apart from its state and the officer's rights.

    Only the working day on which it was typed is open, the next one where it was typed on a day off; a
    receipt for money taken has to be voided first, for afterwards the case is closed to the till.
    """
    typed_at = case.events.values_list("recorded_at", flat=True).first()
    if typed_at is None or localdate(at) > _last_day(localdate(typed_at)):
        return _("Chỉ hủy được trong ngày nhập hồ sơ. Sau ngày đó, ông bà sửa thông tin hoặc rút hồ sơ.")
    if Payment.objects.filter(case=case).standing().exists():
        return _("Đã thu tiền cho hồ sơ này. Ông bà hủy biên lai trước, rồi hủy hồ sơ.")
    return ""


def _last_day(typed_on: date) -> date:
    try:
        return current_calendar().on_or_after(typed_on)
    except CalendarMissing:
        return typed_on
