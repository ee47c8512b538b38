"""From a code in an address to the version that answers for it."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from procedures.errors import ProcedureError
from procedures.models import Procedure, ProcedureVersion

CODE_LENGTH: Final = len("1.004873")
LOST_ZEROS_FROM: Final = len("1.0")


def version_to_show(code: str, *, day: date) -> ProcedureVersion:
    """The version in force on the day, else the last one published: old receipts still name old codes.

    Raises:
        NotFound: ``procedure_unknown``.
    """
    versions = ProcedureVersion.objects.published().filter(procedure__code=whole_code(code))
    found = versions.in_force(day).for_detail().order_by("-valid_from").first()
    found = found or versions.for_detail().order_by("-valid_from").first()
    if found is None:
        raise NotFound(_("Không có thủ tục mang mã này."), code="procedure_unknown")
    return found


def version_to_quote(code: str, *, day: date) -> ProcedureVersion:
    """The version that a file received on the day follows.

    Raises:
        NotFound: ``procedure_unknown``.
        ProcedureError: ``not_in_force``, nothing is published for that day.
    """
    versions = ProcedureVersion.objects.in_force(day).filter(procedure__code=whole_code(code))
    found = versions.for_detail().order_by("-valid_from").first()
    if found is not None:
        return found
    if not Procedure.objects.filter(code=whole_code(code)).exists():
        raise NotFound(_("Không có thủ tục mang mã này."), code="procedure_unknown")
    raise ProcedureError("not_in_force", _("Vào ngày này thủ tục chưa có hoặc đã hết hiệu lực."))


def whole_code(code: str) -> str:
    """The code with the zeros at its end that tables lose when they take it for a number."""
    return code.ljust(CODE_LENGTH, "0") if len(code) >= LOST_ZEROS_FROM else code
