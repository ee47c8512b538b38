"""Reception: one screen from the citizen's words to the receipt."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import actions
from cases.forms.intake import IntakeForm
from cases.promises import IntakePreview, preview_of
from procedures import catalogue
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered
from procedures.search import Hit
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.models import ReceptionPoint
from staff.queries import members_with, working_point
from staff.refusals import refusals_on
from staff.rights import Capability

MOST_OPTIONS = 6


@needs(Capability.REGISTER_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: OfficerRequest) -> HttpResponse:
    at = clock.now()
    point = working_point(request.actor)
    form = _form(request, at)
    if form.is_valid():
        with refusals_on(form):
            case = actions.register_case(form.to_intake(point=point), by=request.actor, at=at)
            return redirect("cases:registered", case.code)
    context = _context(request, form, point, at)
    return render(request, "cases/intake.html", context, status=422 if form.errors else 200)


@needs(Capability.REGISTER_CASE)
@require_GET
def procedure_options(request: OfficerRequest) -> HttpResponse:
    hits = _hits(request.GET.get("procedure", ""), clock.now())
    return render(request, "cases/_procedure_options.html", {"hits": hits})


@needs(Capability.REGISTER_CASE)
@require_POST
def preview(request: OfficerRequest) -> HttpResponse:
    """The parts of the screen that follow from what is typed, computed by what registration will use."""
    at = clock.now()
    form = _form(request, at)
    context = _context(request, form, working_point(request.actor), at)
    return render(request, "cases/_intake_preview.html", context)


def _form(request: OfficerRequest, at: datetime) -> IntakeForm:
    day = clock.localdate(at)
    wanted = request.POST.get("procedure", "") or request.GET.get("procedure", "")
    version = ProcedureVersion.objects.registrable(wanted.strip(), day)
    return IntakeForm(
        posted(request),
        version=version,
        channels=channels_offered(version) if version else (),
        categories=categories_that_matter(version, day) if version else (),
        signers=_signers(request.actor, version, at),
        initial={"intake_key": uuid.uuid4(), "procedure": wanted},
    )


def _signers(actor: Actor, version: ProcedureVersion | None, at: datetime) -> list[Any]:
    if version is None or not version.is_immediate:
        return []
    return list(members_with(actor.commune_id or 0, Capability.APPROVE_RESULT, day=clock.localdate(at)))


def _context(
    request: OfficerRequest, form: IntakeForm, point: ReceptionPoint, at: datetime
) -> dict[str, Any]:
    preview: IntakePreview | None = preview_of(form, point=point, at=at) if form.version else None
    hits = [] if form.version else _hits(form["procedure"].value() or "", at)
    return {
        "form": form,
        "point": point,
        "preview": preview,
        "version": form.version,
        "hits": hits,
        "now": at,
    }


def _hits(text: str, at: datetime) -> list[Hit]:
    return catalogue.search(text, day=clock.localdate(at), limit=MOST_OPTIONS)
