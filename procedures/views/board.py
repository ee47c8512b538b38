"""All procedures by sector and field, as on the posting board."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procedures.models import ProcedureVersion
from staff import clock


@login_not_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    versions = ProcedureVersion.objects.in_force(clock.localdate(clock.now())).listed().for_list()
    return render(request, "procedures/board.html", {"versions": versions})
