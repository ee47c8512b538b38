"""A case entered by mistake: ended by the leader on the same day, found by its code, counted nowhere."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.actions.voiding import hindrance_of
from cases.choices import ClockKind, State
from cases.errors import CaseError
from cases.lookups import found, moment_of, strip_of
from cases.models import Case, ClockEvent, OutboxMessage, ReceptionSlip
from cases.queues import QueueFilter
from staff.queries import current_calendar
from tests.cases.conftest import FRIDAY_MORNING, a_slip, a_take, an_intake


def voided(case, people, *, by="long.td", at=FRIDAY_MORNING, reason="Nhập hai lần"):
    return actions.void_case(case.code, by=people[by], at=at, version=case.version, reason=reason)


def refused(case, people, **more):
    with pytest.raises(CaseError) as refusal:
        voided(case, people, **more)
    return refusal.value.code


@pytest.mark.parametrize("state", [State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL])
def test_void_case_ends_a_running_case_and_its_clock(case_at, people, state):
    case = case_at(state)

    voided(case, people, at=FRIDAY_MORNING + timedelta(hours=5))

    case = Case.objects.get()
    assert (case.state, case.state_words) == (State.STOPPED, "Đã hủy (nhập nhầm)")
    assert case.voided_at == case.finished_at == FRIDAY_MORNING + timedelta(hours=5)
    assert (case.events.last().kind, case.events.last().reason) == ("void", "Nhập hai lần")
    assert case.version == case.events.last().seq
    assert ClockEvent.objects.filter(case=case).last().kind == ClockKind.STOP


@pytest.mark.parametrize("state", [State.RESOLVED, State.RETURNED])
def test_void_case_after_the_signature_is_refused(case_at, people, state):
    assert refused(case_at(state), people) == "refused"


@pytest.mark.parametrize("username", ["ha.lt", "duc.hm", "thanh.nt"])
def test_void_case_by_anybody_but_the_director_is_refused(case_at, people, username):
    assert refused(case_at(State.REGISTERED), people, by=username) == "not_allowed"


def test_void_case_on_another_day_is_refused(case_at, people):
    case = case_at(State.REGISTERED)
    midnight = FRIDAY_MORNING.replace(hour=23, minute=59)

    assert refused(case, people, at=midnight + timedelta(minutes=1)) == "hindered"
    assert voided(case, people, at=midnight).voided_at == midnight


def test_void_case_with_money_taken_waits_for_its_receipt(case_at, people):
    case, clerk = case_at(State.REGISTERED), people["ha.lt"]
    payment = actions.take_payment(case.code, a_take(), by=clerk, at=FRIDAY_MORNING, version=1)
    case.refresh_from_db()

    assert refused(case, people) == "hindered"
    actions.void_payment(
        case.code, payment.pk, by=clerk, at=FRIDAY_MORNING, version=case.version, reason="Trả lại"
    )
    case.refresh_from_db()
    assert voided(case, people).voided_at == FRIDAY_MORNING


def test_void_case_without_a_reason_or_twice_is_refused(case_at, people):
    case = case_at(State.REGISTERED)

    assert refused(case, people, reason="") == "reason_needed"
    assert refused(voided(case, people), people) == "refused"


def test_void_case_leaves_the_counts_and_is_found_by_its_code(case_at, people, clerk):
    case = voided(case_at(State.IN_PROGRESS), people)

    visible = Case.objects.visible_to(clerk)
    moment = moment_of(FRIDAY_MORNING, date(2026, 11, 20), current_calendar())
    _chosen, strip, _unknown = strip_of(clerk, QueueFilter(), moment)
    assert set(strip.counts.values()) == {0}
    assert list(visible.running()) == []
    assert [row.code for row in found(clerk, case.code, size=20).cases] == [case.code]


def test_void_case_gives_neither_code_nor_number_again(case_at, people, clerk):
    first = voided(case_at(State.REGISTERED), people)

    second = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    assert (first.code[-4:], second.code[-4:]) == ("0001", "0002")
    assert (first.register_number, second.register_number) == (1, 2)


def test_void_case_tells_who_typed_and_who_holds_it(case_at, people):
    case = case_at(State.IN_PROGRESS)

    voided(case, people)

    told = OutboxMessage.objects.filter(kind="voided").values_list("recipient", flat=True)
    assert set(told) == {str(people[name].officer_id) for name in ("ha.lt", "duc.hm")}


def test_void_case_opens_the_slip_that_it_came_from(case_at, people, clerk):
    slip = actions.give_slip(a_slip(clerk), by=clerk, at=FRIDAY_MORNING)
    case = case_at(State.REGISTERED, slip=(slip.year, slip.serial))
    assert ReceptionSlip.objects.get().case == case

    voided(case, people)

    assert ReceptionSlip.objects.get().case is None


def test_void_case_waits_until_the_money_taken_is_given_back(case_at, people, clerk):
    case = case_at(State.REGISTERED, procedure_code="2.000815", copies=4)
    payment = actions.take_payment(case.code, a_take(), by=clerk, at=FRIDAY_MORNING, version=1)
    case.refresh_from_db()
    assert refused(case, people) == "hindered"
    assert hindrance_of(case, at=FRIDAY_MORNING) == (
        "Đã thu tiền cho hồ sơ này. Ông bà hủy biên lai trước, rồi hủy hồ sơ."
    )

    actions.void_payment(case.code, payment.pk, by=clerk, at=FRIDAY_MORNING, version=2, reason="Trả lại")
    case.refresh_from_db()

    assert voided(case, people).state == State.STOPPED
