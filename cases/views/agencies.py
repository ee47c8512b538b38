"""Cases that agencies outside the commune decide: what waits here, and the lists of papers for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.badges import PILLS
from cases.errors import CaseError
from cases.forms.foreign import ForeignFilterForm, picked_codes
from cases.models import Case, PaperHandover
from cases.queues import write_key
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

PAGE = 50


@needs(Capability.REGISTER_CASE)
@require_safe
def agencies(request: OfficerRequest) -> HttpResponse:
    form = ForeignFilterForm(request.GET)
    sent = Case.objects.visible_to(request.actor).at_agencies()
    chosen = sent if form.shows_all else sent.unreturned()
    rows, next_key = chosen.page_by_due(after=form.key, size=PAGE)
    context = {
        "rows": [(case, PILLS.get(case.state, "")) for case in rows],
        "shows_all": form.shows_all,
        "next": write_key(next_key),
        "lists": PaperHandover.objects.visible_to(request.actor).newest(),
        "now": clock.now(),
        "nav": "intake",
    }
    return render(request, "cases/agencies.html", context)


@needs(Capability.REGISTER_CASE)
@require_POST
def hand_papers(request: OfficerRequest) -> HttpResponse:
    """Make the lists of papers for the ticked cases."""
    try:
        sent = actions.list_agency_papers(picked_codes(request.POST), by=request.actor, at=clock.now())
    except CaseError as refusal:
        messages.warning(request, str(refusal.message))
    else:
        numbers = ", ".join(f"{one.number} ({one.receiver})" for one in sent)
        messages.success(request, _("Đã lập danh sách bàn giao %(numbers)s.") % {"numbers": numbers})
    return redirect("cases:agencies")
