"""The rows of a new case: promise, fees, people, papers and numbers; its history begins elsewhere."""

import secrets
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.counter import Counter
from cases.actions.late import moment_of_receipt
from cases.actions.walk_in import Intake, Person, Sent
from cases.choices import IdKind, PartyKind, PartyRole, State
from cases.errors import CaseError
from cases.models import Case, CasePaper, CaseParty, FeeObligation
from cases.numbering import next_case_numbers
from cases.parties import MAY_LOOK, joined_names, last_four, set_number
from procedures.choices import Category, Channel
from procedures.quotes import Quote, quote
from staff.actor import Actor
from staff.clock import localdate
from staff.gathering import hold
from staff.work_calendar import OfficeHours


def write_case(
    intake: Intake, *, by: Actor, at: datetime, counter: Counter, sent: Sent | None = None
) -> Case:
    """The rows of a new case, counted from the moment its commune or agency receives it; no event yet."""
    _check_categories(intake)
    received = moment_of_receipt(intake.late, at)
    counted = sent.enters_at if sent else received
    hours = counter.rules.hours(None if sent and sent.agency_id else counter.point.pk)
    quoted = _quote(intake, counter, received=received, counted=counted, hours=hours)
    due_at = quoted.deadline.due_at if quoted.deadline else _typed_due(intake, counter, hours, counted)
    case = _new_case(intake, counter, quoted, due_at, by=by, at=counted)
    case.submitted_at, case.arrived_at = received, at
    if sent and sent.agency_id:
        case.competent_agency_id = sent.agency_id
        case.accepted_at, case.received_on = received, localdate(received)
    elif sent:
        case.receiving_commune_id = sent.commune_id
        case.state = State.SUBMITTED
    # Numbers come last before the rows are written: the counters are locked as briefly as possible.
    commune, case.register_year = counter.point.commune, case.received_on.year
    case.register_number, case.code = next_case_numbers(commune.pk, commune.org_code, case.received_on)
    case.save(force_insert=True)
    _write_parties(case, intake)
    _write_papers(case, intake, received)
    _write_obligations(case, quoted)
    return case


def _check_categories(intake: Intake) -> None:
    """Exemptions are of persons, and one of them of those alone who have an identification number.

    Legal source: Nghị quyết 66.22/2026/NQ-CP (level 2 of the electronic identity).
    """
    who = intake.principal
    if intake.categories and who.kind == PartyKind.ORGANISATION:
        raise CaseError("exempts_persons", _("Diện miễn, giảm này dành cho cá nhân, không dành cho tổ chức."))
    if Category.VNEID2_FIVE_PAPERS in intake.categories and who.id_kind != IdKind.PERSONAL:
        message = _("Diện miễn, giảm này cần số định danh cá nhân của chủ hồ sơ.")
        raise CaseError("exempts_with_number", message)


def _quote(
    intake: Intake, counter: Counter, *, received: datetime, counted: datetime, hours: OfficeHours
) -> Quote:
    """The money by the rules of the day of receipt, the promise from where the clock starts."""
    return quote(
        counter.version,
        situation=intake.situation or None,
        channel=intake.channel,
        received_at=received,
        counted_from=counted,
        copies=intake.copies,
        pages=intake.pages,
        categories=intake.categories,
        hours=hours,
        calendar=counter.rules.calendar,
        exemptions=counter.rules.exemptions,
    )


def _typed_due(intake: Intake, counter: Counter, hours: OfficeHours, counted: datetime) -> datetime:
    """The end of the day that the officer promises where no limit can be computed."""
    if not (intake.due_on and intake.due_reason):
        raise CaseError(
            "date_needed", _("Thủ tục này chưa có thời hạn tính được. Ông bà ghi ngày hẹn và lý do.")
        )
    due_at = hours.end_of(intake.due_on, counter.rules.calendar)
    if due_at <= counted:
        raise CaseError("due_too_early", _("Ngày hẹn phải sau lúc nơi giải quyết nhận được hồ sơ."))
    return due_at


def _new_case(
    intake: Intake, counter: Counter, quoted: Quote, due_at: datetime, *, by: Actor, at: datetime
) -> Case:
    version, point, deadline = counter.version, counter.point, quoted.deadline
    situation = next((s for s in version.situations.all() if s.slug == quoted.situation_slug), None)
    return Case(
        commune=point.commune,
        state=State.REGISTERED,
        procedure=version.procedure,
        procedure_version=version,
        situation=situation,
        field_code=version.procedure.field.code,
        reception_point=point,
        channel=intake.channel,
        identity_check=intake.identity_check,
        # Helped online is online; that somebody of the centre typed it stays visible.
        assisted_by_id=by.officer_id if intake.channel == Channel.ONLINE else None,
        typed_by_id=by.officer_id,
        submitted_at=at,
        arrived_at=at,
        accepted_at=at,
        clock_started_at=at,
        received_on=localdate(at),
        limit_amount=quoted.limit.amount,
        limit_unit=quoted.limit.unit,
        due_at=due_at,
        due_on=localdate(due_at),
        due_reason="" if deadline else intake.due_reason,
        due_trace=[step.as_json() for step in deadline.trace] if deadline else [],
        calendar_revision=deadline.calendar_revision if deadline else None,
        delivery=intake.delivery,
        delivery_address=intake.delivery_address,
        summary=intake.summary or version.procedure.name,
        copies=intake.copies,
        pages=intake.pages,
        categories=sorted(intake.categories),
        principal_name=joined_names(person.name for person in (intake.principal, *intake.others)),
        intake_key=intake.intake_key,
        tracking_token=secrets.token_urlsafe(16),
        tracking_pin="" if _has_digits(intake) else f"{secrets.randbelow(10_000):04d}",
    )


def _people(intake: Intake) -> list[tuple[PartyRole, Person]]:
    """Everybody in the case by role; who files himself is written as filer too."""
    filer = intake.filer or replace(intake.principal, mandate="")
    people = [
        *((PartyRole.PRINCIPAL, person) for person in (intake.principal, *intake.others)),
        (PartyRole.FILER, filer),
        (PartyRole.CONTACT, intake.contact),
        (PartyRole.HELPER, intake.helper),
    ]
    return [(role, person) for role, person in people if person]


def _has_digits(intake: Intake) -> bool:
    """Whether the citizen knows four digits to open the tracking page with; else a PIN is printed."""
    return any(
        last_four(person.phone) or last_four(person.id_number)
        for role, person in _people(intake)
        if role in MAY_LOOK
    )


def _write_parties(case: Case, intake: Intake) -> None:
    parties = [_party(case, role, person) for role, person in _people(intake)]
    hold(case, "parties", CaseParty.objects.bulk_create(parties))


def _party(case: Case, role: PartyRole, person: Person) -> CaseParty:
    party = CaseParty(
        commune_id=case.commune_id,
        case=case,
        role=role,
        kind=person.kind,
        name=person.name,
        phone=person.phone,
        email=person.email,
        birth_year=person.birth_year,
        birth_month=person.birth_month,
        birth_day=person.birth_day,
        address=person.address,
        mandate=person.mandate,
        nationality=person.nationality,
        relation=person.relation,
    )
    set_number(party, person.id_kind, person.id_number)
    return party


def _write_papers(case: Case, intake: Intake, at: datetime) -> None:
    papers = [
        CasePaper(
            commune_id=case.commune_id,
            case=case,
            required_paper_id=paper.required_paper_id,
            position=position,
            name=paper.name,
            kind=paper.kind,
            originals=paper.originals,
            certified_copies=paper.certified_copies,
            photocopies=paper.photocopies,
            note=paper.note,
            received_at=at,
        )
        for position, paper in enumerate(intake.papers, start=1)
    ]
    hold(case, "papers", CasePaper.objects.bulk_create(papers))


def _write_obligations(case: Case, quoted: Quote) -> None:
    obligations = [
        FeeObligation(
            commune_id=case.commune_id,
            case=case,
            position=position,
            name=line.name,
            kind=line.kind,
            charge=line.charge,
            base_vnd=line.base_vnd,
            payable_vnd=line.payable_vnd,
            certainty=line.certainty,
            exemption_code=line.exemption_code or "",
            reason={"code": line.reason.code, "params": line.reason.params},
        )
        for position, line in enumerate(quoted.fees.lines, start=1)
    ]
    hold(case, "obligations", FeeObligation.objects.bulk_create(obligations))
