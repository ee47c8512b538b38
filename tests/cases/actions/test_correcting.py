"""An error in a signed result: a case of its own, three working days, nothing to pay."""

import pytest

from cases import actions
from cases.actions.agencies import AgencyResult
from cases.choices import CaseKind, PartyRole, State
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError
from cases.models import Case, CaseEvent, ClockEvent, IssuedDocument, OutboxMessage
from cases.parties import number_of
from staff.clock import local
from staff.models import Agency
from tests.cases.conftest import FRIDAY_MORNING, an_intake


def corrected(case, by, *, version=None, reason="Sai năm sinh trên giấy xác nhận"):
    wanted = case.version if version is None else version
    return actions.open_correction(case.code, by=by, at=FRIDAY_MORNING, version=wanted, reason=reason)


def refusal_of(call):
    with pytest.raises(CaseError) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize("state", [State.RESOLVED, State.RETURNED])
@pytest.mark.parametrize("username", ["ha.lt", "long.td"])
def test_open_correction_is_a_linked_case_with_its_own_numbers(case_at, people, state, username):
    first = case_at(state)

    case = Case.objects.get(pk=corrected(first, people[username]).pk)
    before, first = first, Case.objects.get(pk=first.pk)

    assert (case.kind, case.corrects, case.state) == (CaseKind.CORRECTION, first, State.REGISTERED)
    assert (case.code[-4:], case.register_number) == ("0002", first.register_number + 1)
    assert (first.state, first.version, first.finished_at) == (state, before.version + 1, before.finished_at)
    last = CaseEvent.objects.filter(case=first).last()
    assert (last.kind, last.payload["correction"], last.seq) == ("open_correction", case.code, first.version)
    said = CaseEvent.objects.get(case=case)
    assert (said.kind, said.payload["corrects"], said.reason) == ("register", first.code, last.reason)


def test_open_correction_promises_three_working_days_and_asks_nothing(case_at, clerk):
    case = corrected(case_at(State.RETURNED), clerk)

    # Friday; Ngày Văn hóa Việt Nam is Tuesday 24/11
    assert local(case.due_at).isoformat() == "2026-11-26T17:00:00+07:00"
    assert (case.limit_amount, case.limit_unit, case.due_trace[0]["date"]) == (3, "working_day", "2026-11-20")
    assert (case.obligations.count(), case.papers.count()) == (0, 0)
    assert ClockEvent.objects.get(case=case).at == FRIDAY_MORNING


def test_open_correction_takes_everybody_over_and_tells_the_citizen(case_at, clerk):
    first = case_at(State.RETURNED)
    case = corrected(first, clerk)

    people = [(p.role, p.name, p.phone, number_of(p)) for p in first.parties.all()]
    assert [(p.role, p.name, p.phone, number_of(p)) for p in case.parties.all()] == people
    assert people[0] == (PartyRole.PRINCIPAL, "Lê Thị Hương", "+84912345018", "038185012346")
    assert OutboxMessage.objects.filter(case=case, kind="registered", channel="sms").count() == 1


def test_open_correction_prints_a_receipt_that_says_what_it_is(case_at, clerk):
    first = case_at(State.RETURNED)
    printed = snapshot_of(IssuedDocument.objects.get(case=corrected(first, clerk)))

    assert (printed["corrects"], printed["payable_vnd"], printed["papers"]) == (first.code, 0, [])


def test_open_correction_lives_like_any_case(case_at, clerk, handler, leader):
    case, at = corrected(case_at(State.RETURNED), clerk), FRIDAY_MORNING
    case = actions.forward_case(
        case.code, by=clerk, at=at, version=case.version, holder_id=handler.officer_id
    )
    case = actions.submit_result(
        case.code, by=handler, at=at, version=case.version, granted=True, body="Đính chính"
    )
    case = actions.approve_result(case.code, by=leader, at=at, version=case.version, number="13/XN-UBND")
    case = actions.hand_over_result(case.code, by=clerk, at=at, version=case.version, collector="")

    assert (case.state, case.kind) == (State.RETURNED, CaseKind.CORRECTION)


def test_open_correction_stands_outside_form_07a(case_at, clerk):
    first = case_at(State.RETURNED)
    corrected(first, clerk)

    assert list(Case.objects.counted_in_form_07a()) == [first]


def test_open_correction_while_one_is_open_is_refused(case_at, people, clerk):
    first = case_at(State.RETURNED)
    case = corrected(first, clerk)
    first.refresh_from_db()
    assert refusal_of(lambda: corrected(first, clerk)) == "refused"

    actions.withdraw_case(case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, reason="Không sai")

    assert corrected(first, clerk).register_number == 3


@pytest.mark.parametrize(
    ("state", "username", "more", "code"),
    [
        (State.AWAITING_APPROVAL, "ha.lt", {}, "refused"),
        (State.RETURNED, "duc.hm", {}, "not_allowed"),
        (State.RETURNED, "thanh.nt", {}, "not_allowed"),
        (State.RETURNED, "mai.lt", {}, "not_found"),
        (State.RETURNED, "ha.lt", {"version": 1}, "stale"),
        (State.RETURNED, "ha.lt", {"reason": ""}, "reason_needed"),
    ],
)
def test_open_correction_that_may_not_be_is_refused(case_at, people, state, username, more, code):
    case = case_at(state)

    assert refusal_of(lambda: corrected(case, people[username], **more)) == code
    assert Case.objects.count() == 1


def test_open_correction_of_what_an_agency_signed_is_refused(clerk, people):
    agency = Agency.objects.get(slug="so-tu-phap")
    case = actions.register_at_agency(an_intake(clerk), agency.pk, by=clerk, at=FRIDAY_MORNING)
    case = actions.send_to_agency(case.code, by=clerk, at=FRIDAY_MORNING, version=1)
    result = AgencyResult(True, "5/STP", FRIDAY_MORNING.date(), "Nguyễn Văn A", "Cấp phiếu")
    case = actions.record_agency_result(case.code, by=clerk, at=FRIDAY_MORNING, version=2, result=result)

    assert refusal_of(lambda: corrected(case, clerk)) == "refused"
