"""Several drafts signed at once: one page that lists what will be signed, one confirmation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases import actions
from cases.badges import due_badge
from cases.errors import CaseError
from cases.forms.queue import picked_cases
from cases.forms.signing import SignForm, sign_forms
from cases.models import Draft
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import current_calendar
from staff.rights import Capability

CONFIRMED: Final = "confirmed"


@needs(Capability.APPROVE_RESULT)
@require_POST
def approve_batch(request: OfficerRequest) -> HttpResponse:
    """List the ticked drafts, each with its own number; once confirmed sign them, each for itself."""
    picked, at, is_confirmed = dict(picked_cases(request.POST)), clock.now(), CONFIRMED in request.POST
    if not picked:
        messages.warning(request, _("Ông bà đánh dấu dự thảo trước."))
        return redirect("cases:approvals")
    forms = sign_forms(picked, request.POST if is_confirmed else None)
    if not all(form.is_valid() for form in forms.values()):
        return _page(request, forms, {}, at)
    refused = _sign(forms, picked, request, at)
    left = {code: form for code, form in forms.items() if code in refused}
    return _page(request, left, refused, at) if left else redirect("cases:approvals")


def _page(
    request: OfficerRequest, forms: Mapping[str, SignForm], refused: Mapping[str, str], at: datetime
) -> HttpResponse:
    context = _context(_rows(request.actor, forms, at, refused))
    is_wrong = any(form.errors for form in forms.values())
    status = 409 if refused else 422 if is_wrong else 200
    return render(request, "cases/approve_batch.html", context, status=status)


def _sign(
    forms: Mapping[str, SignForm], versions: Mapping[str, int], request: OfficerRequest, at: datetime
) -> dict[str, str]:
    """Sign each in its own transaction; what was refused, with the reason."""
    refused = {}
    for code, form in forms.items():
        number, version = form.cleaned_data["number"], versions[code]
        try:
            actions.approve_result(code, by=request.actor, at=at, version=version, number=number)
        except CaseError as refusal:
            refused[code] = str(refusal.message)
    done = len(forms) - len(refused)
    if done:
        text = ngettext("Đã ký %(n)s kết quả.", "Đã ký %(n)s kết quả.", done)
        messages.success(request, text % {"n": done})
    return refused


def _rows(
    actor: Actor, forms: Mapping[str, SignForm], at: datetime, refused: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One line for each case in the order of the page it was ticked on; what waits no longer has no draft."""
    waiting = Draft.objects.waiting_for(actor).of_cases(forms)
    drafts, calendar = {draft.case.code: draft for draft in waiting}, current_calendar()
    return [
        {
            "code": code,
            "form": form,
            "draft": (draft := drafts.get(code)),
            "is_own": draft is not None and draft.proposed_by_id == actor.officer_id,
            "why": refused.get(code, ""),
            "badge": draft and due_badge(draft.case.state, draft.case.due_at, None, at=at, calendar=calendar),
        }
        for code, form in forms.items()
    ]


def _context(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What will be signed apart from what cannot be: one's own drafts, and what waits no longer."""
    can = [row for row in rows if row["draft"] and not row["is_own"]]
    return {
        "rows": can,
        "left_out": [row for row in rows if row not in can],
        "has_errors": any(row["form"].errors or row["why"] for row in rows),
        "nav": "approvals",
    }
