"""A case as another system sends it, laid out over the screen of reception: one set of rules holds."""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError as FormError
from django.http import QueryDict
from rest_framework.exceptions import ErrorDetail, ValidationError

from cases import actions
from cases.api.bodies import WORDS
from cases.forms.intake import IntakeForm
from cases.forms.late import received_at
from cases.forms.offering import offer_for
from cases.forms.papers import paper_field
from cases.models import Case
from cases.promises import preview_of
from procedures.api.problems import checked
from procedures.api.query_fields import QueryMomentField
from staff.actor import Actor
from staff.clock import local
from staff.queries import working_point

PLAIN: Final = (
    *("procedure", "situation", "channel", "category", "copies", "pages", "delivery", "delivery_address"),
    *("due_on", "due_reason", "slip", "another_request"),
)
PEOPLE: Final[Mapping[str, str]] = {"principal": "", "second_principal": "second_", "filer": "filer_"}
COUNTS: Final[Mapping[str, str]] = {
    "originals": "originals",
    "certified_copies": "certified",
    "photocopies": "photo",
}
OTHERS: Final[Mapping[str, str]] = {
    "mandate": "filer.mandate",
    "is_representative": "filer.is_representative",
    "contact_name": "contact.name",
    "contact_phone": "contact.phone",
    "contact_relation": "contact.relation",
    "helper_name": "helper.name",
    "helper_from": "helper.organisation",
    "late_at": "late.received_at",
    "late_reason": "late.reason",
}
OF_A_PERSON: Final = re.compile(
    r"(second_|filer_|)(name|number|birth|phone|address|id_kind|nationality|other_paper)"
)


def register(body: Mapping[str, Any], key: uuid.UUID, *, by: Actor, at: datetime) -> Case:
    """Take the case in by the very rules of the counter.

    Raises:
        ValidationError: what is wrong, at the names that the sender used.
    """
    point, form = working_point(by), _form(body, key, by, at)
    preview = preview_of(form, point=point, at=at)
    if preview and preview.due_at is None:
        form.need_day()
    _refuse_unknown_papers(body, form)
    try:
        checked(form)
    except ValidationError as refused:
        raise ValidationError(_renamed(refused.detail)) from refused
    return actions.register_case(form.to_intake(point=point), by=by, at=at)


def _form(body: Mapping[str, Any], key: uuid.UUID, by: Actor, at: datetime) -> IntakeForm:
    data = QueryDict(mutable=True)
    for name, value in _typed(body):
        data[name] = value
    data["intake_key"] = str(key)
    return IntakeForm(data, offer=offer_for(by, body["procedure"], at, received_at(data, at)))


def _typed(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a clerk would have typed."""
    for name in PLAIN:
        if name in body:
            yield name, str(body[name])
    if body.get("papers_in_database"):
        yield "papers_in_database", "on"
    for part, prefix in PEOPLE.items():
        if part in body:
            yield from _person(body[part], prefix)
    yield from _rare(body)
    for paper in body.get("papers", ()):
        name = f"paper-{paper['code']}"
        counts = {field: str(paper[count]) for count, field in COUNTS.items() if count in paper}
        yield name, "on"
        yield from ((f"{name}-{field}", number) for field, number in counts.items())


def _person(person: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name in ("name", "number", "id_kind", "phone", "address", "nationality"):
        if name in person:
            yield f"{prefix}{name}", str(person[name])
    if "birth" in person:
        yield f"{prefix}birth", "/".join(reversed(person["birth"].split("-")))
    if person.get("id_kind") or person.get("nationality"):
        yield f"{prefix}other_paper", "on"


def _rare(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What lies behind a tick each."""
    if filer := body.get("filer"):
        yield from (("for_other", "on"), ("mandate", filer.get("mandate", "")))
        if filer.get("is_representative"):
            yield "is_representative", "on"
    if contact := body.get("contact"):
        yield from (("has_contact", "on"), ("contact_name", contact["name"]))
        yield from (("contact_phone", contact["phone"]), ("contact_relation", contact.get("relation", "")))
    if helper := body.get("helper"):
        yield from (("has_helper", "on"), ("helper_name", helper["name"]))
        yield "helper_from", helper.get("organisation", "")
    if late := body.get("late"):
        yield from (("late", "on"), ("late_at", f"{local(_moment(late)):%d/%m/%Y %H:%M}"))
        yield "late_reason", late["reason"]


def _moment(late: Mapping[str, Any]) -> datetime:
    try:
        moment: datetime = QueryMomentField(help_text="").clean(late["received_at"])
    except FormError as unknown:
        detail = ErrorDetail(str(WORDS["invalid"]), code="date_unknown")
        raise ValidationError({"late": {"received_at": [detail]}}) from unknown
    return moment


def _refuse_unknown_papers(body: Mapping[str, Any], form: IntakeForm) -> None:
    """A paper that this procedure does not ask for is refused rather than overlooked."""
    known = {paper_field(paper) for paper in form.shown_papers} & set(form.fields)
    sent = [f"paper-{paper['code']}" for paper in body.get("papers", ())]
    unknown = [index for index, name in enumerate(sent) if name not in known]
    if unknown and form.version is not None:
        detail = ErrorDetail(str(WORDS["invalid_choice"]), code="invalid_choice")
        raise ValidationError({"papers": {str(index): {"code": [detail]} for index in unknown}})


def _renamed(detail: Any) -> dict[str, Any]:
    return {_path(name): problems for name, problems in detail.items()}


def _path(field: str) -> str:
    """The name that the sender knows for a field of the screen."""
    if field == "__all__":
        return "non_field_errors"
    if field in OTHERS:
        return OTHERS[field]
    if field.startswith("paper-"):
        return f"papers.{field.removeprefix('paper-')}"
    found = OF_A_PERSON.fullmatch(field)
    if found is None:
        return field
    parts = {prefix: part for part, prefix in PEOPLE.items()}
    return f"{parts[found[1]]}.{found[2]}"
