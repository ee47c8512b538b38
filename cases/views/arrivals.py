"""Cases of this commune that other centres received, and whether their paper is here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.badges import PILLS
from cases.errors import CaseError
from cases.forms.foreign import ForeignFilterForm
from cases.models import Case
from cases.queues import QueueFilter, write_key
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

PAGE = 50


@needs(Capability.REGISTER_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: OfficerRequest) -> HttpResponse:
    """The list by promise; a posted code says that its paper has arrived."""
    at = clock.now()
    if request.method == "POST":
        try:
            actions.take_paper(request.POST.get("code", "").replace("\x00", ""), by=request.actor, at=at)
        except CaseError as refusal:
            messages.warning(request, str(refusal.message))
        return redirect("cases:arrivals")
    cases = Case.objects.visible_to(request.actor).from_elsewhere().running().for_queue_table()
    shown = cases.select_related("arrival").defer(None)
    page = shown.page(QueueFilter(size=PAGE, after=ForeignFilterForm(request.GET).key))
    rows = [(case, PILLS.get(case.state, "")) for case in page.cases]
    context = {"rows": rows, "next": write_key(page.next_key), "now": at, "nav": "queue"}
    return render(request, "cases/arrivals.html", context)
