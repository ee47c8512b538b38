"""Taking money against a receipt and voiding a take: rows beside the obligations, never changes.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 24; Luật Phí và lệ phí 2015, Điều 11.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.choices import Action, PartyRole, PaymentMethod
from cases.errors import CaseError, StaleCase
from cases.history import record_event
from cases.models import Case, CaseParty, Payment, PaymentVoid
from cases.money import is_payable, money_of
from staff.actor import Actor
from staff.clock import localdate
from staff.figures import amount_text
from staff.rights import Capability
from staff.scope import enter


@dataclass(frozen=True)
class Take:
    """What the officer typed. ``take_key`` is that of the page: the same key twice is one take.

    An empty ``payer`` is whoever filed the case.
    """

    take_key: UUID
    amount_vnd: int
    method: PaymentMethod
    series: str
    number: int
    payer: str = ""


def take_payment(code: str, take: Take, *, by: Actor, at: datetime, version: int) -> Payment:
    """Take money for a case against a receipt; the same key answers with the first take.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``not_payable``, ``nothing_owed``, ``too_much``,
            ``receipt_used``.
    """
    _require(by, Capability.TAKE_PAYMENT)
    try:
        with _locked(code, by=by) as case:
            known = Payment.objects.filter(case=case, take_key=take.take_key).first()
            return known or _take(case, take, by=by, at=at, version=version)
    except IntegrityError as error:
        if "cases_payment_receipt_number_once" not in str(error):
            raise
        message = _("Biên lai %(receipt)s đã dùng rồi. Ông bà xem lại số trên quyển biên lai.")
        raise CaseError("receipt_used", message % {"receipt": f"{take.series} {take.number:07d}"}) from error


def void_payment(code: str, payment_id: int, *, by: Actor, at: datetime, version: int, reason: str) -> None:
    """Declare a take void; its receipt number is not used again.

    Raises:
        CaseError: ``not_found``, ``stale``, ``not_allowed``, ``already_void``, ``reason_needed``.
    """
    _require(by, Capability.VOID_PAYMENT)
    if not reason:
        raise CaseError("reason_needed", _("Ông bà ghi lý do."))
    with _locked(code, by=by) as case:
        payment = Payment.objects.filter(case=case, pk=payment_id).select_related("void").first()
        if payment is None:
            raise CaseError("not_found", _("Không tìm thấy biên lai này."))
        if hasattr(payment, "void"):
            raise CaseError("already_void", _("Biên lai này đã hủy rồi."))
        _require_version(case, version)
        void = PaymentVoid.objects.create(
            commune_id=case.commune_id,
            payment=payment,
            reason=reason,
            voided_by_id=by.officer_id,
            voided_at=at,
            voided_on=localdate(at),
        )
        said = {"payment": payment.pk, "void": void.pk, "amount_vnd": payment.amount_vnd}
        _record(case, Action.VOID_PAYMENT, said, by=by, at=at)


@contextmanager
def _locked(code: str, *, by: Actor) -> Iterator[Case]:
    """The case under its lock, in one transaction: two people at once take one after the other."""
    with transaction.atomic():
        enter(by)
        case = Case.objects.at_till_of(by).select_for_update(of=("self",), no_key=True)
        found = case.filter(code=code).first()
        if found is None:
            raise CaseError("not_found", _("Không tìm thấy hồ sơ này."))
        yield found


def _take(case: Case, take: Take, *, by: Actor, at: datetime, version: int) -> Payment:
    _require_version(case, version)
    _require_owed(case, take.amount_vnd)
    payment = Payment.objects.create(
        commune_id=case.commune_id,
        case=case,
        take_key=take.take_key,
        amount_vnd=take.amount_vnd,
        method=take.method,
        series=take.series,
        number=take.number,
        payer=take.payer or _filer(case),
        reception_point_id=by.reception_point_id,
        taken_by_id=by.officer_id,
        taken_at=at,
        taken_on=localdate(at),
    )
    said = {"payment": payment.pk, "amount_vnd": payment.amount_vnd}
    _record(case, Action.TAKE_PAYMENT, said, by=by, at=at)
    return payment


def _filer(case: Case) -> str:
    """Who stood at the counter when the case was filed."""
    filed = CaseParty.objects.filter(case=case, role=PartyRole.FILER).order_by("pk")
    return filed.values_list("name", flat=True).first() or case.principal_name


def _record(case: Case, action: Action, said: dict[str, int], *, by: Actor, at: datetime) -> None:
    """Money changes the version and no state: the version stays the number of the last event."""
    case.version += 1
    case.save(update_fields=["version"])
    record_event(case, action, by=by, at=at, from_state=case.state, payload=said)


def _require(by: Actor, capability: Capability) -> None:
    if not by.may(capability) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))


def _require_version(case: Case, version: int) -> None:
    if case.version != version:
        raise StaleCase("stale", _("Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."))


def _require_owed(case: Case, amount_vnd: int) -> None:
    if not is_payable(case):
        raise CaseError("not_payable", _("Hồ sơ đã dừng, không thu tiền nữa."))
    outstanding = money_of(case).outstanding_vnd
    if not outstanding:
        raise CaseError("nothing_owed", _("Hồ sơ này không còn khoản nào phải thu."))
    if not 0 < amount_vnd <= outstanding:
        message = _("Chỉ còn phải thu %(amount)s.") % {"amount": amount_text(outstanding)}
        raise CaseError("too_much", message)
