"""A walk-in becomes a case: code, promise, fees, people, papers, receipt and history in one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import tasks
from cases.actions.counter import point_of, version_taken
from cases.actions.immediate import Immediate, finish_at_once
from cases.actions.late import LateEntry, moment_of_receipt
from cases.actions.recall import recalled_from
from cases.actions.typed import forget_typed
from cases.choices import (
    Action,
    CitizenNotice,
    ClockKind,
    Delivery,
    IdentityCheck,
    IdKind,
    PartyKind,
    PartyRole,
    State,
)
from cases.documents.receipt_data import issue_receipt
from cases.errors import CaseError
from cases.history import record_clock, record_event
from cases.models import Case, CasePaper, CaseParty, FeeObligation, ForeignReception, ReceptionSlip
from cases.notices.outbox import tell_citizen
from cases.numbering import next_case_code, next_register_number
from cases.parties import MAY_LOOK, joined_names, last_four, set_number
from procedures.choices import Channel
from procedures.deadlines import Unit
from procedures.models import ProcedureVersion
from procedures.quotes import Quote, quote
from staff.actor import Actor
from staff.clock import localdate
from staff.models import Commune, ReceptionPoint
from staff.queries import current_calendar, office_hours
from staff.rights import Capability
from staff.scope import enter


@dataclass(frozen=True)
class Person:
    """Somebody in a case as typed at the counter; every part but the name may be unknown."""

    name: str
    id_kind: IdKind = IdKind.NONE
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    kind: PartyKind = PartyKind.PERSON
    mandate: str = ""
    nationality: str = ""
    relation: str = ""


@dataclass(frozen=True)
class PaperTaken:
    """One paper on the counter with the copies taken in."""

    name: str
    kind: str
    originals: int = 0
    certified_copies: int = 0
    photocopies: int = 0
    note: str = ""
    required_paper_id: int | None = None


@dataclass(frozen=True)
class Intake:
    """Everything the clerk typed; no request beyond this line.

    ``intake_key`` is unique per commune: the same key twice is the same case. ``filer`` is None when the
    principal files himself. ``due_at`` with ``due_reason`` is typed only where no limit can be computed.
    ``slip`` is the year and number of the slip that the citizen came back with. ``is_recalled`` says that the
    citizen agreed to the use of data declared earlier.
    ``late`` is the earlier moment of receipt, where it is typed afterwards. ``others`` ask together with the
    principal; ``contact`` is called instead of somebody without a telephone; ``helper`` helped to fill in and
    files nothing.
    """

    intake_key: UUID
    procedure_code: str
    situation: str
    channel: Channel
    reception_point_id: int
    principal: Person
    filer: Person | None = None
    papers: Sequence[PaperTaken] = ()
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str = ""
    identity_check: IdentityCheck = IdentityCheck.PAPER_SEEN
    summary: str = ""
    copies: int = 1
    pages: int = 1
    categories: frozenset[str] = frozenset()
    due_at: datetime | None = None
    due_reason: str = ""
    immediate: Immediate | None = None
    slip: tuple[int, int] | None = None
    is_recalled: bool = False
    late: LateEntry | None = None
    others: Sequence[Person] = ()
    contact: Person | None = None
    helper: Person | None = None


@dataclass(frozen=True)
class Sent:
    """By which commune a case was received for another one, or for which agency; when it arrives there."""

    commune_id: int | None
    enters_at: datetime
    agency_id: int | None = None


def register_case(intake: Intake, *, by: Actor, at: datetime, sent: Sent | None = None) -> Case:
    """Take a case in and promise its date; the same intake key answers with the first case.

    Args:
        sent: for which agency, where one outside the commune decides.

    Raises:
        CaseError: ``not_allowed``, ``procedure_not_registrable``, ``date_needed``, ``not_immediate``,
            ``filer_needed``, ``sent_on``; for a late entry ``late_in_future``, ``late_too_old``,
            ``late_without_reason``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 (reception, form 01) and Điều 28 (case code).
    """
    if not by.may(Capability.REGISTER_CASE) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền tiếp nhận hồ sơ."))
    if intake.principal.kind == PartyKind.ORGANISATION and intake.filer is None:
        raise CaseError("filer_needed", _("Tổ chức nộp hồ sơ qua một người, ông bà ghi người nộp."))
    try:
        with transaction.atomic():
            enter(by)
            first = _already_registered(intake, by)
            return first or _register(intake, by=by, at=at, sent=sent)
    except IntegrityError as error:
        # Two requests with one key at the same moment: the loser shows the winner's case.
        if "cases_case_one_per_intake_key" not in str(error):
            raise
        with transaction.atomic():
            enter(by)
            return Case.objects.get(commune_id=by.home_id, intake_key=intake.intake_key)


def _already_registered(intake: Intake, by: Actor) -> Case | None:
    return Case.objects.filter(commune_id=by.home_id, intake_key=intake.intake_key).first()


def _register(intake: Intake, *, by: Actor, at: datetime, sent: Sent | None) -> Case:
    point = point_of(intake.reception_point_id, by)
    received = moment_of_receipt(intake.late, at)
    if ForeignReception.objects.filter(commune_id=by.home_id, intake_key=intake.intake_key).exists():
        raise CaseError("sent_on", _("Lần nhập này đã chuyển đến xã khác. Ông bà mở màn hình mới."))
    case = write_case(intake, by=by, at=at, point=point, sent=sent)
    _answer_slip(case, intake)
    forget_typed(case.commune_id, intake.intake_key)
    event = record_event(
        case,
        Action.REGISTER,
        by=by,
        at=received,
        reason=intake.late.reason if intake.late else "",
        payload={"channel": str(case.channel), "due_at": case.due_at.isoformat(), **_recalled(intake, by)},
        recorded_at=at,
    )
    record_clock(case, ClockKind.START, at=case.clock_started_at or received)
    if intake.immediate:
        # Given across the counter when the citizen was there, whenever it is typed.
        finish_at_once(case, intake.immediate, by=by, at=received, recorded_at=at)
    else:
        issue_receipt(case, by=by, at=at)
        # Who takes the result across the counter at once needs no message about it.
        tell_citizen(case, CitizenNotice.REGISTERED, event=event, at=at)
    tasks.wake()
    return case


def _recalled(intake: Intake, by: Actor) -> dict[str, str]:
    """The earlier case whose data were used again, if any."""
    if not intake.is_recalled:
        return {}
    source = recalled_from(by.home_id, intake.intake_key, intake.principal.id_number)
    return {"recalled_from": source} if source else {}


def write_case(
    intake: Intake, *, by: Actor, at: datetime, point: ReceptionPoint, sent: Sent | None = None
) -> Case:
    """The rows of a new case, counted from the moment its commune or agency receives it; no event yet."""
    received = moment_of_receipt(intake.late, at)
    counted = sent.enters_at if sent else received
    version = version_taken(intake.procedure_code, localdate(counted))
    quoted = _quote(intake, version, at=counted, point=None if sent and sent.agency_id else point)
    case = _new_case(intake, version, quoted, by=by, at=counted, point=point)
    case.submitted_at, case.arrived_at = received, at
    if sent and sent.agency_id:
        case.competent_agency_id = sent.agency_id
        case.accepted_at, case.received_on = received, localdate(received)
    elif sent:
        case.receiving_commune_id = sent.commune_id
        case.state = State.SUBMITTED
    _numbered(case, point.commune, case.received_on)
    case.save(force_insert=True)
    _write_parties(case, intake)
    _write_papers(case, intake, received)
    _write_obligations(case, quoted)
    return case


def _quote(intake: Intake, version: ProcedureVersion, *, at: datetime, point: ReceptionPoint | None) -> Quote:
    quoted = quote(
        version,
        situation=intake.situation or None,
        channel=intake.channel,
        received_at=at,
        copies=intake.copies,
        pages=intake.pages,
        categories=intake.categories,
        hours=office_hours(point.pk if point else None, localdate(at)),
        calendar=current_calendar(),
    )
    if quoted.deadline is None and not (intake.due_at and intake.due_reason):
        raise CaseError(
            "date_needed", _("Thủ tục này chưa có thời hạn tính được. Ông bà ghi ngày hẹn và lý do.")
        )
    return quoted


def _new_case(
    intake: Intake,
    version: ProcedureVersion,
    quoted: Quote,
    *,
    by: Actor,
    at: datetime,
    point: ReceptionPoint,
) -> Case:
    deadline = quoted.deadline
    due_at = deadline.due_at if deadline else intake.due_at
    if due_at is None:
        raise CaseError("date_needed", _("Chưa có ngày hẹn trả kết quả."))
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
        limit_unit=quoted.limit.unit if deadline else Unit.NONE,
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


def _numbered(case: Case, commune: Commune, day: date) -> Case:
    """Numbers come last before the rows are written: the counters are locked as briefly as possible."""
    case.register_year = day.year
    case.register_number = next_register_number(commune.pk, day.year)
    case.code = next_case_code(commune.pk, commune.org_code, day)
    return case


def _write_parties(case: Case, intake: Intake) -> None:
    CaseParty.objects.bulk_create([_party(case, role, person) for role, person in _people(intake)])


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
    CasePaper.objects.bulk_create(
        [
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
    )


def _write_obligations(case: Case, quoted: Quote) -> None:
    FeeObligation.objects.bulk_create(
        [
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
    )


def _answer_slip(case: Case, intake: Intake) -> None:
    """Say on the slip which case followed it; one that another case followed stays as it is."""
    slips = ReceptionSlip.objects.filter(commune_id=case.commune_id)
    slips.keyed(intake.slip).unanswered().update(case=case)
