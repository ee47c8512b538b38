"""Where to go: communes by new or former name, and the centre of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from staff import clock, places, queries
from staff.choices import PROVINCE_HOTLINE
from staff.forms import PlaceSearchForm
from staff.models import Commune


@login_not_required
@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    form = PlaceSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    hits = places.hits_of(queries.communes_named(words), words)
    context = {"form": form, "words": words, "hits": hits, "hotline": places.phone_of(PROVINCE_HOTLINE)}
    return render(request, "staff/communes.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def commune(request: HttpRequest, gso_code: str) -> HttpResponse:
    found = get_object_or_404(Commune.objects.for_place_page(), gso_code=gso_code)
    day = clock.localdate(clock.now())
    calendar = queries.current_calendar()
    points = queries.points_of(found, day=day)
    context = {
        "commune": found,
        "points": [places.open_point(point, day=day, calendar=calendar) for point in points],
        "today": places.spoken_day(day),
        "special_days": places.coming_special_days(calendar, day=day),
        "phone": places.phone_of(found.centre.phone),
        "hotline": places.phone_of(PROVINCE_HOTLINE),
    }
    return render(request, "staff/commune.html", context)
