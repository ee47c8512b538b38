"""What waits for a leader's signature, the most urgent first."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.badges import due_badge
from cases.models import Draft
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import current_calendar
from staff.rights import Capability

MOST_SHOWN: Final = 100


@needs(Capability.APPROVE_RESULT)
@require_safe
def approvals(request: OfficerRequest) -> HttpResponse:
    at, calendar = clock.now(), current_calendar()
    rows = [
        {
            "draft": draft,
            "case": draft.case,
            "badge": due_badge(draft.case.state, draft.case.due_at, None, at=at, calendar=calendar),
            "is_own": draft.proposed_by_id == request.actor.officer_id,
        }
        for draft in Draft.objects.waiting_for(request.actor)[:MOST_SHOWN]
    ]
    return render(request, "cases/approvals.html", {"rows": rows, "now": at, "nav": "approvals"})
