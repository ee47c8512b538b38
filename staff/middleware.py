"""What a request passes on its way in: no NUL, an actor at work, one read transaction, no trace in caches."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from staff import clock, scope
from staff.actor import Actor, actor_for
from staff.http import is_of_interface
from staff.models import Officer
from staff.queries import membership_at_work
from staff.session import ENDED_IDLE, MEMBERSHIP, has_been_idle, touch

NUL: Final = "\x00"
READING: Final = frozenset({"GET", "HEAD"})
# Views that an officer reaches before a membership is chosen or the first password is changed.
THRESHOLD: Final = frozenset({"staff:change_password", "staff:choose_membership", "staff:sign_out"})

View = Callable[..., HttpResponseBase]
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RefuseNulMiddleware:
    """A NUL character is no text: PostgreSQL cannot keep it, so an address that holds one is malformed.

    What was typed into a form goes to the form, which says so at the field and loses nothing else. What a
    machine sends is read by its address, once the key is known.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse a path, cookie, query or name of a field that holds a NUL."""
        cookies = "".join(request.COOKIES.values())
        names = "" if is_of_interface(request) else "".join(request.POST)
        if NUL in request.path + cookies + names or _holds_nul(request.GET):
            raise BadRequest("nul_character")
        return self.get_response(request)


class ActorMiddleware:
    """Builds `request.actor` from the membership of the session, and keeps others at the threshold.

    A session ends after 30 minutes without a request. The first password must be changed, and a membership
    chosen, before any page behind sign-in opens.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request in with its actor, or with none."""
        actor = _admit(request, request.user) if isinstance(request.user, Officer) else None
        setattr(request, "actor", actor)  # noqa: B010 (the attribute is this middleware's to add)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send an officer who is not ready yet to the page that makes them so."""
        is_public = not getattr(view, "login_required", True)
        if is_public or not isinstance(request.user, Officer) or _view_name(request) in THRESHOLD:
            return None
        if request.user.must_change_password:
            return redirect("staff:change_password")
        if getattr(request, "actor", None) is None:
            return _redirect_back("staff:choose_membership", request)
        return None


class ReadTransactionMiddleware:
    """A page that only reads sees one transaction, which names the commune of the actor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a reading request inside one transaction."""
        if request.method not in READING or request.path in settings.WITHOUT_DATABASE:
            return self.get_response(request)
        with scope.reading(getattr(request, "actor", None)):
            response = self.get_response(request)
            # A failed page has become a response by now; what it may have noted is not kept.
            transaction.set_rollback(response.status_code >= 500)
            return response


class NoStoreMiddleware:
    """No browser or cache on the way keeps a page that an officer has seen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark what an officer has seen as not to be kept."""
        is_private = request.user.is_authenticated
        response = self.get_response(request)
        if is_private:
            patch_cache_control(response, private=True, no_store=True)
        return response


def _holds_nul(data: QueryDict) -> bool:
    return any(NUL in key or any(NUL in value for value in values) for key, values in data.lists())


def _admit(request: HttpRequest, officer: Officer) -> Actor | None:
    """The officer at work, unless the session has been idle too long or no membership is valid today."""
    at = clock.now()
    if has_been_idle(request.session, at):
        logout(request)
        request.session[ENDED_IDLE] = True
        return None
    touch(request.session, at)
    if officer.must_change_password:
        return None
    membership = membership_at_work(officer, request.session.get(MEMBERSHIP), day=clock.localdate(at))
    return actor_for(membership) if membership is not None else None


def _view_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _redirect_back(name: str, request: HttpRequest) -> HttpResponse:
    """Send to a page that returns here afterwards; a form that was posted cannot be returned to."""
    if request.method not in READING:
        return redirect(name)
    return redirect_to_login(request.get_full_path(), reverse(name))
