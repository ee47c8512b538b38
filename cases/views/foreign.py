"""Cases that this centre received for other communes: its own rows, and never the case itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases import actions
from cases.badges import PILLS
from cases.choices import State
from cases.documents.elsewhere import snapshot_of_row
from cases.documents.handover import render_handover
from cases.documents.receipt import render_receipt
from cases.errors import CaseError
from cases.forms.foreign import ForeignFilterForm, ReturnForm, picked_codes
from cases.models import ForeignReception, PaperHandover
from cases.queues import write_key
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.refusals import refusals_on
from staff.rights import Capability

PAGE = 50


@needs(Capability.REGISTER_CASE)
@require_safe
def foreign(request: OfficerRequest) -> HttpResponse:
    form = ForeignFilterForm(request.GET)
    rows = ForeignReception.objects.visible_to(request.actor).for_list()
    page = (rows if form.shows_all else rows.open()).page(after=form.key, size=PAGE)
    context = {
        "rows": [(row, PILLS.get(row.state, "")) for row in page.rows],
        "shows_all": form.shows_all,
        "next": write_key(page.next_key),
        "lists": PaperHandover.objects.visible_to(request.actor).newest(),
        "now": clock.now(),
        "nav": "intake",
    }
    return render(request, "cases/foreign.html", context)


@needs(Capability.REGISTER_CASE)
@require_POST
def hand_papers(request: OfficerRequest) -> HttpResponse:
    """Make the lists of papers for the ticked rows."""
    try:
        sent = actions.send_papers(picked_codes(request.POST), by=request.actor, at=clock.now())
    except CaseError as refusal:
        messages.warning(request, str(refusal.message))
    else:
        numbers = ", ".join(f"{one.number} ({one.receiver})" for one in sent)
        messages.success(request, _("Đã lập danh sách bàn giao %(numbers)s.") % {"numbers": numbers})
    return redirect("cases:foreign")


@needs(Capability.REGISTER_CASE)
@require_safe
def handover_pdf(request: OfficerRequest, year: int, serial: int) -> HttpResponse:
    lists = PaperHandover.objects.visible_to(request.actor)
    found = get_object_or_404(lists, year=year, serial=serial)
    return _pdf(render_handover(found.snapshot), f"ban-giao-{year}-{serial}.pdf")


@needs(Capability.REGISTER_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: OfficerRequest, code: str) -> HttpResponse:
    """What this centre knows of the case, and the result across its counter."""
    at, found = clock.now(), _visible(request.actor, code)
    actions.open_row(found, what="foreign", by=request.actor, at=at)
    form = ReturnForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            actions.return_foreign_result(
                code, by=request.actor, at=at, collector=form.cleaned_data["collector"]
            )
            return redirect("cases:foreign_row", code)
    return render(
        request, "cases/foreign_row.html", _context(found, form), status=422 if form.errors else 200
    )


@needs(Capability.REGISTER_CASE)
@require_safe
def receipt(request: OfficerRequest, code: str) -> HttpResponse:
    """The receipt that this counter gave; the case behind it belongs to the other commune."""
    found = _visible(request.actor, code)
    actions.open_row(found, what="receipt", by=request.actor, at=clock.now())
    return _pdf(render_receipt(snapshot_of_row(found)), f"{found.case_code}.pdf")


def _visible(actor: Actor, code: str) -> ForeignReception:
    return get_object_or_404(ForeignReception.objects.visible_to(actor).for_list(), case_code=code)


def _context(found: ForeignReception, form: ReturnForm) -> dict[str, Any]:
    return {
        "row": found,
        "form": form,
        "pill": PILLS.get(found.state, ""),
        "may_return": found.state == State.RESOLVED,
        "nav": "intake",
    }


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
