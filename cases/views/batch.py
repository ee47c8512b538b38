"""Several cases at once: each in its own transaction; what is refused stays and says why."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases import actions
from cases.choices import Action
from cases.errors import CaseError
from cases.forms.queue import picked_cases, picked_officer, return_address
from cases.models import Case
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

BATCH: Final[Mapping[str, Callable[..., Case]]] = {
    Action.CLAIM: actions.claim_case,
    Action.FORWARD: actions.forward_case,
    Action.ASSIGN: actions.assign_case,
}


@needs(Capability.HANDLE_CASE, Capability.FORWARD_CASE)
@require_POST
def batch(request: OfficerRequest, action: str) -> HttpResponse:
    """Do one move with every case that was ticked, and tell which were done and which were not."""
    if action not in BATCH:
        raise Http404
    more = {"holder_id": picked_officer(request.POST)} if action == Action.ASSIGN else {}
    if None in more.values():
        messages.warning(request, _("Ông bà chọn người xử lý trước."))
        return redirect(return_address(request.POST))
    done, refused = _do_each(BATCH[action], request, **more)
    if done:
        text = ngettext("Đã làm xong với %(n)s hồ sơ.", "Đã làm xong với %(n)s hồ sơ.", done)
        messages.success(request, text % {"n": done})
    for code, why in refused:
        messages.warning(request, f"{code}: {why}")
    if not done and not refused:
        messages.warning(request, _("Ông bà đánh dấu hồ sơ trước."))
    return redirect(return_address(request.POST))


def _do_each(
    move: Callable[..., Any], request: OfficerRequest, **more: Any
) -> tuple[int, list[tuple[str, str]]]:
    done, refused, at = 0, [], clock.now()
    for code, version in picked_cases(request.POST):
        try:
            move(code, by=request.actor, at=at, version=version, **more)
        except CaseError as refusal:
            refused.append((code, str(refusal.message)))
        else:
            done += 1
    return done, refused
