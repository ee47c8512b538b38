"""What the office answers while its database is away or its disk is full: 503 in words, and what was typed.

Nothing of the page can be asked of the database, so it stands alone; what was sent comes back with it and is
sent again by one button, under the key that it had.
"""

import errno
from enum import StrEnum
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_SECONDS: Final = 5
NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_SPACE_SQLSTATE: Final = "53100"
URL_ENCODED: Final = "application/x-www-form-urlencoded"
SECRET_WORD: Final = "password"  # noqa: S105 (a word in the names of fields)
"""Fields with this word in their name are not sent back."""


class Outage(StrEnum):
    """What stands still; the name is the code of the interface."""

    UNAVAILABLE = "unavailable"
    DISK_FULL = "disk_full"


def outage_behind(error: BaseException | None) -> Outage | None:
    """The outage that this error tells of; None for a fault of our own."""
    found = None
    while error is not None:
        is_full = isinstance(error, OSError) and error.errno in NO_SPACE
        if is_full or getattr(error, "sqlstate", None) == NO_SPACE_SQLSTATE:
            return Outage.DISK_FULL
        if isinstance(error, OperationalError | InterfaceError):
            found = Outage.UNAVAILABLE
        error = error.__cause__ or error.__context__
    return found


def outage_page(request: HttpRequest, outage: Outage) -> HttpResponse:
    """The page; a form that was posted stands on it with everything that was typed."""
    is_sent = request.method == "POST"
    context = {
        "is_full": outage is Outage.DISK_FULL,
        "address": request.get_full_path(),
        "is_sent": is_sent,
        "typed": _typed(request) if is_sent else [],
    }
    return HttpResponse(render_to_string("503.html", context), status=503)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field as it was sent; none where a password or a file was among them."""
    if request.content_type != URL_ENCODED or any(SECRET_WORD in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]
