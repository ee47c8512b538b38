"""Money at the counter: taking it, and voiding a receipt."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cases import actions
from cases.errors import CaseError
from cases.forms.moves import MoveForm, ReasonForm
from cases.forms.payments import PaymentForm, proposed
from cases.models import Case
from cases.money import Money, is_payable, money_of, next_receipt
from cases.narration import told
from cases.promises import owed
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.rights import Capability


@needs(Capability.TAKE_PAYMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: OfficerRequest, code: str) -> HttpResponse:
    """What is owed and the form to take it; after the take, the receipts and the way to the next citizen."""
    at, by, found = clock.now(), request.actor, _opened(request.actor, code)
    form, status = _form(request, found), HTTPStatus.OK
    if form.is_bound:
        said: dict[str, Any] = {"by": by, "at": at}
        status, found = _made(form, found, by, lambda: actions.take_payment(code, **form.arguments(), **said))
        if status == HTTPStatus.FOUND:
            return redirect("cases:take_payment", code)
    context = _context(found, form, at) | {"may_void": by.may(Capability.VOID_PAYMENT)}
    return render(request, "cases/payment.html", context, status=status)


@needs(Capability.VOID_PAYMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: OfficerRequest, code: str, payment: int) -> HttpResponse:
    """Void a receipt, with the reason."""
    at, by, found = clock.now(), request.actor, _opened(request.actor, code)
    form, status = ReasonForm(posted(request), initial={"version": found.version}), HTTPStatus.OK
    if form.is_bound:
        said: dict[str, Any] = {"by": by, "at": at}
        status, found = _made(
            form, found, by, lambda: actions.void_payment(code, payment, **form.arguments(), **said)
        )
        if status == HTTPStatus.FOUND:
            return redirect(_way_back(by), code)
    context = _context(found, form, at)
    context |= _taken(context["money"], payment)
    return render(request, "cases/payment_void.html", context, status=status)


def _opened(actor: Actor, code: str) -> Case:
    """The case, and the line in the access log that it was opened for its money."""
    cases = Case.objects.at_till_of(actor).select_related("procedure_version", "procedure")
    found = get_object_or_404(cases.prefetch_related("obligations", "events"), code=code)
    actions.open_case(found, what="money", by=actor, at=clock.now())
    return found


def _form(request: OfficerRequest, case: Case) -> PaymentForm:
    series, number = next_receipt(request.actor)
    outstanding = money_of(case).outstanding_vnd
    start = proposed(version=case.version, outstanding_vnd=outstanding, series=series, number=number)
    form = PaymentForm(posted(request), initial=start)
    form.fields["number" if series else "series"].widget.attrs["autofocus"] = True
    return form


def _made(form: MoveForm, case: Case, actor: Actor, write: Callable[[], object]) -> tuple[HTTPStatus, Case]:
    """Write what was typed; the case as it is then. A refusal keeps what was typed and says why."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, case
    try:
        write()
    except CaseError as refusal:
        case = _opened(actor, case.code)
        form.refuse(str(refusal.message), version=case.version)
        return HTTPStatus.CONFLICT, case
    return HTTPStatus.FOUND, case


def _taken(money: Money, key: int) -> dict[str, Any]:
    found = next((one for one in money.takes if one.payment.pk == key), None)
    if found is None:
        raise Http404
    return {"payment": found.payment, "is_void": found.void is not None}


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
