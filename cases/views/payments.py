"""Money at the counter: taking it, voiding a receipt, and the sheet of the day."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions
from cases.errors import CaseError
from cases.forms.moves import MoveForm, ReasonForm
from cases.forms.payments import PaymentForm, proposed
from cases.models import Case
from cases.money import Money, is_payable, money_of, next_receipt, till_of
from cases.narration import told
from cases.promises import owed
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.rights import Capability

LONGEST_SERIAL = 4


@needs(Capability.TAKE_PAYMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: OfficerRequest, code: str) -> HttpResponse:
    """What is owed and the form to take it; after the take, the receipts and the way to the next citizen."""
    at, found = clock.now(), _opened(request.actor, code)
    form, status = _form(request, found), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                version = form.cleaned_data["version"]
                actions.take_payment(code, form.to_take(), by=request.actor, at=at, version=version)
                return redirect("cases:take_payment", code)
            except CaseError as refusal:
                found, status = _refused(form, refusal, request.actor, code), 409
    context = _context(found, form, at) | {"may_void": request.actor.may(Capability.VOID_PAYMENT)}
    return render(request, "cases/payment.html", context, status=status)


@needs(Capability.VOID_PAYMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: OfficerRequest, code: str, payment: int) -> HttpResponse:
    """Void a receipt, with the reason."""
    at, found = clock.now(), _opened(request.actor, code)
    form, status = ReasonForm(posted(request), initial={"version": found.version}), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                actions.void_payment(code, payment, by=request.actor, at=at, **form.arguments())
                return redirect(_way_back(request.actor), code)
            except CaseError as refusal:
                found, status = _refused(form, refusal, request.actor, code), 409
    context = _context(found, form, at)
    context["payment"] = _payment(context["money"], payment)
    return render(request, "cases/payment_void.html", context, status=status)


@needs(Capability.TAKE_PAYMENT)
@require_safe
def till(request: OfficerRequest) -> HttpResponse:
    """The takes of the day with their sum, and the way to a case by its code."""
    at, text = clock.now(), request.GET.get("code", "").strip()
    found = _by_code(request.actor, text, at) if text else None
    if found is not None:
        return redirect("cases:take_payment", found)
    context = {
        "till": till_of(request.actor, clock.localdate(at)),
        "text": text,
        "now": at,
        "nav": "till",
    }
    return render(request, "cases/till.html", context, status=404 if text else 200)


def _opened(actor: Actor, code: str) -> Case:
    """The case, and the line in the access log that it was opened for its money."""
    cases = Case.objects.at_till_of(actor).select_related("procedure_version", "procedure")
    found = get_object_or_404(cases.prefetch_related("obligations", "events"), code=code)
    actions.open_case(found, what="money", by=actor, at=clock.now())
    return found


def _by_code(actor: Actor, text: str, at: datetime) -> str | None:
    """The code that was typed whole, or of which the last figures of today were typed."""
    cases = Case.objects.at_till_of(actor)
    whole = cases.filter(code=text.upper())
    if len(text) <= LONGEST_SERIAL and text.isascii() and text.isdecimal():
        day = clock.localdate(at)
        whole = cases.filter(received_on=day, code__endswith=f"-{day:%y%m%d}-{int(text):04d}")
    return whole.values_list("code", flat=True).first()


def _form(request: OfficerRequest, case: Case) -> PaymentForm:
    start = {"version": case.version}
    if request.method != "POST":
        money = money_of(case)
        start = proposed(
            version=case.version,
            outstanding_vnd=money.outstanding_vnd,
            receipt=next_receipt(request.actor),
        )
    form = PaymentForm(posted(request), initial=start)
    first = "number" if start.get("series") else "series"
    form.fields[first].widget.attrs["autofocus"] = True
    return form


def _refused(form: MoveForm, refusal: CaseError, actor: Actor, code: str) -> Case:
    """The case as it is now; the form keeps what was typed and says why it was refused."""
    found = _opened(actor, code)
    form.refuse(str(refusal.message), version=found.version)
    return found


def _payment(money: Money, key: int) -> Any:
    found = next((one for one in money.payments if one.pk == key), None)
    if found is None:
        raise Http404
    return found


def _way_back(actor: Actor) -> str:
    return "cases:take_payment" if actor.may(Capability.TAKE_PAYMENT) else "cases:case"


def _context(case: Case, form: MoveForm, at: datetime) -> dict[str, Any]:
    seen = case.version
    if form.is_bound and form.errors:
        seen = form.cleaned_data.get("version", seen)
    since = [event for event in case.events.all() if event.seq > seen]
    return {
        "case": case,
        "form": form,
        "money": money_of(case),
        "is_payable": is_payable(case),
        "fees": owed(case),
        "changes": told(since, names={}),
        "now": at,
        "nav": "till",
    }
