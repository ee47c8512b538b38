"""What a proxy says of a visitor is believed of the trusted proxies alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

SAID_BY_PROXIES = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")


class TrustedProxiesMiddleware:
    """Forgets claims about the outer connection that come from anybody else; stands outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request as it really came."""
        if request.META.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
            for name in SAID_BY_PROXIES:
                request.META.pop(name, None)
        return self.get_response(request)
