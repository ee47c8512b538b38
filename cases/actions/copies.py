"""The receipt printed once more: as it was, or anew after a correction. Every copy stays openable."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import DocumentKind
from cases.documents.receipt_data import copy_receipt, issue_receipt
from cases.errors import CaseError, StaleCase
from cases.models import Case, IssuedDocument
from staff.access_log import record_access
from staff.actor import Actor
from staff.rights import Capability
from staff.scope import enter


def reprint_receipt(code: str, *, by: Actor, at: datetime, after: int, reason: str = "") -> IssuedDocument:
    """The copy that follows copy ``after``; asked twice for the same one, it is made once.

    Raises:
        CaseError: ``not_found``, ``not_allowed``, ``no_receipt``, ``voided``, ``stale``.
    """
    with transaction.atomic():
        enter(by)
        case = (
            Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(code=code).first()
        )
        if case is None:
            raise CaseError("not_found", _("Không tìm thấy hồ sơ này."))
        last = _last_receipt(case, by)
        if after < last.copy_no:
            return case.documents.get(kind=DocumentKind.RECEIPT, copy_no=max(after, 0) + 1)
        if after > last.copy_no:
            raise StaleCase("stale", _("Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."))
        record_access(by, case_code=case.code, what="reprint", at=at)
        return copy_receipt(last, by=by, at=at, reason=reason)


def issue_corrected(case: Case, *, by: Actor, at: datetime) -> IssuedDocument | None:
    """Print the receipt of a corrected case anew; a case that never had one gets none."""
    last = case.documents.filter(kind=DocumentKind.RECEIPT).last()
    if last is None:
        return None
    return issue_receipt(case, by=by, at=at, corrects=last)


def _last_receipt(case: Case, by: Actor) -> IssuedDocument:
    if not by.may(Capability.PRINT_RECEIPT):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))
    if case.voided_at:
        raise CaseError("voided", _("Hồ sơ này đã hủy, không in lại giấy tiếp nhận."))
    last = case.documents.filter(kind=DocumentKind.RECEIPT).last()
    if last is None:
        raise CaseError("no_receipt", _("Hồ sơ này không có giấy tiếp nhận."))
    return last
