"""Where an officer arrives: after signing in, after choosing a membership, after changing the password."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from staff import clock
from staff.models import Officer
from staff.queries import membership_at_work
from staff.rights import RIGHTS, Capability, Role
from staff.session import MEMBERSHIP


def arrive(request: HttpRequest, officer: Officer, *, wanted: str = "") -> HttpResponseRedirect:
    """Go to the wanted page of this site, else to the queue, or to the account for roles without cases."""
    host = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, host, require_https=request.is_secure()):
        return HttpResponseRedirect(wanted)
    day = clock.localdate(clock.now())
    membership = membership_at_work(officer, request.session.get(MEMBERSHIP), day=day)
    if membership is not None and Capability.VIEW_CASES not in RIGHTS[Role(membership.role)]:
        return redirect("staff:account")
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
