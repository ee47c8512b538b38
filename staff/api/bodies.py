"""The body of a request: JSON in UTF-8 of moderate size and depth; the rest is refused in words, no fault."""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import IO, Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MOST_BYTES: Final = 1024 * 1024
MOST_LEVELS: Final = 20
"""Of lists and objects within each other; no request of the office has more than three."""


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
            said = json.loads(sent.decode("utf-8"), parse_constant=_no_number)
        except (ValueError, RecursionError) as unreadable:
            raise ParseError from unreadable
        if not _is_shallow(said):
            raise ParseError
        return said


def _is_shallow(said: Any) -> bool:
    """Whether the levels are few; what is read afterwards goes down level by level itself."""
    level = [said]
    for _depth in range(MOST_LEVELS):
        level = list(chain.from_iterable(map(_inside, level)))
    return not any(isinstance(one, dict | list) for one in level)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _no_number(name: str) -> None:
    raise ValueError(name)
