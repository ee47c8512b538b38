"""Wrong digits and unknown codes get one answer, so that nobody learns which codes exist."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, PermissionDenied

from cases.actions.tracking import WINDOW
from cases.errors import CaseError

WRONG: Final = _("Mã hồ sơ và 4 số không khớp. Ông bà xem lại giấy hẹn.")
TOO_MANY: Final = _("Đã sai quá nhiều lần. Ông bà thử lại sau một giờ, hoặc gọi 02373 900 900.")


class TooManyTries(APIException):
    """The tries of this hour are used up."""

    status_code = 429
    default_code = "too_many_tries"
    default_detail = TOO_MANY
    wait = int(WINDOW.total_seconds())


@contextmanager
def tracking_refusals() -> Iterator[None]:
    """Answer what the digits do not open with 403, and guessing with 429."""
    try:
        yield
    except CaseError as refusal:
        if refusal.code == TooManyTries.default_code:
            raise TooManyTries from refusal
        if refusal.code == "digits_wrong":
            raise PermissionDenied(WRONG, code=refusal.code) from refusal
        raise
