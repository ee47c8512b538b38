"""What the office told this officer."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.models import OfficerNotice
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: OfficerRequest) -> HttpResponse:
    """The newest notices; posting marks them as read."""
    if request.method == "POST":
        actions.mark_notices_read(by=request.actor, at=clock.now())
        return redirect("cases:notices")
    return render(
        request,
        "cases/notices.html",
        {"notices": OfficerNotice.objects.newest_of(request.actor), "nav": "notices"},
    )
