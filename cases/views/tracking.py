"""Where a case stands, for the citizen: by the address on the receipt, or by code and four digits."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.beside import read_tracked, read_tracking
from cases.choices import FINISHED, Action
from cases.forms.tracking import DigitsForm, TrackForm
from cases.models import Case
from cases.parties import shown_principals
from cases.promises import owed, promise_of
from cases.way import told, way
from staff import clock
from staff.http import address_of, posted
from staff.queries import current_calendar
from staff.refusals import refusals_on
from staff.work_calendar import WorkCalendar


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Code and digits together open everything; wrong ones say no more than that they do not fit."""
    at, form = clock.now(), TrackForm(posted(request))
    if form.is_valid():
        with refusals_on(form, "digits"):
            data = form.cleaned_data
            case = actions.open_by_code(
                data["code"], data["digits"], address=address_of(request) or "", at=at
            )
            return render(
                request, "cases/tracking.html", _context(case, at, current_calendar(), is_open=True)
            )
    return render(request, "cases/track.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track_token(request: HttpRequest, token: str) -> HttpResponse:
    """State, dates and place for whoever holds the receipt; names after the four digits."""
    at = clock.now()
    case = read_tracked("tracking_token", token)
    if case is None:
        raise Http404
    calendar = read_tracking(case)
    form, is_open = DigitsForm(posted(request)), False
    if form.is_valid():
        with refusals_on(form, "digits"):
            actions.answer_digits(case, form.cleaned_data["digits"], address=address_of(request) or "", at=at)
            is_open = True
    context = _context(case, at, calendar, is_open=is_open) | {"form": form}
    return render(request, "cases/tracking.html", context, status=422 if form.errors else 200)


def _context(case: Case, at: datetime, calendar: WorkCalendar, *, is_open: bool) -> dict[str, Any]:
    moments = {event.kind: event.occurred_at for event in case.events.all()}
    return {
        "case": case,
        "promise": promise_of(case, at=at, calendar=calendar),
        "fees": owed(case, name_group=is_open),
        "way": way(case.state, moments),
        "told": told(case.state, is_voided=case.voided_at is not None),
        "is_corrected": Action.OPEN_CORRECTION in moments
        and case.corrections.exclude(state__in=FINISHED).exists(),
        "principals": shown_principals(case),
        "is_open": is_open,
        "now": at,
    }
