"""The keys with which other systems work in an officer's name: made, listed, revoked."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from staff import actions, clock
from staff.actions import Attempt
from staff.errors import OfficeError
from staff.http import OfficerRequest, address_of, posted
from staff.models import ApiToken
from staff.token_forms import TokenForm


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: OfficerRequest) -> HttpResponse:
    form, at = TokenForm(posted(request)), clock.now()
    secret, made = "", None
    if form.is_valid():
        try:
            made, secret = _make(request, form)
            form = TokenForm()
        except OfficeError as refusal:
            wrong = "name" if refusal.code == "token_name_taken" else "password"
            form.add_error(wrong, str(refusal.message))
    mine = ApiToken.objects.of(request.user.pk)
    context = {"form": form, "tokens": mine, "made": made, "secret": secret, "now": at}
    return render(request, "staff/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: OfficerRequest, number: int) -> HttpResponse:
    mine = ApiToken.objects.of(request.user.pk).select_related("membership__officer")
    actions.revoke_token(get_object_or_404(mine, pk=number), address=address_of(request), at=clock.now())
    return redirect("staff:tokens")


def _make(request: OfficerRequest, form: TokenForm) -> tuple[ApiToken, str]:
    data = form.cleaned_data
    attempt = Attempt(request.user.username, data["password"], address_of(request), clock.now())
    return actions.make_token(
        attempt, membership_id=request.actor.membership_id, name=data["name"], days=int(data["days"])
    )
