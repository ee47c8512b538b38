"""The one table of who may do what: roles against capabilities.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 10, Điều 11 and Điều 16; Luật 91/2025/QH15 (personal data).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The part a membership plays in the office."""

    PROVINCE_ADMIN = "province_admin", _("Quản trị cấp tỉnh")
    COMMUNE_ADMIN = "commune_admin", _("Quản trị cấp xã")
    DIRECTOR = "director", _("Lãnh đạo Trung tâm")
    CLERK = "clerk", _("Công chức tiếp nhận (Một cửa)")
    HANDLER = "handler", _("Công chức chuyên môn")
    SIGNATORY = "signatory", _("Lãnh đạo ký kết quả")
    CASHIER = "cashier", _("Người thu phí, lệ phí")
    CONTENT_EDITOR = "content_editor", _("Biên tập nội dung")
    AUDITOR = "auditor", _("Kiểm tra, giám sát")


DUTIES: Final[Mapping[Role, str | Promise]] = {
    Role.PROVINCE_ADMIN: _("Quản trị"),
    Role.COMMUNE_ADMIN: _("Quản trị"),
    Role.DIRECTOR: _("Lãnh đạo"),
    Role.CLERK: _("Quầy tiếp nhận"),
    Role.HANDLER: _("Chuyên môn"),
    Role.SIGNATORY: _("Lãnh đạo ký"),
    Role.CASHIER: _("Thu phí"),
    Role.CONTENT_EDITOR: _("Biên tập"),
    Role.AUDITOR: _("Kiểm tra"),
}
"""What somebody of this role does, in the one or two words that fit under a name."""


class Capability(StrEnum):
    """Something a role may do; the workflow and the pages ask for these, never for roles."""

    VIEW_CASES = "view_cases"
    VIEW_ALL_FIELDS = "view_all_fields"
    VIEW_WITH_REASON = "view_with_reason"
    VIEW_COUNTS = "view_counts"
    VIEW_REPORTS = "view_reports"
    REGISTER_CASE = "register_case"
    FORWARD_CASE = "forward_case"
    HANDLE_CASE = "handle_case"
    ASK_SUPPLEMENT = "ask_supplement"
    REFUSE_CASE = "refuse_case"
    SUBMIT_RESULT = "submit_result"
    APPROVE_RESULT = "approve_result"
    APPROVE_LETTER = "approve_letter"
    EXTEND_CASE = "extend_case"
    CLOSE_CASE = "close_case"
    HAND_OVER_RESULT = "hand_over_result"
    WITHDRAW_CASE = "withdraw_case"
    AMEND_CASE = "amend_case"
    VOID_CASE = "void_case"
    OPEN_CORRECTION = "open_correction"
    TAKE_PAYMENT = "take_payment"
    VOID_PAYMENT = "void_payment"
    VIEW_TILL = "view_till"
    PRINT_RECEIPT = "print_receipt"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_COMMUNES = "manage_communes"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_CATALOGUE = "manage_catalogue"
    EDIT_TEXTS = "edit_texts"
    READ_ACCESS_LOG = "read_access_log"


_C = Capability

RIGHTS: Final[Mapping[Role, frozenset[Capability]]] = {
    Role.PROVINCE_ADMIN: frozenset(
        {
            _C.VIEW_COUNTS,
            _C.VIEW_REPORTS,
            _C.MANAGE_ACCOUNTS,
            _C.MANAGE_COMMUNES,
            _C.MANAGE_CALENDAR,
            _C.MANAGE_CATALOGUE,
            _C.EDIT_TEXTS,
        }
    ),
    Role.COMMUNE_ADMIN: frozenset({_C.MANAGE_ACCOUNTS, _C.EDIT_TEXTS}),
    Role.DIRECTOR: frozenset(
        {
            _C.VIEW_CASES,
            _C.VIEW_ALL_FIELDS,
            _C.VIEW_COUNTS,
            _C.VIEW_REPORTS,
            _C.FORWARD_CASE,
            _C.APPROVE_LETTER,
            _C.EXTEND_CASE,
            _C.CLOSE_CASE,
            _C.WITHDRAW_CASE,
            _C.AMEND_CASE,
            _C.VOID_CASE,
            _C.OPEN_CORRECTION,
            _C.VOID_PAYMENT,
            _C.VIEW_TILL,
            _C.PRINT_RECEIPT,
        }
    ),
    Role.CLERK: frozenset(
        {
            _C.VIEW_CASES,
            _C.VIEW_COUNTS,
            _C.REGISTER_CASE,
            _C.FORWARD_CASE,
            _C.ASK_SUPPLEMENT,
            _C.REFUSE_CASE,
            _C.HAND_OVER_RESULT,
            _C.WITHDRAW_CASE,
            _C.AMEND_CASE,
            _C.OPEN_CORRECTION,
            _C.TAKE_PAYMENT,
            _C.VOID_PAYMENT,
            _C.PRINT_RECEIPT,
        }
    ),
    Role.HANDLER: frozenset(
        {
            _C.VIEW_CASES,
            _C.VIEW_COUNTS,
            _C.HANDLE_CASE,
            _C.ASK_SUPPLEMENT,
            _C.SUBMIT_RESULT,
            _C.AMEND_CASE,
        }
    ),
    Role.SIGNATORY: frozenset(
        {
            _C.VIEW_CASES,
            _C.VIEW_ALL_FIELDS,
            _C.VIEW_COUNTS,
            _C.VIEW_REPORTS,
            _C.APPROVE_RESULT,
            _C.APPROVE_LETTER,
            _C.VIEW_TILL,
        }
    ),
    Role.CASHIER: frozenset({_C.TAKE_PAYMENT, _C.VOID_PAYMENT}),
    Role.CONTENT_EDITOR: frozenset({_C.EDIT_TEXTS}),
    Role.AUDITOR: frozenset({_C.VIEW_WITH_REASON, _C.READ_ACCESS_LOG}),
}

PROVINCE_ROLES: Final = frozenset({Role.PROVINCE_ADMIN, Role.CONTENT_EDITOR, Role.AUDITOR})
