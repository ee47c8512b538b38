"""An error in a signed result: the page on which its correction is opened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.errors import CaseError
from cases.forms.moves import ReasonForm
from cases.views.case import case_context, visible_case
from cases.views.case_copies import refusal_to_correct
from cases.views.corrections import changes_since
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.rights import Capability


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficerRequest, code: str) -> HttpResponse:
    """Open the correction of a signed result; who may not reads why."""
    at, found = clock.now(), visible_case(request.actor, code)
    if request.method == "POST" and not request.actor.may(Capability.OPEN_CORRECTION):
        raise PermissionDenied
    actions.open_case(found, what="case", by=request.actor, at=at)
    form = ReasonForm(posted(request), initial={"version": found.version})
    status = 422 if form.errors else 200
    more: dict[str, Any] = {"changes": []}
    if form.is_valid():
        try:
            case = actions.open_correction(code, by=request.actor, at=at, **form.arguments())
        except CaseError as refusal:
            found, status = visible_case(request.actor, code), 409
            more = changes_since(found, form)
            form.refuse(str(refusal.message), version=found.version)
        else:
            messages.success(request, _("Đã mở hồ sơ sửa sai sót, không thu tiền."))
            return redirect("cases:registered", case.code)
    context = case_context(found, request.actor, at) | {"form": form}
    context["refusal"] = refusal_to_correct(found, request.actor)
    return render(request, "cases/correct.html", context | more, status=status)
