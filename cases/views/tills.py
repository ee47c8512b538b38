"""The sheets of a day: what one officer took, and what the whole commune took."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cases.forms.payments import TillDayForm
from cases.models import Case
from cases.till import Till, till_of, till_of_commune
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

LONGEST_SERIAL = 4


@needs(Capability.TAKE_PAYMENT)
@require_safe
def till(request: OfficerRequest) -> HttpResponse:
    """The officer's own takes of a day with their sum, and the way to a case by its code."""
    at, text = clock.now(), request.GET.get("code", "").strip()
    found = _by_code(request.actor, text, at) if text else None
    if found is not None:
        return redirect("cases:take_payment", found)
    form, day = _day(request, at)
    context = _sheet(till_of(request.actor, day), form, day, at) | {"text": text}
    return render(request, "cases/till.html", context, status=404 if text else 422 if form.errors else 200)


@needs(Capability.VIEW_TILL)
@require_safe
def commune_till(request: OfficerRequest) -> HttpResponse:
    """What the whole commune took on a day: by reception point and officer, by charge, by way of paying."""
    at = clock.now()
    form, day = _day(request, at)
    context = _sheet(till_of_commune(request.actor, day), form, day, at)
    return render(request, "cases/commune_till.html", context, status=422 if form.errors else 200)


def _day(request: HttpRequest, at: datetime) -> tuple[TillDayForm, date]:
    """The day that was asked for; today when none was, or none that can be read."""
    form = TillDayForm({"day": request.GET.get("day", "")})
    return form, (form.cleaned_data["day"] if form.is_valid() else None) or clock.localdate(at)


def _sheet(till: Till, form: TillDayForm, day: date, at: datetime) -> dict[str, Any]:
    today = clock.localdate(at)
    return {
        "till": till,
        "form": form,
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "is_today": day == today,
        "nav": "till",
    }


def _by_code(actor: Actor, text: str, at: datetime) -> str | None:
    """The code that was typed whole, or of which the last figures of today were typed."""
    cases = Case.objects.at_till_of(actor)
    whole = cases.filter(code=text.upper())
    if len(text) <= LONGEST_SERIAL and text.isascii() and text.isdecimal():
        day = clock.localdate(at)
        whole = cases.filter(received_on=day, code__endswith=f"-{day:%y%m%d}-{int(text):04d}")
    return whole.values_list("code", flat=True).first()
