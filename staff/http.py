"""Requests as the middleware hands them to the views."""

import ipaddress
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, QueryDict

from staff.actor import Actor
from staff.models import Officer

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

INTERFACE: Final = "/api/"


class OfficeRequest(HttpRequest):
    """A request to a public page; the actor is None for everybody but an officer at work."""

    actor: Actor | None
    htmx: "HtmxDetails"


class OfficerRequest(HttpRequest):
    """A request to a page behind sign-in, where the middleware has made sure of the actor."""

    actor: Actor
    user: Officer
    htmx: "HtmxDetails"


class ThresholdRequest(HttpRequest):
    """A request of an officer who may still have to change the password or to choose where to work."""

    actor: Actor | None
    user: Officer


def is_of_interface(request: HttpRequest) -> bool:
    """Whether the address is one for machines, which are answered and read otherwise than people."""
    return request.path.startswith(INTERFACE)


def address_of(request: HttpRequest) -> str | None:
    """The network address that the request came from.

    Behind proxies that the settings trust it is the last address that no such proxy wrote of itself; what
    anybody else claims about forwarding is not believed.
    """
    address = request.META.get("REMOTE_ADDR") or None
    claimed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while address in settings.TRUSTED_PROXIES and claimed:
        before = _readable(claimed.pop())
        if before is None:
            break
        address = before
    return address


def _readable(text: str) -> str | None:
    """A network address in its usual form; None when the text is none."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


def posted(request: HttpRequest) -> QueryDict | None:
    """The form that came with the request; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None
