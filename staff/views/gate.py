"""In and out: sign-in, sign-out, the first password, the choice of where to work."""

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from staff import actions, clock, queries
from staff.forms import MembershipForm, PasswordForm, SignInForm
from staff.http import ThresholdRequest, address_of, posted
from staff.landing import arrive
from staff.models import Officer
from staff.refusals import refusals_on
from staff.session import ENDED_IDLE, enter_membership, touch


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and isinstance(request.user, Officer):
        return arrive(request, request.user, wanted=request.GET.get("next", ""))
    form = SignInForm(posted(request), initial={"next": request.GET.get("next", "")})
    if form.is_valid():
        with refusals_on(form):
            data = form.cleaned_data
            officer = actions.sign_in(_attempt(request, data["username"], data["password"]))
            return _begin(request, officer, data["next"])
    context = {"form": form, "ended_idle": request.session.pop(ENDED_IDLE, False)}
    return render(request, "staff/sign_in.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Officer):
        actions.sign_out(request.user, address=address_of(request), at=clock.now())
    logout(request)
    return redirect("staff:sign_in")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: ThresholdRequest) -> HttpResponse:
    officer = request.user
    form = PasswordForm(posted(request), officer=officer)
    if form.is_valid():
        with refusals_on(form, "current"):
            attempt = _attempt(request, officer.username, form.cleaned_data["current"])
            changed = actions.change_password(attempt, new=form.cleaned_data["new"])
            update_session_auth_hash(request, changed)
            return arrive(request, changed)
    context = {"form": form, "is_first": officer.must_change_password}
    return render(request, "staff/change_password.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_membership(request: ThresholdRequest) -> HttpResponse:
    at = clock.now()
    memberships = queries.memberships_of(request.user, day=clock.localdate(at))
    form = MembershipForm(
        posted(request), memberships=memberships, initial={"next": request.GET.get("next", "")}
    )
    if form.is_valid():
        membership = form.cleaned_data["membership"]
        actions.choose_membership(membership, address=address_of(request), at=at)
        enter_membership(request.session, membership.pk)
        return arrive(request, request.user, wanted=form.cleaned_data["next"])
    current_id = request.actor.membership_id if request.actor else None
    context = {"form": form, "memberships": memberships, "current_id": current_id}
    return render(request, "staff/choose_membership.html", context, status=422 if form.errors else 200)


def _attempt(request: HttpRequest, username: str, password: str) -> actions.Attempt:
    return actions.Attempt(username, password, address_of(request), clock.now())


def _begin(request: HttpRequest, officer: Officer, wanted: str) -> HttpResponseRedirect:
    """Open the session; who has one membership works in it at once, others choose on their way."""
    at = clock.now()
    login(request, officer)
    touch(request.session, at)
    memberships = list(queries.memberships_of(officer, day=clock.localdate(at))[:2])
    if len(memberships) == 1:
        enter_membership(request.session, memberships[0].pk)
    return arrive(request, officer, wanted=wanted)
