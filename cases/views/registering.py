"""What the registration button does: here, for an agency, or for another commune."""

from datetime import datetime

from django.urls import reverse

from cases import actions
from cases.actions.counter import Counter
from cases.forms.intake import IntakeForm
from staff.actor import Actor
from staff.models import ReceptionPoint


def register(form: IntakeForm, *, point: ReceptionPoint, by: Actor, at: datetime) -> str:
    """Write what is on the screen; the address of what came of it."""
    intake = form.to_intake(point=point)
    if form.competent is None:
        rules, version = form.offer.rules, form.version
        counter = Counter(point, version, rules) if rules and version else None
        case = actions.register_case(intake, by=by, at=at, counter=counter)
        return reverse("cases:registered", args=[case.code])
    if form.competent.is_agency:
        case = actions.register_at_agency(intake, form.competent.pk, by=by, at=at)
        return reverse("cases:registered", args=[case.code])
    row = actions.register_elsewhere(intake, form.to_elsewhere(), by=by, at=at)
    return reverse("cases:foreign_row", args=[row.case_code])
