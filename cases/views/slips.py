"""Slips of the counter: looked at, given instead of a receipt, shown, printed, listed."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions
from cases.choices import SlipKind
from cases.documents.slip import render_slip, snapshot_of_slip
from cases.forms.offering import offer_for
from cases.forms.slips import SlipForm
from cases.models import ReceptionSlip
from cases.notices.deliveries import deliveries_of_slip
from cases.promises import preview_of
from cases.reminders import working_days_before
from cases.slip_queries import ANSWER_DAYS
from cases.views.intake import screen, slip_behind
from cases.views.typed import keep, of_whoever_typed
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import working_point
from staff.refusals import refusals_on
from staff.rights import Capability

MOST_SLIPS = 100
CONFIRMED = "confirmed"
"""Sent by the page on which the clerk has looked at the slip; without it nothing is numbered."""
NOT_SENT_ON = frozenset({"csrfmiddlewaretoken", CONFIRMED})


@needs(Capability.REGISTER_CASE)
@of_whoever_typed
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: OfficerRequest, kind: str) -> HttpResponse:
    """The screen of reception as a slip: a look at it, and its number once that is confirmed.

    Asked for without a screen, it leads back to reception.
    """
    at, point, wanted = clock.now(), working_point(request.actor), _kind(kind)
    if request.method != "POST":
        return redirect("cases:intake")
    offer = offer_for(request.actor, request.POST.get("procedure", ""), at, at)
    form = SlipForm(request.POST, kind=wanted, offer=offer)
    if form.is_valid():
        with refusals_on(form):
            return _looked_at(request, form.to_slip(point=point), form, at)
    keep(request, form, at)
    more = {
        "preview": preview_of(form, point=point, at=at),
        "slip": slip_behind(request.actor, request.POST.get("slip", "")),
    }
    return render(request, "cases/intake.html", screen(form, point, at) | more, status=422)


def _looked_at(
    request: OfficerRequest, intake: actions.SlipIntake, form: SlipForm, at: datetime
) -> HttpResponse:
    """Number the slip if the clerk has seen it; else show it as it will print, and keep the screen.

    Raises:
        CaseError: what ``give_slip`` refuses.
    """
    if CONFIRMED in request.POST:
        slip = actions.give_slip(intake, by=request.actor, at=at)
        return redirect("cases:slip_given", slip.year, slip.serial)
    keep(request, form, at)
    sent = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_SENT_ON for value in values
    ]
    context = {"slip": intake, "version": form.version, "sent": sent, "now": at, "nav": "intake"}
    return render(request, "cases/slip_look.html", context | {"point": working_point(request.actor)})


@needs(Capability.REGISTER_CASE)
@require_safe
def given(request: OfficerRequest, year: int, serial: int) -> HttpResponse:
    """What the clerk sees after a slip: the paper to print, and the way to the next citizen."""
    slip = _visible(request.actor, year, serial)
    actions.open_slip(slip, by=request.actor, at=clock.now())
    return render(
        request, "cases/slip.html", {"slip": slip, "deliveries": deliveries_of_slip(slip), "nav": "intake"}
    )


@needs(Capability.REGISTER_CASE)
@require_safe
def document(request: OfficerRequest, year: int, serial: int) -> HttpResponse:
    slip = _visible(request.actor, year, serial)
    actions.open_slip(slip, by=request.actor, at=clock.now())
    response = HttpResponse(render_slip(snapshot_of_slip(slip)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-{slip.key}.pdf"'
    return response


@needs(Capability.REGISTER_CASE)
@require_safe
def slips(request: OfficerRequest) -> HttpResponse:
    """Today's slips, and those with which somebody may still come back."""
    at = clock.now()
    mine, day = ReceptionSlip.objects.visible_to(request.actor), clock.localdate(at)
    is_old = request.GET.get("view") == "unanswered"
    rows = mine.waiting_on(day, working_days_before(day, ANSWER_DAYS)) if is_old else mine.at_hand_on(day)
    shown = rows.for_slip_page()[:MOST_SLIPS]
    context = {"slips": shown, "is_old": is_old, "now": at, "nav": "intake"}
    return render(request, "cases/slips.html", context)


def _kind(name: str) -> SlipKind:
    if name not in SlipKind.values:
        raise Http404
    return SlipKind(name)


def _visible(actor: Actor, year: int, serial: int) -> ReceptionSlip:
    return get_object_or_404(ReceptionSlip.objects.visible_to(actor).keyed((year, serial)).for_slip_page())
