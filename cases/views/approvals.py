"""What waits for a leader's signature, the most urgent first."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.badges import due_badge
from cases.loads import loads_of, points_today
from cases.lookups import moment_of, strip_of
from cases.models import Draft
from cases.queues import QueueFilter
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import current_calendar
from staff.rights import Capability
from staff.work_calendar import WorkCalendar

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
    context = {"rows": rows, "now": at, "nav": "approvals", **_beside(request.actor, at, calendar)}
    return render(request, "cases/approvals.html", context)


def _beside(actor: Actor, at: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """What needs the leader's eye besides the drafts, who holds how much, and the day at each counter."""
    day = clock.localdate(at)
    _chosen, strip, _unknown = strip_of(actor, QueueFilter(view=""), moment_of(at, day, calendar))
    return {
        "counts": strip.counts,
        "unread_notices": strip.unread,
        "loads": loads_of(actor, at=at),
        "points": points_today(actor, day=day),
    }
