"""The moves of a case after reception: lock the row, ask the workflow, write, leave a message."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases import tasks
from cases.beside import read_beside
from cases.choices import Action, CitizenNotice, ClockKind, Decision, DraftKind, NoticeKind, State
from cases.errors import CaseError, StaleCase
from cases.history import end_of, record_clock, record_event, tail_from
from cases.models import Case, CaseEvent, CaseResult, Draft, OutboxMessage
from cases.notices.outbox import citizen_messages, leave, officer_messages
from cases.workflow import MOVES, held_by, lacks_right, refusal_of
from staff.actor import Actor
from staff.clock import localdate
from staff.gathering import let_go
from staff.queries import members_with
from staff.rights import Capability
from staff.scope import enter


def forward_case(
    code: str, *, by: Actor, at: datetime, version: int, holder_id: int | None = None, reason: str = ""
) -> Case:
    """Pass a registered case to the officer who handles it.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``, ``unknown_holder``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 18 (forwarded the same working day).
    """
    with moving(code, by=by, version=version) as case:
        if holder_id is not None:
            _require_handler(case, holder_id, at)
        case.holder_id = holder_id
        event = _move(case, Action.FORWARD, by=by, at=at, reason=reason, payload={"holder": holder_id})
        receivers = [holder_id] if holder_id else _officers_with(case, Capability.HANDLE_CASE, at)
        tell(case, NoticeKind.FORWARDED, receivers, event=event, at=at)
        return case


def claim_case(code: str, *, by: Actor, at: datetime, version: int) -> Case:
    """Take up a case that nobody holds; a registered one is forwarded to oneself by that.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused`` (also while somebody holds it).
    """
    with moving(code, by=by, version=version) as case:
        check_move(case, Action.CLAIM, by, None)
        _require_handler(case, by.officer_id, at)
        case.holder_id = by.officer_id
        write_move(case, Action.CLAIM, by=by, at=at, payload={"holder": by.officer_id})
        return case


def hand_on_case(code: str, *, by: Actor, at: datetime, version: int, holder_id: int) -> Case:
    """Hand the case that one holds to a colleague.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``, ``unknown_holder``.
    """
    return _give(Action.HAND_ON, code, by=by, at=at, version=version, holder_id=holder_id)


def assign_case(code: str, *, by: Actor, at: datetime, version: int, holder_id: int) -> Case:
    """Give a running case to another handler, whoever holds it.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``, ``unknown_holder``.
    """
    return _give(Action.ASSIGN, code, by=by, at=at, version=version, holder_id=holder_id)


def submit_result(code: str, *, by: Actor, at: datetime, version: int, granted: bool, body: str) -> Case:
    """Propose a result for signature; whoever proposes becomes the holder, and the former one is told.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``.
    """
    with moving(code, by=by, version=version) as case:
        check_move(case, Action.SUBMIT, by, None)
        before = case.holder_id
        draft = Draft.objects.create(
            commune_id=case.commune_id,
            case=case,
            kind=DraftKind.RESULT,
            granted=granted,
            body=body,
            proposed_by_id=by.officer_id,
            proposed_at=at,
        )
        case.holder_id = by.officer_id
        event = _move(case, Action.SUBMIT, by=by, at=at, payload={"draft": draft.pk, "granted": granted})
        leaders = _officers_with(case, Capability.APPROVE_RESULT, at)
        tell(case, NoticeKind.SUBMITTED, leaders, event=event, at=at)
        tell(case, NoticeKind.TAKEN, [before] if before else [], event=event, at=at)
        return case


def approve_result(
    code: str, *, by: Actor, at: datetime, version: int, number: str, remark: str = ""
) -> Case:
    """Sign the proposed result; the clock of the law ends here.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused`` (also for one's own draft), ``no_draft``.
    """
    with moving(code, by=by, version=version) as case:
        draft = _open_draft(case)
        check_move(case, Action.APPROVE, by, draft)
        _decide(draft, Decision.APPROVED, by=by, at=at, remark=remark)
        result = CaseResult.objects.create(
            commune_id=case.commune_id,
            case=case,
            draft=draft,
            granted=draft.granted,
            number=number,
            summary=draft.body,
            signed_on=localdate(at),
            signer_id=by.officer_id,
            signer_title=by.title,
        )
        case.finished_at, case.finished_on = at, localdate(at)
        event = _move(case, Action.APPROVE, by=by, at=at, payload={"draft": draft.pk, "result": result.pk})
        told = officer_messages(
            case, NoticeKind.APPROVED, [case.typed_by_id, draft.proposed_by_id], event=event, at=at
        )
        _leave([*told, *citizen_messages(case, CitizenNotice.RESULT_READY, event=event, at=at)])
        return case


def send_back_draft(code: str, *, by: Actor, at: datetime, version: int, reason: str) -> Case:
    """Return the draft to its proposer with the reason; the clock goes on.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``, ``no_draft``, ``reason_needed``.
    """
    with moving(code, by=by, version=version) as case:
        draft = _open_draft(case)
        check_move(case, Action.SEND_BACK, by, draft)
        _decide(draft, Decision.SENT_BACK, by=by, at=at, remark=reason)
        event = _move(case, Action.SEND_BACK, by=by, at=at, reason=reason, payload={"draft": draft.pk})
        tell(case, NoticeKind.SENT_BACK, [draft.proposed_by_id], event=event, at=at)
        return case


def hand_over_result(code: str, *, by: Actor, at: datetime, version: int, collector: str) -> Case:
    """Give the signed result to the citizen or to the person he sent.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 22.
    """
    with moving(code, by=by, version=version) as case:
        CaseResult.objects.filter(case=case).update(collector=collector or case.principal_name)
        case.returned_at = at
        event = _move(case, Action.HAND_OVER, by=by, at=at)
        citizen_told(case, CitizenNotice.HANDED_OVER, event=event, at=at)
        return case


def withdraw_case(code: str, *, by: Actor, at: datetime, version: int, reason: str) -> Case:
    """End the case at the citizen's wish, before the decision.

    Raises:
        CaseError: ``not_found``, ``stale``, ``refused``, ``reason_needed``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 21.
    """
    with moving(code, by=by, version=version) as case:
        draft = _undecided(case)
        case.finished_at, case.finished_on = at, localdate(at)
        event = _move(
            case, Action.WITHDRAW, by=by, at=at, reason=reason, payload={"draft": draft.pk if draft else None}
        )
        tell(case, NoticeKind.WITHDRAWN, [case.holder_id] if case.holder_id else [], event=event, at=at)
        return case


@contextmanager
def moving(code: str, *, by: Actor, version: int) -> Iterator[Case]:
    """The case under its lock, in one transaction; refuses a version that is no longer the last."""
    with transaction.atomic():
        enter(by)
        case = (
            Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(code=code).first()
        )
        if case is None:
            raise CaseError("not_found", _("Không tìm thấy hồ sơ này."))
        if case.version != version:
            raise StaleCase("stale", _("Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."))
        case.tail = tail_from(read_beside(case, ("parties", "drafts"), end_of))
        yield case
        case.tail = None
        let_go(case)


def _give(action: Action, code: str, *, by: Actor, at: datetime, version: int, holder_id: int) -> Case:
    with moving(code, by=by, version=version) as case:
        check_move(case, action, by, None)
        _require_handler(case, holder_id, at)
        before = case.holder_id
        case.holder_id = holder_id
        event = write_move(case, action, by=by, at=at, payload={"holder": holder_id})
        tell(case, NoticeKind.FORWARDED, [holder_id], event=event, at=at)
        if before and before != holder_id:
            tell(case, NoticeKind.TAKEN, [before], event=event, at=at)
        return case


def check_move(case: Case, action: Action, by: Actor, draft: Draft | None) -> None:
    """Refuse a step that the state, the rights or the own draft forbid.

    Raises:
        CaseError: ``not_allowed``, ``refused``.
    """
    own = draft is not None and draft.proposed_by_id == by.officer_id
    held = held_by(case.holder_id, by.officer_id)
    at_agency = case.competent_agency_id is not None
    refusal = refusal_of(
        action, State(case.state), by.capabilities, is_own_draft=own, held=held, at_agency=at_agency
    )
    if refusal:
        code = "not_allowed" if lacks_right(action, by.capabilities) else "refused"
        raise CaseError(code, str(refusal))


def _move(
    case: Case,
    action: Action,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> CaseEvent:
    """Check the move against the table, then write it; the caller has set what else changes."""
    check_move(case, action, by, None)
    return write_move(case, action, by=by, at=at, reason=reason, payload=payload)


def write_move(
    case: Case,
    action: Action,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write the new state and its event; the clock ends with the case where that was decided earlier."""
    move, before = MOVES[action], case.state
    if move.needs_reason and not reason:
        raise CaseError("reason_needed", _("Ông bà ghi lý do."))
    case.state = move.target
    case.version += 1
    case.save()
    if move.clock is ClockKind.STOP and before != State.SUBMITTED:  # no clock has begun there
        record_clock(case, ClockKind.STOP, at=case.finished_at or at)
    return record_event(case, action, by=by, at=at, from_state=before, reason=reason, payload=payload)


def _undecided(case: Case) -> Draft | None:
    return next((draft for draft in case.drafts.all() if not draft.decision), None)


def _open_draft(case: Case) -> Draft:
    draft = _undecided(case)
    if draft is None:
        raise CaseError("no_draft", _("Hồ sơ này không có dự thảo chờ ký."))
    return draft


def _decide(draft: Draft, decision: Decision, *, by: Actor, at: datetime, remark: str) -> None:
    draft.decided_by_id, draft.decided_at, draft.decision, draft.remark = by.officer_id, at, decision, remark
    draft.save()


def _officers_with(case: Case, capability: Capability, at: datetime) -> list[int]:
    """Officers of the commune with the capability whose fields hold this case."""
    members = members_with(case.commune_id, capability, day=localdate(at))
    return [
        member.officer_id
        for member in members
        if not member.field_codes or case.field_code in member.field_codes
    ]


def _require_handler(case: Case, holder_id: int, at: datetime) -> None:
    if holder_id not in _officers_with(case, Capability.HANDLE_CASE, at):
        raise CaseError("unknown_holder", _("Người được chọn không phải công chức chuyên môn của xã."))


def tell(case: Case, kind: NoticeKind, officers: Iterable[int], *, event: CaseEvent, at: datetime) -> None:
    """Leave a message for these officers."""
    _leave(officer_messages(case, kind, officers, event=event, at=at))


def citizen_told(case: Case, kind: CitizenNotice, *, event: CaseEvent, at: datetime) -> None:
    """Leave a message for the citizen."""
    _leave(citizen_messages(case, kind, event=event, at=at))


def _leave(messages: Sequence[OutboxMessage]) -> None:
    if leave(messages):
        tasks.wake()
