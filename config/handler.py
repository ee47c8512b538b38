"""Requests as gunicorn hands them over: read in UTF-8, with no header that cannot be read."""

from typing import Any, Final

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

WITH_PARAMETERS: Final = ("CONTENT_TYPE", "HTTP_ACCEPT")


class Utf8Request(WSGIRequest):
    """The office speaks UTF-8, so the charset that a sender names is not asked.

    Queries are decoded before any middleware, where nobody catches what a strange charset raises.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        for name in WITH_PARAMETERS:
            if not _is_readable(meta.get(name, "")):
                meta[name] = ""
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Utf8Handler(WSGIHandler):
    """The office as a WSGI application."""

    request_class = Utf8Request


def _is_readable(header: str) -> bool:
    """Whether the header as a whole and each value of its list can be taken apart."""
    try:
        for part in (header, *header.split(",")):
            parse_header_parameters(part)
    except (LookupError, ValueError):
        return False
    return True
