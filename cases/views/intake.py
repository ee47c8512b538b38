"""Reception: one screen from the citizen's words to the receipt."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.forms.fields import slip_key
from cases.forms.intake import IntakeForm
from cases.forms.late import received_at
from cases.forms.offering import offer_for
from cases.models import ReceptionSlip
from cases.promises import options_for, preview_of
from cases.views.registering import register
from cases.views.typed import keep, kept_by, of_whoever_typed
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.models import ReceptionPoint
from staff.queries import working_point
from staff.refusals import refusals_on
from staff.rights import Capability

MOST_OPTIONS = 6
PICK = "pick"
"""The button beside a found procedure: it chooses, it does not register."""
KEEP_ONLY = "X-Keep-Only"
"""Sent while somebody types on without a pause: what is typed is kept, and nothing is computed."""


@needs(Capability.REGISTER_CASE)
@of_whoever_typed
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: OfficerRequest) -> HttpResponse:
    at = clock.now()
    point = working_point(request.actor)
    kept = kept_by(request, at)
    form = form_of(request, at, is_draft=PICK in request.POST, kept=kept.chosen)
    preview = preview_of(form, point=point, at=at)
    if preview and preview.due_at is None:
        form.need_day()
    if not form.is_draft and form.is_valid():
        with refusals_on(form):
            return redirect(register(form, point=point, by=request.actor, at=at))
    keep(request, form, at)
    context = screen(form, point, at) | {
        "preview": preview,
        "kept": kept.others,
        "slip": slip_behind(request.actor, form["slip"].value() or ""),
    }
    return render(request, "cases/intake.html", context, status=422 if form.errors else 200)


@needs(Capability.REGISTER_CASE)
@require_GET
def procedure_options(request: OfficerRequest) -> HttpResponse:
    return render(
        request,
        "cases/_procedure_options.html",
        _options(request.GET.get("procedure", ""), request.actor, clock.now()),
    )


@needs(Capability.REGISTER_CASE)
@require_POST
@of_whoever_typed
def preview(request: OfficerRequest) -> HttpResponse:
    """The parts of the screen that follow from what is typed, computed by what registration will use."""
    at = clock.now()
    point = working_point(request.actor)
    form = form_of(request, at, is_draft=True)
    keep(request, form, at)
    if KEEP_ONLY in request.headers:
        return HttpResponse(status=204)
    context = screen(form, point, at) | {"preview": preview_of(form, point=point, at=at)}
    return render(request, "cases/_intake_preview.html", context)


def form_of(
    request: OfficerRequest, at: datetime, *, is_draft: bool = False, kept: QueryDict | None = None
) -> IntakeForm:
    """The screen as it was sent, as it was left, or as it begins."""
    data = posted(request) or kept
    slip = None if data else slip_behind(request.actor, request.GET.get("slip", ""))
    if data is not None and PICK in data:
        data = data.copy()
        data["procedure"] = data.get(PICK, "")
    begin = prefilled(slip) if slip else {"procedure": (data or request.GET).get("procedure", "")}
    return IntakeForm(
        data,
        offer=offer_for(request.actor, begin["procedure"], at, received_at(data, at)),
        is_draft=is_draft or kept is not None,
        initial={"intake_key": uuid.uuid4()} | begin,
    )


def slip_behind(actor: Actor, key: str) -> ReceptionSlip | None:
    """The slip that the citizen came back with; one that a case followed already is none."""
    return ReceptionSlip.objects.visible_to(actor).unanswered().keyed(slip_key(key)).for_slip_page().first()


def prefilled(slip: ReceptionSlip) -> dict[str, str]:
    """What the screen takes over from a slip."""
    return {"procedure": slip.procedure.code, "name": slip.name, "phone": slip.phone, "slip": slip.key}


def screen(form: IntakeForm, point: ReceptionPoint, at: datetime) -> dict[str, Any]:
    """What every part of the screen shows."""
    wanted = "" if form.version else form["procedure"].value() or ""
    return {
        "nav": "intake",
        "form": form,
        "typed": form.readable(),
        "point": point,
        "version": form.version,
        "now": at,
    } | _options(wanted, form.offer.actor, at)


def _options(text: str, by: Actor | None, at: datetime) -> dict[str, Any]:
    """The found procedures, and the words that found them."""
    wanted = text.strip()
    day = clock.localdate(at)
    found = options_for(wanted, by=by, day=day, limit=MOST_OPTIONS) if wanted and by else []
    return {"options": found, "wanted": wanted}
