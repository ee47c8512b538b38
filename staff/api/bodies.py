"""The body of a request: JSON in UTF-8 of moderate size; anything else is refused in words, never a fault."""

import json
from collections.abc import Mapping
from typing import IO, Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES: Final = 1024 * 1024


class TooLarge(APIException):
    """More than any request of the office needs."""

    status_code = 413
    default_code = "too_large"
    default_detail = _("Nội dung gửi lên lớn quá 1 MB.")


class OfficeJSONParser(BaseParser):
    """JSON; numbers that are none, endless nesting and broken letters are refused."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """What the JSON says."""
        sent = stream.read(MOST_BYTES + 1)
        if len(sent) > MOST_BYTES:
            raise TooLarge
        try:
            return json.loads(sent.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError) as unreadable:
            raise ParseError from unreadable


def _no_number(name: str) -> None:
    raise ValueError(name)
