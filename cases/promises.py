"""What the counter may promise before anything is written: the very engines that registration uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cases.actions.agencies import agency_receives_at
from cases.actions.counter import rules_of
from cases.actions.foreign import entry_at
from cases.badges import Badge, due_badge
from cases.models import Case, FeeObligation
from procedures import catalogue
from procedures.choices import Channel
from procedures.deadlines import Deadline, TimeLimit, TraceStep, Unit
from procedures.explanations import deadline_sentence, explain_limit, explain_reason
from procedures.fees import Reason
from procedures.models import ProcedureVersion
from procedures.offers import SOURCED, FeeWords, fee_words
from procedures.quotes import quote
from procedures.slats import Slat, slats
from staff.actor import Actor
from staff.clock import local, localdate
from staff.models import ReceptionPoint
from staff.queries import office_hours
from staff.work_calendar import CalendarMissing, WorkCalendar

if TYPE_CHECKING:
    from cases.forms.intake import IntakeForm

MOST_HITS: Final = 50


@dataclass(frozen=True)
class IntakePreview:
    """Date, sum of the days and money for what is on the screen now.

    ``received_at`` is the earlier moment of receipt of a late entry; ``was_closed`` warns that the office was
    not open then.
    """

    limit_text: str
    due_at: datetime | None
    slats: Sequence[Slat]
    sentence: str
    fees: Sequence[FeeWords]
    payable_vnd: int
    base_vnd: int
    received_at: datetime | None = None
    was_closed: bool = False


def preview_of(form: "IntakeForm", *, point: ReceptionPoint, at: datetime) -> IntakePreview | None:
    """Quote what is typed so far; a part that cannot be read counts as not typed.

    None without a procedure, and where nobody knows when the one who decides opens next.
    """
    if form.version is None:
        return None
    try:
        return _preview(form, form.version, point=point, at=at)
    except CalendarMissing:
        return None


def _preview(
    form: "IntakeForm", version: ProcedureVersion, *, point: ReceptionPoint, at: datetime
) -> IntakePreview:
    typed = form.readable()
    received = start = form.offer.received_at or at
    was_closed = received != at and _is_outside(point, received, form.offer.calendar)
    there: ReceptionPoint | None = point
    if form.competent is not None and form.competent.is_agency:
        there, start = None, agency_receives_at(at)
    elif form.competent is not None:
        there, start = entry_at(form.competent.pk, at)
    rules = form.offer.rules
    if rules is None or form.competent is not None:
        rules = rules_of((there or point).commune_id, localdate(received))
    quoted = quote(
        version,
        situation=typed.get("situation") or None,
        channel=typed.get("channel") or form.channels_now[0],
        received_at=received,
        counted_from=start,
        copies=typed.get("copies") or 1,
        pages=typed.get("pages") or 1,
        categories=frozenset({typed.get("category") or ""} - {""}),
        hours=rules.hours(there.pk if there else None),
        calendar=form.offer.calendar,
        exemptions=rules.exemptions,
    )
    deadline = quoted.deadline
    return IntakePreview(
        limit_text=explain_limit(quoted.limit),
        due_at=deadline.due_at if deadline else None,
        slats=slats(deadline.trace, today=localdate(at)) if deadline else (),
        sentence=deadline_sentence(deadline, quoted.limit) if deadline else "",
        fees=[fee_words(line) for line in quoted.fees.lines],
        payable_vnd=quoted.fees.payable_vnd,
        base_vnd=quoted.fees.base_vnd,
        received_at=received if received != at else None,
        was_closed=was_closed,
    )


def _is_outside(point: ReceptionPoint, moment: datetime, calendar: WorkCalendar) -> bool:
    hours = office_hours(point.pk, localdate(moment))
    try:
        sessions = hours.sessions(localdate(moment), calendar)
    except CalendarMissing:
        return False
    return not any(opens <= local(moment).time() <= closes for opens, closes in sessions)


@dataclass(frozen=True)
class Option:
    """A procedure that a clerk may mean; what another office keeps itself is shown, not taken."""

    code: str
    name: str
    matched: str
    limit_text: str
    agency: str
    is_open: bool


def options_for(text: str, *, by: Actor, day: date, limit: int) -> list[Option]:
    """The procedures in force and in the clerk's fields that answer these words, best first: four queries."""
    hits = catalogue.search(text, day=day, limit=MOST_HITS if by.field_codes else limit)
    versions = (
        ProcedureVersion.objects.in_force(day).listed().filter(procedure__code__in=[h.code for h in hits])
    )
    found = {
        version.procedure.code: version
        for version in versions.select_related("procedure__field").prefetch_related("terms")
        if by.sees_field(version.procedure.field.code)
    }
    return [_option(found[hit.code], hit.matched) for hit in hits if hit.code in found][:limit]


def _option(version: ProcedureVersion, matched: str) -> Option:
    terms = next((row for row in version.terms.all() if row.channel == Channel.COUNTER), None)
    return Option(
        code=version.procedure.code,
        name=version.name,
        matched=matched,
        limit_text=explain_limit(TimeLimit(terms.amount, Unit(terms.unit))) if terms else "",
        agency=version.procedure.agency,
        is_open=not version.procedure.external_system,
    )


def owed(case: Case, *, name_group: bool = True) -> list[FeeWords]:
    """What was quoted at reception, in words; without proof of identity no group of persons is named."""
    return [
        FeeWords(
            row.name,
            row.base_vnd,
            row.payable_vnd,
            explain_reason(Reason.from_json(row.reason), name_group=name_group),
            is_illustration=row.certainty != SOURCED and not _is_unknown(row),
            is_unknown=_is_unknown(row),
        )
        for row in case.obligations.all()
    ]


def _is_unknown(row: FeeObligation) -> bool:
    return bool(row.reason["code"] == "amount_unknown")


@dataclass(frozen=True)
class Promise:
    """The date of a case with its sum, as the case page shows it."""

    due_at: datetime
    badge: Badge
    slats: Sequence[Slat]
    sentence: str
    limit_text: str


def promise_of(case: Case, *, at: datetime, calendar: WorkCalendar) -> Promise:
    """The stored promise, never computed anew: a later calendar does not move it."""
    limit = TimeLimit(case.limit_amount, Unit(case.limit_unit))
    trace = tuple(TraceStep.from_json(step) for step in case.due_trace)
    deadline = Deadline(case.due_at, trace, case.calendar_revision or 0, limit.unit)
    return Promise(
        due_at=case.due_at,
        badge=due_badge(case.state, case.due_at, case.finished_at, at=at, calendar=calendar, unit=limit.unit),
        slats=slats(trace, today=localdate(at)),
        sentence=deadline_sentence(deadline, limit) if trace else case.due_reason,
        limit_text=explain_limit(limit),
    )
