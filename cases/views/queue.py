"""The list of cases to be done: one address for the page and the fragment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.badges import PILLS, due_badge
from cases.forms.queue import SIZES, QueueFilterForm, write_key
from cases.models import Case
from cases.queries import COUNT_CEILING, QueueFilter
from procedures.deadlines import Unit
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import current_calendar
from staff.rights import Capability
from staff.text import clean_text

FOUND_AT_MOST: Final = 50


@needs(Capability.VIEW_CASES)
@require_safe
def queue(request: OfficerRequest) -> HttpResponse:
    chosen, at = QueueFilterForm(request.GET).to_filter(), clock.now()
    is_fragment = request.htmx and not request.htmx.history_restore_request
    template = "cases/_queue_table.html" if is_fragment else "cases/queue.html"
    response = render(request, template, _context(request.actor, chosen, at))
    response["Vary"] = "HX-Request"
    return response


@needs(Capability.VIEW_CASES)
@require_POST
def find(request: OfficerRequest) -> HttpResponse:
    """Look up by code or name. Posted, because a name in an address would stay in logs and history."""
    text, at = clean_text(request.POST.get("q", "").replace("\x00", ""))[:100], clock.now()
    if not text:
        return redirect("cases:queue")
    matching = Case.objects.visible_to(request.actor).matching(text).for_queue_table()
    found = list(matching[: FOUND_AT_MOST + 1])
    context = _context(request.actor, QueueFilter(view=""), at) | {
        "rows": _rows(found[:FOUND_AT_MOST], at),
        "text": text,
        "prefix": _prefix(found),
        "is_cut": len(found) > FOUND_AT_MOST,
    }
    return render(request, "cases/queue.html", context)


def _context(actor: Actor, chosen: QueueFilter, at: datetime) -> dict[str, Any]:
    day = clock.localdate(at)
    visible = Case.objects.visible_to(actor)
    shown = visible.in_view(chosen.view, actor=actor, at=at, day=day).for_queue_table()
    page = shown.page(chosen)
    return {
        "chosen": chosen,
        "counts": visible.counts(actor=actor, at=at, day=day),
        "ceiling": COUNT_CEILING,
        "rows": _rows(page.cases, at),
        "next_key": write_key(page.next_key),
        "previous_key": write_key(page.previous_key),
        "text": "",
        "is_cut": False,
        "prefix": _prefix(page.cases),
        "sizes": SIZES,
        "nav": "queue",
        "may_batch": actor.may(Capability.HANDLE_CASE) or actor.may(Capability.FORWARD_CASE),
        "first_batch": "claim" if actor.may(Capability.HANDLE_CASE) else "forward",
    }


def _prefix(cases: Sequence[Case]) -> str:
    """What all codes of the commune begin with, said once in the head of the table."""
    return cases[0].code.partition("-")[0] + "-" if cases else ""


def _rows(cases: Iterable[Case], at: datetime) -> list[dict[str, Any]]:
    calendar = current_calendar()
    return [
        {
            "case": case,
            "short_code": case.code.partition("-")[2],
            "pill": PILLS.get(case.state, ""),
            "badge": due_badge(
                case.state,
                case.due_at,
                case.finished_at,
                at=at,
                calendar=calendar,
                unit=Unit(case.limit_unit),
            ),
        }
        for case in cases
    ]
