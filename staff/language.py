"""The language of a page: Vietnamese, unless the reader asked for English; remembered in a cookie alone.

What the browser says about itself is not asked: an office computer with English menus still
serves a Vietnamese clerk.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

PARAMETER: Final = "lang"
YEAR_SECONDS: Final = 365 * 24 * 60 * 60
# The language of the record: what the office keeps or prints, whatever the screen speaks.
RECORD: Final = "vi"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Answers in the language of `?lang=`, else of the cookie, else in Vietnamese."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language, and remember a language that was asked for."""
        asked = _known(request.GET.get(PARAMETER))
        language = asked or _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)) or RECORD
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        if asked:
            _remember(response, asked)
        return response


def languages() -> dict[str, str]:
    """The languages of the interface, each under its own name."""
    return dict(settings.LANGUAGES)


def _known(code: str | None) -> str | None:
    return code if code in languages() else None


def _remember(response: HttpResponseBase, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR_SECONDS,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
