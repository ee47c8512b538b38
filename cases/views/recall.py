"""What a citizen declared earlier in this commune, used again with consent."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cases import actions
from cases.promises import preview_of
from cases.views.intake import form_of, screen, slip_behind
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import working_point
from staff.rights import Capability


@needs(Capability.REGISTER_CASE)
@require_POST
def recall(request: OfficerRequest) -> HttpResponse:
    """The screen as it was sent, its empty fields filled; without consent or unknown here just as sent."""
    at, point = clock.now(), working_point(request.actor)
    form = form_of(request, at, is_draft=True)
    if form.is_agreed:
        typed = form.readable()
        key = typed.get("intake_key") or uuid.uuid4()
        party = actions.recall_person(typed["number"], intake_key=key, by=request.actor, at=at)
        if party:
            form.take_over(party)
    slip = slip_behind(request.actor, form["slip"].value() or "")
    context = screen(form, point, at) | {"preview": preview_of(form, point=point, at=at), "slip": slip}
    return render(request, "cases/intake.html", context)
