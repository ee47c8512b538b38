"""Pages that ask for a capability say so on the line above them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from staff.http import OfficeRequest
from staff.rights import Capability

View = Callable[..., HttpResponseBase]


def needs(*capabilities: Capability) -> Callable[[View], View]:
    """Open the page to officers whose membership has one of these; others get the page that says so (403)."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None or not any(request.actor.may(wanted) for wanted in capabilities):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
