"""Health for machines, which ask without signing in, and for officers, in words."""

from datetime import datetime
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health.measures import measure
from config.health.metrics import CONTENT_TYPE, exposition
from config.health.told import told
from config.health.verdict import Finding, judge
from staff import clock


@login_not_required
@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 while every part runs, 503 while one stands still; names and ages of parts, nothing of people."""
    at = clock.now()
    findings = judge(measure(at))
    is_well = all(finding.is_well for finding in findings)
    parts = {
        finding.part: {"ok": finding.is_well, "known": finding.is_known, "age_seconds": _age(finding, at)}
        for finding in findings
    }
    return JsonResponse({"ok": is_well, "parts": parts}, status=200 if is_well else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for whoever shows METRICS_TOKEN; for everybody else there is no such page."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    measured = measure(clock.now())
    return HttpResponse(exposition(measured, judge(measured)), content_type=CONTENT_TYPE)


@require_safe
def office_status(request: HttpRequest) -> HttpResponse:
    """Which part stands still, and what an officer can do meanwhile."""
    at = clock.now()
    lines = told(judge(measure(at)))
    still = [line for line in lines if not line.is_well]
    return render(request, "config/status.html", {"lines": lines, "still": still, "now": at})


def _age(finding: Finding, at: datetime) -> int | None:
    return int((at - finding.last_seen).total_seconds()) if finding.last_seen else None
