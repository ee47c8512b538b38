"""Putting a case right: facts typed wrong, a case entered by mistake, a receipt printed once more."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions
from cases.actions.voiding import hindrance_of
from cases.beside import names_in
from cases.choices import Action, State
from cases.errors import CaseError
from cases.forms.corrections import AmendForm, ReprintForm, VoidForm, sheet_of
from cases.models import Case
from cases.narration import told
from cases.views.case import case_context
from cases.views.case import opened_case as visible_case
from cases.views.case_copies import corrected_in, receipt_pdf, receipts_of
from cases.workflow import refusal_of, refusal_of_amendment
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.queries import members_with
from staff.rights import Capability

MISTAKES: Final = frozenset({"nothing_changed", "name_needed", "reason_needed"})
"""What the officer mends on the page; everything else that is refused is a conflict."""


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: OfficerRequest, code: str) -> HttpResponse:
    """Every fact that may be corrected, with its present value."""
    found = _open(request, code, Capability.AMEND_CASE)
    form = AmendForm(posted(request), sheet=sheet_of(found), initial={"version": found.version})
    status, more = 422 if form.errors else 200, {}
    if form.is_valid():
        try:
            actions.amend_case(code, by=request.actor, at=clock.now(), **form.arguments())
        except CaseError as refusal:
            found, status = visible_case(request.actor, code), 422 if refusal.code in MISTAKES else 409
            more = changes_since(found, form)
            form = _amend_again(form, found, refusal)
        else:
            messages.success(request, _("Đã sửa. Giấy tiếp nhận đã lập lại theo thông tin mới."))
            return redirect("cases:case", code)
    context = _amend_context(request, found, form) | more
    return render(request, "cases/amend.html", context, status=status)


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: OfficerRequest, code: str) -> HttpResponse:
    """The leader ends a case entered by mistake; everybody else reads whom to ask."""
    found = _open(request, code, Capability.VOID_CASE)
    form = VoidForm(posted(request), initial={"version": found.version})
    status, more = 422 if form.errors else 200, {}
    if form.is_valid():
        try:
            actions.void_case(code, by=request.actor, at=clock.now(), **form.arguments())
        except CaseError as refusal:
            found, status = visible_case(request.actor, code), 409
            more = changes_since(found, form)
            form.refuse(str(refusal.message), version=found.version)
        else:
            return redirect("cases:case", code)
    return render(request, "cases/void.html", _void_context(request, found, form) | more, status=status)


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def reprint(request: OfficerRequest, code: str) -> HttpResponse:
    """One more copy of the receipt; posted, it opens as a document."""
    found = _open(request, code, Capability.PRINT_RECEIPT)
    last = max((copy.copy_no for copy in receipts_of(found)), default=0)
    form = ReprintForm(posted(request), initial={"after": last})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            copy = actions.reprint_receipt(code, by=request.actor, at=clock.now(), **form.cleaned_data)
        except CaseError as refusal:
            form.add_error(None, str(refusal.message))
            form.data, status = {"after": last, "reason": form.cleaned_data["reason"]}, 409
        else:
            return redirect("cases:receipt_copy", code, copy.copy_no)
    context = case_context(found, request.actor, clock.now()) | {"form": form}
    return render(request, "cases/reprint.html", context, status=status)


@needs(Capability.VIEW_CASES)
@require_safe
def receipt_copy(request: OfficerRequest, code: str, copy: int) -> HttpResponse:
    """One copy of the receipt, as it was printed then."""
    found = visible_case(request.actor, code)
    return receipt_pdf(request, found, [one for one in receipts_of(found) if one.copy_no == copy])


def _open(request: OfficerRequest, code: str, wanted: Capability) -> Case:
    """The case, noted as opened; who may not do it may read the page, but send nothing."""
    found = visible_case(request.actor, code)
    if request.method == "POST" and not request.actor.may(wanted):
        raise PermissionDenied
    actions.open_case(found, what="case", by=request.actor, at=clock.now())
    return found


def changes_since(case: Case, form: Any) -> dict[str, Any]:
    """What happened since the page that was posted; the version is the number of the last event seen."""
    since = [event for event in case.events.all() if event.seq > form.cleaned_data["version"]]
    return {"changes": told(since, names=names_in(case), corrected=corrected_in(case))}


def _amend_again(form: AmendForm, case: Case, refusal: CaseError) -> AmendForm:
    """The page once more: what was typed stays, what somebody else corrected meanwhile shows as it is now."""
    seen = actions.facts_at(case, form.cleaned_data["version"])
    now: dict[str, Any] = {"sheet": sheet_of(case), "initial": {"version": case.version}}
    data = AmendForm(form.data, **now).typed_on(seen) | {"version": str(case.version)}
    again = AmendForm(data, **now)
    again.add_error(None, str(refusal.message))
    return again


def _amend_context(request: OfficerRequest, case: Case, form: AmendForm) -> dict[str, Any]:
    refusal = refusal_of_amendment(State(case.state), request.actor.capabilities)
    return case_context(case, request.actor, clock.now()) | {"form": form, "refusal": refusal, "changes": []}


def _void_context(request: OfficerRequest, case: Case, form: VoidForm) -> dict[str, Any]:
    at = clock.now()
    refusal = refusal_of(Action.VOID, State(case.state), request.actor.capabilities)
    leaders = members_with(case.commune_id, Capability.VOID_CASE, day=clock.localdate(at))
    return case_context(case, request.actor, at) | {
        "form": form,
        "refusal": refusal or hindrance_of(case, at=at),
        "leaders": [] if request.actor.may(Capability.VOID_CASE) else leaders,
        "changes": [],
    }
