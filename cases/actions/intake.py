"""A walk-in becomes a case: code, promise, fees, people, papers, receipt and history in one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases import tasks
from cases.actions.counter import Counter, check_field, counter_at, point_of
from cases.actions.immediate import finish_at_once
from cases.actions.late import moment_of_receipt
from cases.actions.new_case import write_case
from cases.actions.recall import recalled_from
from cases.actions.typed import forget_typed
from cases.actions.walk_in import Intake, Sent
from cases.choices import (
    Action,
    CitizenNotice,
    ClockKind,
    PartyKind,
)
from cases.documents.receipt_data import issue_receipt
from cases.errors import CaseError
from cases.history import record_clock, record_event
from cases.models import Case, ForeignReception, ReceptionSlip
from cases.models.case import Tail
from cases.notices.outbox import tell_citizen
from staff.actor import Actor
from staff.clock import localdate
from staff.gathering import Question, Rows, Values, let_go
from staff.rights import Capability
from staff.scope import enter


def register_case(
    intake: Intake,
    *,
    by: Actor,
    at: datetime,
    counter: Counter | None = None,
    sent: Sent | None = None,
) -> Case:
    """Take a case in and promise its date; the same intake key answers with the first case.

    Args:
        counter: what the page of the same request has read; anything that does not fit is read anew.
        sent: for which agency, where one outside the commune decides.

    Raises:
        CaseError: ``not_allowed``, ``procedure_not_registrable``, ``not_your_field``, ``date_needed``,
            ``due_too_early``, ``not_immediate``, ``filer_needed``, ``sent_on``; for a late entry
            ``late_in_future``, ``late_too_old``, ``late_without_reason``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 (reception, form 01) and Điều 28 (case code).
    """
    if not by.may(Capability.REGISTER_CASE) or by.commune_id is None:
        raise CaseError("not_allowed", _("Tài khoản này không có quyền tiếp nhận hồ sơ."))
    if intake.principal.kind == PartyKind.ORGANISATION and intake.filer is None:
        raise CaseError("filer_needed", _("Tổ chức nộp hồ sơ qua một người, ông bà ghi người nộp."))
    try:
        with transaction.atomic():
            enter(by)
            first, is_sent_on = _same_key(intake, by)
            if is_sent_on and first is None:
                raise CaseError("sent_on", _("Lần nhập này đã chuyển đến xã khác. Ông bà mở màn hình mới."))
            return first or _register(intake, by=by, at=at, counter=counter, sent=sent)
    except IntegrityError as error:
        # Two requests with one key at the same moment: the loser shows the winner's case.
        if "cases_case_one_per_intake_key" not in str(error):
            raise
        with transaction.atomic():
            enter(by)
            return Case.objects.get(commune_id=by.home_id, intake_key=intake.intake_key)


def _same_key(intake: Intake, by: Actor) -> tuple[Case | None, bool]:
    """The case that this very screen became before, and whether one was sent to another commune."""
    found = _of_key.gather(commune_id=by.home_id, intake_key=intake.intake_key)
    return next(iter(found["here"]), None), bool(found["sent_on"])


@Question
def _of_key(**of_key: int | UUID) -> dict[str, Rows | Values]:
    return {
        "here": Rows(Case.objects.filter(**of_key)),
        "sent_on": Values(ForeignReception.objects.filter(**of_key).values_list("pk")),
    }


def _register(intake: Intake, *, by: Actor, at: datetime, counter: Counter | None, sent: Sent | None) -> Case:
    received = moment_of_receipt(intake.late, at)
    day = localdate(received)
    if counter is None or not counter.is_for(intake.reception_point_id, intake.procedure_code, day, by):
        counter = counter_at(point_of(intake.reception_point_id, by), intake.procedure_code, day)
    check_field(counter.version, by)
    case = write_case(intake, by=by, at=at, counter=counter, sent=sent)
    case.tail = Tail(0, "", 0)
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
    case.tail = None
    let_go(case)
    return case


def _recalled(intake: Intake, by: Actor) -> dict[str, str]:
    """The earlier case whose data were used again, if any."""
    if not intake.is_recalled:
        return {}
    source = recalled_from(by.home_id, intake.intake_key, intake.principal.id_number)
    return {"recalled_from": source} if source else {}


def _answer_slip(case: Case, intake: Intake) -> None:
    """Say on the slip which case followed it; one that another case followed stays as it is."""
    slips = ReceptionSlip.objects.filter(commune_id=case.commune_id)
    slips.keyed(intake.slip).unanswered().update(case=case)
