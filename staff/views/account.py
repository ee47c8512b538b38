"""An officer's own page: who, where, since when, and which shortcuts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from staff import actions, clock, queries
from staff.forms import ShortcutsForm
from staff.http import OfficerRequest
from staff.places import phone_of


@require_safe
def account(request: OfficerRequest) -> HttpResponse:
    officer = request.user
    memberships = queries.memberships_of(officer, day=clock.localdate(clock.now()))
    context = {
        "officer": officer,
        "phone": phone_of(officer.phone),
        "memberships": memberships,
        "current_id": request.actor.membership_id,
        "sign_ins": queries.recent_sign_ins(officer),
        "shortcuts_form": ShortcutsForm(initial={"letter_shortcuts": officer.letter_shortcuts}),
    }
    return render(request, "staff/account.html", context)


@require_POST
def set_shortcuts(request: OfficerRequest) -> HttpResponse:
    form = ShortcutsForm(request.POST)
    if form.is_valid():
        actions.set_letter_shortcuts(request.user, enabled=form.cleaned_data["letter_shortcuts"])
    return redirect("staff:account")
