"""Received here, decided there: two communes write one transaction, each under its own name.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 14 khoản 2 (any centre receives), Điều 18 and Điều 20 (the clock
starts when the competent agency receives the file; the result returns to the receiving centre).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import tasks
from cases.actions.counter import check_field, counter_at, point_of
from cases.actions.late import moment_of_receipt
from cases.actions.new_case import write_case
from cases.actions.typed import forget_typed
from cases.actions.walk_in import Intake, Sent
from cases.choices import Action, CitizenNotice, ClockKind, PartyRole, State
from cases.documents.elsewhere import kept_on_row, printed_elsewhere
from cases.documents.receipt_data import issue_receipt
from cases.errors import CaseError
from cases.history import record_clock, record_event
from cases.mirror import tell_paper_arrived
from cases.models import (
    Case,
    CaseResult,
    ForeignArrival,
    ForeignReception,
    IssuedDocument,
    ReceptionSlip,
)
from cases.notices.outbox import tell_citizen
from staff.actor import Actor
from staff.clock import localdate
from staff.figures import amount_text
from staff.models import ReceptionPoint
from staff.queries import current_calendar, office_hours, receives_at
from staff.rights import Capability
from staff.scope import enter
from staff.work_calendar import CalendarMissing


@dataclass(frozen=True)
class Elsewhere:
    """The commune that decides, and the money that the receiving counter notes as taken."""

    commune_id: int
    taken_vnd: int = 0


def entry_at(commune_id: int, at: datetime) -> tuple[ReceptionPoint, datetime]:
    """The main point of a commune, and when a file sent to it at this moment is in its stock.

    At once while its reception is open, also outside working time, else at the next opening; the clock of the
    law starts there.
    """
    point = ReceptionPoint.objects.select_related("commune", "centre").get(
        commune_id=commune_id, is_main=True
    )
    calendar = current_calendar()
    if receives_at(point.pk, at, calendar):
        return point, at
    return point, office_hours(point.pk, localdate(at)).open_from(at, calendar)


def register_elsewhere(intake: Intake, elsewhere: Elsewhere, *, by: Actor, at: datetime) -> ForeignReception:
    """Take a case in for another commune; the same intake key answers with the first row.

    Only counters of the competent commune are locked, so two communes that write to each other never wait
    in a circle.

    Raises:
        CaseError: ``not_allowed``, ``own_commune``, ``already_here``, ``procedure_not_registrable``,
            ``not_your_field``, ``date_needed``, ``due_too_early``, ``taken_too_much``.
    """
    if not by.may(Capability.REGISTER_CASE) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền tiếp nhận hồ sơ."))
    try:
        with transaction.atomic():
            enter(by)
            return _of_key(intake, by) or _register(intake, elsewhere, by=by, at=at)
    except IntegrityError as error:
        # Two requests with one key at the same moment: the loser shows the winner's row.
        if "one_per_intake_key" not in str(error):
            raise
        with transaction.atomic():
            enter(by)
            return ForeignReception.objects.get(commune_id=by.home_id, intake_key=intake.intake_key)


def _of_key(intake: Intake, by: Actor) -> ForeignReception | None:
    return ForeignReception.objects.filter(commune_id=by.home_id, intake_key=intake.intake_key).first()


def _register(intake: Intake, elsewhere: Elsewhere, *, by: Actor, at: datetime) -> ForeignReception:
    here = point_of(intake.reception_point_id, by)
    if elsewhere.commune_id == by.home_id:
        raise CaseError(
            "own_commune", _("Nơi giải quyết chính là xã này. Ông bà bỏ dấu “Nơi giải quyết khác”.")
        )
    if Case.objects.filter(commune_id=by.home_id, intake_key=intake.intake_key).exists():
        raise CaseError("already_here", _("Lần nhập này đã thành hồ sơ của xã. Ông bà mở màn hình mới."))
    there, enters_at = entry_at(elsewhere.commune_id, at)
    enter(there.commune_id)
    received = moment_of_receipt(intake.late, at)
    counter = counter_at(there, intake.procedure_code, localdate(received))
    check_field(counter.version, by)
    case = write_case(intake, by=by, at=at, counter=counter, sent=Sent(by.home_id, enters_at))
    papers = papers_sent(intake)
    paper_due_at = paper_due(here, at)
    _check_taken(case, elsewhere.taken_vnd)
    _write_arrival(case, here, len(papers), paper_due_at, elsewhere.taken_vnd)
    receipt = _record(case, here, intake, by=by, at=at)
    enter(by)
    forget_typed(by.home_id, intake.intake_key)
    row = ForeignReception(
        commune=here.commune,
        competent=there.commune,
        case_code=case.code,
        intake_key=intake.intake_key,
        reception_point=here,
        procedure_code=case.procedure.code,
        procedure_name=case.procedure_version.name,
        field_code=case.field_code,
        filer_name=(intake.filer or intake.principal).name,
        filer_phone=(intake.filer or intake.principal).phone,
        state=case.state,
        due_at=case.due_at,
        payable_vnd=sum(owed.payable_vnd for owed in case.obligations.all()),
        taken_vnd=elsewhere.taken_vnd,
        papers=papers,
        paper_due_at=paper_due_at,
        tracking_token=case.tracking_token,
        received_at=case.submitted_at,
        received_by_id=by.officer_id,
        entered_at=enters_at,
        **kept_on_row(receipt),
    )
    row.save(force_insert=True)
    slips = ReceptionSlip.objects.filter(commune_id=by.home_id)
    slips.keyed(intake.slip).unanswered().update(sent=row)
    tasks.wake()
    return row


def _record(case: Case, here: ReceptionPoint, intake: Intake, *, by: Actor, at: datetime) -> IssuedDocument:
    """The first events, the receipt as the receiving counter prints it, and the message to the citizen."""
    event = record_event(
        case,
        Action.REGISTER,
        by=at_counter(by),
        at=case.submitted_at,
        reason=intake.late.reason if intake.late else "",
        recorded_at=at,
        payload={
            "channel": str(case.channel),
            "due_at": case.due_at.isoformat(),
            "received_in": here.commune.gso_code,
        },
    )
    if case.accepted_at is not None and case.accepted_at <= at:
        enter_stock(case, at=at)
    document = issue_receipt(case, by=by, at=at, elsewhere=printed_elsewhere(case, here))
    tell_citizen(case, CitizenNotice.REGISTERED, event=event, at=at)
    return document


def correct_row(case: Case, receipt: IssuedDocument) -> None:
    """Bring a correction to the counter that received the citizen: whom it calls, what it prints again."""
    if case.receiving_commune_id is None:
        return
    filer = next(party for party in case.parties.all() if party.role == PartyRole.FILER)
    enter(case.receiving_commune_id)
    rows = ForeignReception.objects.filter(commune_id=case.receiving_commune_id, case_code=case.code)
    rows.update(filer_name=filer.name, filer_phone=filer.phone, **kept_on_row(receipt))
    enter(case.commune_id)


def enter_stock(case: Case, *, at: datetime) -> None:
    """The competent commune has received the file: written by the system, at its moment, without a click."""
    received = case.accepted_at or at
    case.state, case.version = State.REGISTERED, case.version + 1
    case.save()
    record_clock(case, ClockKind.START, at=received)
    record_event(case, Action.ENTER, by=None, at=received, from_state=State.SUBMITTED, recorded_at=at)


def enter_waiting(commune_id: int, *, at: datetime) -> int:
    """Let in what other communes sent while the reception of this one was closed; how many cases."""
    with transaction.atomic():
        enter(commune_id)
        waiting = Case.objects.filter(
            commune_id=commune_id,
            state=State.SUBMITTED,
            receiving_commune__isnull=False,
            accepted_at__lte=at,
        )
        cases = list(waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk"))
        for case in cases:
            enter_stock(case, at=at)
        return len(cases)


def return_foreign_result(code: str, *, by: Actor, at: datetime, collector: str) -> ForeignReception:
    """Give a result that another commune decided across this counter; that commune's case ends by it.

    Raises:
        CaseError: ``not_found``, ``not_allowed``, ``not_ready``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 20 and Điều 22.
    """
    if not by.may(Capability.HAND_OVER_RESULT):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))
    with transaction.atomic():
        enter(by)
        row = ForeignReception.objects.visible_to(by).filter(case_code=code).first()
        if row is None:
            raise CaseError("not_found", _("Không tìm thấy hồ sơ này."))
        enter(row.competent_id)
        # The case first, its row after it: the same order as every move of the competent commune.
        sent = Case.objects.filter(commune_id=row.competent_id, receiving_commune_id=by.home_id, code=code)
        case = sent.select_for_update(of=("self",), no_key=True).get()
        if case.state == State.RESOLVED:
            _return(case, by=by, at=at, collector=collector)
        elif case.state != State.RETURNED:
            raise CaseError("not_ready", _("Nơi giải quyết chưa có kết quả để trả."))
        enter(by)
        row.refresh_from_db()
        return row


def _return(case: Case, *, by: Actor, at: datetime, collector: str) -> None:
    CaseResult.objects.filter(case=case).update(collector=collector or case.principal_name)
    case.state, case.returned_at, case.version = State.RETURNED, at, case.version + 1
    case.save()
    event = record_event(
        case,
        Action.HAND_OVER,
        by=at_counter(by),
        at=at,
        from_state=State.RESOLVED,
        payload={"received_in": by.commune_gso},
    )
    if tell_citizen(case, CitizenNotice.HANDED_OVER, event=event, at=at):
        tasks.wake()


def take_paper(code: str, *, by: Actor, at: datetime) -> Case:
    """The competent commune has the paper of a case in its hands; told twice it stays as it is.

    Raises:
        CaseError: ``not_found``, ``not_allowed``.
    """
    if not by.may(Capability.REGISTER_CASE):
        raise CaseError("not_allowed", _("Tài khoản này không có quyền làm bước này."))
    with transaction.atomic():
        enter(by)
        visible = Case.objects.visible_to(by).filter(code=code, receiving_commune__isnull=False)
        case = visible.select_for_update(of=("self",), no_key=True).first()
        if case is None:
            raise CaseError("not_found", _("Không tìm thấy hồ sơ này."))
        if case.arrival.paper_arrived_on is None:
            case.arrival.paper_arrived_on, case.arrival.paper_taken_by_id = localdate(at), by.officer_id
            case.arrival.save()
            case.version += 1
            case.save()
            record_event(case, Action.PAPER_ARRIVED, by=by, at=at, from_state=case.state)
            tell_paper_arrived(case)
        return case


def at_counter(by: Actor) -> Actor:
    """The officer as another commune's history names him: with the commune whose counter it is."""
    point = ", ".join(part for part in (by.reception_point_name, by.commune_name) if part)
    return replace(by, reception_point_name=point)


def _check_taken(case: Case, taken_vnd: int) -> None:
    payable = sum(row.payable_vnd for row in case.obligations.all())
    if taken_vnd > payable:
        message = _("Hồ sơ này chỉ phải nộp %(amount)s, ông bà xem lại số tiền đã thu.")
        raise CaseError("taken_too_much", message % {"amount": amount_text(payable)})


def _write_arrival(
    case: Case, here: ReceptionPoint, papers: int, paper_due_at: datetime, taken_vnd: int
) -> None:
    ForeignArrival.objects.create(
        commune_id=case.commune_id,
        case=case,
        point=here,
        received_at_name=f"{here.short_name}, {here.commune.name}",
        taken_vnd=taken_vnd,
        paper_count=papers,
        paper_due_at=paper_due_at,
    )


def papers_sent(intake: Intake) -> list[dict[str, Any]]:
    """The papers that go on to the competent commune, each with its number of sheets taken."""
    counted = [
        (paper.name, paper.originals + paper.certified_copies + paper.photocopies) for paper in intake.papers
    ]
    return [{"name": name, "count": count} for name, count in counted if count]


def paper_due(here: ReceptionPoint, at: datetime) -> datetime:
    """Paper leaves within one working day: by the closing time of the next one (Điều 18)."""
    calendar, today = current_calendar(), localdate(at)
    try:
        day: date = calendar.next_working_day(today)
    except CalendarMissing:  # at year's end before the next year is published; no promise hangs on it
        day = today + timedelta(days=1)
    return office_hours(here.pk, day).end_of(day, calendar)
