"""Half typed screens of reception: kept at each pause, offered again, never mixed between two officers."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases import actions
from cases.forms.intake import IntakeForm
from cases.models import TypedDraft
from cases.typed import Typed, read
from staff import clock
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

CHOSEN: Final = "tiep"
"""The question that a page of reception is opened with to go on typing."""
TYPED_BY: Final = "typed_by"
"""The hidden field that says in which membership the screen was opened."""
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "pick", "intake_key", TYPED_BY})
OF_THE_SCREEN: Final = frozenset({"intake_key", "slip", "situation"})
"""What changes without anybody typing."""

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Kept:
    """The half typed screens of an officer: the one that goes on here, and the others, newest first."""

    chosen: QueryDict | None = None
    others: Sequence[Typed] = field(default_factory=tuple)


def of_whoever_typed(view: View) -> View:
    """Refuse (409) a screen that another officer, or the same in another membership, was typing."""

    @wraps(view)
    def guarded(request: OfficerRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get(TYPED_BY, "") in {"", str(request.actor.membership_id)}:
            return view(request, *args, **kwargs)
        return render(request, "cases/somebody_else.html", {"nav": "intake"}, status=409)

    return guarded


def kept_by(request: OfficerRequest, at: datetime) -> Kept:
    """What this officer has half typed; nothing where a screen is sent and not opened."""
    if request.method == "POST":
        return Kept()
    wanted = request.GET.get(CHOSEN, "")
    mine = [read(draft) for draft in TypedDraft.objects.of(request.actor, at=at)]
    chosen = next((typed for typed in mine if str(typed.intake_key) == wanted), None)
    return Kept(_as_sent(chosen) if chosen else None, [typed for typed in mine if typed is not chosen])


def keep(request: OfficerRequest, form: IntakeForm, at: datetime) -> None:
    """Keep the screen as it was sent; one of which nothing is typed is none."""
    key = form.readable().get("intake_key")
    if request.method != "POST" or not isinstance(key, uuid.UUID):
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_KEPT}
    if set(form.changed_data) - OF_THE_SCREEN or request.POST.get("procedure", "").strip():
        typed = Typed(key, fields, _procedure_of(form), request.POST.get("name", "").strip(), _paper_of(form))
        actions.keep_typed(typed, by=request.actor, at=at)
    else:
        actions.drop_typed([key], by=request.actor)


@needs(Capability.REGISTER_CASE)
@require_POST
def drop(request: OfficerRequest) -> HttpResponse:
    """Throw one half typed screen away, or all of them."""
    wanted = set(request.POST.getlist("key"))
    drafts = TypedDraft.objects.of(request.actor, at=clock.now())
    actions.drop_typed([one.intake_key for one in drafts if str(one.intake_key) in wanted], by=request.actor)
    return redirect("cases:intake")


@needs(Capability.REGISTER_CASE)
@require_safe
def signed_in(request: OfficerRequest) -> HttpResponse:
    """Where the sign-in beside a half typed page ends: back to that page."""
    return render(request, "cases/signed_in.html", {"nav": "intake"})


def _procedure_of(form: IntakeForm) -> str:
    return form.version.name if form.version else str(form["procedure"].value() or "").strip()


def _paper_of(form: IntakeForm) -> str:
    marked = (row["paper"].name for row in form.paper_rows if row["mark"] and row["mark"].value())
    return next(marked, "")


def _as_sent(typed: Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.fields.items():
        data.setlist(name, list(values))
    data["intake_key"] = str(typed.intake_key)
    return data
