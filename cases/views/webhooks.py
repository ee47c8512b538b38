"""Other systems that are told of cases: what they were told, paused, told again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.errors import CaseError
from cases.models import Webhook
from cases.notices.webhooks.deliveries import event_read, last_told
from staff import clock
from staff.http import OfficerRequest


@require_safe
def webhooks(request: OfficerRequest) -> HttpResponse:
    """The systems of this membership and the last messages to them."""
    mine = Webhook.objects.of(request.actor).select_related("created_by")
    context = {"webhooks": mine, "told": last_told(request.actor), "now": clock.now(), "nav": "account"}
    return render(request, "cases/webhooks.html", context)


@require_POST
def switch(request: OfficerRequest, webhook: str) -> HttpResponse:
    """Pause it, or tell it again from now on."""
    is_active = request.POST.get("active") == "yes"
    with _refusals_told(request):
        actions.change_webhook(webhook, by=request.actor, at=clock.now(), is_active=is_active)
    return redirect("cases:webhooks")


@require_POST
def replay(request: OfficerRequest, webhook: str) -> HttpResponse:
    """Tell one event again."""
    code, seq = event_read(request.POST.get("event", "")) or ("", 0)
    with _refusals_told(request):
        actions.replay_event(webhook, code, seq, by=request.actor, at=clock.now())
        messages.success(request, _("Tin sẽ được gửi lại trong ít giây."))
    return redirect("cases:webhooks")


@contextmanager
def _refusals_told(request: OfficerRequest) -> Iterator[None]:
    """A system of somebody else does not exist; other refusals are said above the list."""
    try:
        yield
    except CaseError as refusal:
        if refusal.code == "not_found":
            raise Http404 from refusal
        messages.warning(request, str(refusal.message))
