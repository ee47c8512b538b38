"""One procedure: how, how long, how much, and what to bring."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from procedures.models import Procedure, ProcedureVersion, UsualTime
from procedures.offers import ways
from procedures.quotes import exemption_terms
from procedures.waivers import waivers_of
from staff import clock
from staff.queries import current_calendar


@login_not_required
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """The version in force today; the address of a replaced code leads to its successor."""
    at = clock.now()
    day = clock.localdate(at)
    version = ProcedureVersion.objects.in_force(day).for_detail().filter(procedure__code=code).first()
    if version is None or version.procedure.superseded_by:
        return _successor(version, code)
    slugs = [situation.slug for situation in version.situations.all()]
    chosen = request.GET.get("situation", "")
    chosen = chosen if chosen in slugs else next(iter(slugs), "")
    exemptions = exemption_terms(day)
    offered = ways(
        version, situation=chosen or None, at=at, calendar=current_calendar(), exemptions=exemptions
    )
    context = {
        "version": version,
        "procedure": version.procedure,
        "chosen": chosen,
        "ways": offered,
        "papers": [p for p in version.papers.all() if p.situation is None or p.situation.slug == chosen],
        "usual": UsualTime.objects.latest_of(version.procedure, day),
        "waivers": waivers_of(version, exemptions),
    }
    return render(request, "procedures/procedure.html", context)


def _successor(version: ProcedureVersion | None, code: str) -> HttpResponse:
    known = version.procedure if version else Procedure.objects.filter(code=code).first()
    if known is None or known.superseded_by is None:
        raise Http404
    return redirect("procedures:procedure", known.superseded_by.code)
