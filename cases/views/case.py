"""One case: how much time is left, papers, people, history, and the moves that this officer may make."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions
from cases.badges import PILLS
from cases.beside import ON_THE_PAGE, read_beside, read_case, read_page
from cases.choices import Action, State
from cases.errors import CaseError
from cases.forms.moves import FORMS, MoveForm
from cases.forms.moving import MOVE_ACTIONS, form_of_move
from cases.lookups import registered_today
from cases.models import Case, Draft
from cases.money import is_payable, money_of
from cases.narration import told
from cases.notices.deliveries import deliveries_of
from cases.parties import people_of, shown_number
from cases.promises import owed, promise_of
from cases.views.case_copies import copies_context, corrected_in, receipt_pdf, receipts_of
from cases.workflow import held_by, lacks_right, offers, refusal_of
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest, posted
from staff.rights import Capability


@needs(Capability.VIEW_CASES)
@require_safe
def case(request: OfficerRequest, code: str) -> HttpResponse:
    at, found = clock.now(), visible_case(request.actor, code)
    actions.open_case(found, what="case", by=request.actor, at=at)
    return render(request, "cases/case.html", case_context(found, request.actor, at))


@needs(Capability.VIEW_CASES)
@require_safe
def registered(request: OfficerRequest, code: str) -> HttpResponse:
    """What the clerk sees after reception: the receipt to print, and the way to the next citizen."""
    at, found = clock.now(), visible_case(request.actor, code)
    actions.open_case(found, what="case", by=request.actor, at=at)
    context = case_context(found, request.actor, at)
    context["payable_vnd"] = sum(fee.payable_vnd for fee in context["fees"])
    context["mine_today"] = registered_today(request.actor, clock.localdate(at))
    return render(request, "cases/registered.html", context)


@needs(Capability.VIEW_CASES)
@require_safe
def receipt(request: OfficerRequest, code: str) -> HttpResponse:
    found = visible_case(request.actor, code)
    return receipt_pdf(request, found, receipts_of(found)[-1:])


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OfficerRequest, code: str, action: str) -> HttpResponse:
    """One step of a case: the form on its own page, and the step itself."""
    at, found, step = clock.now(), visible_case(request.actor, code), _action(action)
    if request.method == "POST" and lacks_right(step, request.actor.capabilities):
        raise PermissionDenied
    form = form_of_move(step, found, at, posted(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            moved = MOVE_ACTIONS[step](code, by=request.actor, at=at, **form.arguments())
        except CaseError as refusal:
            found, status = visible_case(request.actor, code), 409
            form.refuse(str(refusal.message), version=found.version)
        else:
            return redirect("cases:case", moved.code)
    # Who made the step has seen nothing yet; the page that follows is noted when it opens.
    actions.open_case(found, what="case", by=request.actor, at=at)
    context = case_context(found, request.actor, at)
    context |= _step_context(step, form, found, request.actor, context["names"])
    return render(request, "cases/move.html", context, status=status)


def visible_case(actor: Actor, code: str) -> Case:
    """The case of this code, if the officer may open it."""
    found = read_case(actor, code)
    if found is None:
        raise Http404
    return found


def opened_case(actor: Actor, code: str) -> Case:
    """A visible case with all the lists beside it."""
    found = visible_case(actor, code)
    read_beside(found, ON_THE_PAGE)
    return found


def _action(name: str) -> Action:
    if name not in FORMS:
        raise Http404
    return Action(name)


def _step_context(
    step: Action, form: MoveForm, case: Case, actor: Actor, names: Mapping[int, str]
) -> dict[str, Any]:
    """The form of a step; why it cannot be made, and what happened since the page that was posted."""
    draft = _open_draft(case)
    own = draft is not None and draft.proposed_by_id == actor.officer_id
    held = held_by(case.holder_id, actor.officer_id)
    # Every move adds one to the version and one event, so the version is the number of the last event seen.
    seen = form.cleaned_data.get("version", case.version) if form.is_bound else case.version
    since = [event for event in case.events.all() if event.seq > seen]
    return {
        "form": form,
        "action": step,
        "refusal": refusal_of(
            step,
            State(case.state),
            actor.capabilities,
            is_own_draft=own,
            held=held,
            at_agency=case.competent_agency_id is not None,
        ),
        "changes": told(since, names=names, corrected=corrected_in(case)),
    }


def _open_draft(case: Case) -> Draft | None:
    """The draft that waits for a leader; one of a case withdrawn meanwhile waits for nobody."""
    if case.state != State.AWAITING_APPROVAL:
        return None
    return next((draft for draft in case.drafts.all() if not draft.decision), None)


def case_context(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    facts = read_page(case, actor, at)
    people = people_of(case)
    draft = _open_draft(case)
    own = draft is not None and draft.proposed_by_id == actor.officer_id
    held = held_by(case.holder_id, actor.officer_id)
    return {
        "case": case,
        "promise": promise_of(case, at=at, calendar=facts.calendar),
        "pill": PILLS.get(case.state, ""),
        "fees": owed(case),
        "people": people,
        "principals": [(party, shown_number(party)) for party in people.principals],
        "filer": people.somebody_else,
        "draft": draft,
        "result": next(iter(case.results.all()), None),
        "history": told(list(case.events.all()), names=facts.names, corrected=corrected_in(case)),
        "names": facts.names,
        "money": money_of(case, list(case.payments.all())),
        "is_payable": is_payable(case),
        "may_take": actor.may(Capability.TAKE_PAYMENT),
        "may_void": actor.may(Capability.VOID_PAYMENT),
        "deliveries": deliveries_of(case),
        "tracking_url": reverse("cases:track_token", args=[case.tracking_token]),
        "readers": facts.readers,
        "unread_notices": facts.unread,
        "nav": "queue",
        "offers": offers(
            State(case.state),
            actor.capabilities,
            is_own_draft=own,
            held=held,
            at_agency=case.competent_agency_id is not None,
        ),
        "now": at,
        **copies_context(case, actor, facts.names),
    }
