"""Many hands at one moment, in real transactions: no gap, no double, one winner."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cases import actions
from cases.choices import State
from cases.errors import CaseError, StaleCase
from cases.models import Case, CaseEvent, Draft, TrackingAttempt
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """What each call returned or raised, all of them begun at the same moment on connections of their own."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            gate.wait(timeout=20)
            return call()
        except CaseError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def register(clerk, intake):
    return lambda: actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)


def test_register_case_by_eight_hands_leaves_no_gap_and_no_double(people):
    clerks = [people["ha.lt"], people["hien.vt"]] * 4

    cases = at_once(*[register(clerk, an_intake(clerk)) for clerk in clerks])

    prefix = cases[0].commune.org_code
    assert sorted(case.code for case in cases) == [f"{prefix}-261120-{n:04d}" for n in range(1, 9)]
    assert sorted(case.register_number for case in cases) == list(range(1, 9))


def test_register_case_in_two_communes_counts_for_each(people):
    clerks = [people["ha.lt"], people["mai.lt"]] * 3

    cases = at_once(*[register(clerk, an_intake(clerk)) for clerk in clerks])

    serials = {}
    for case in cases:
        serials.setdefault(case.commune_id, []).append(case.code[-4:])
    assert [sorted(found) for found in serials.values()] == [["0001", "0002", "0003"]] * 2


def test_register_case_with_one_key_by_four_hands_is_one_case(people):
    clerk = people["ha.lt"]
    intake = an_intake(clerk)

    cases = at_once(*[register(clerk, intake) for _hand in range(4)])
    following = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    assert {case.pk for case in cases} == {cases[0].pk}
    assert (Case.objects.count(), CaseEvent.objects.filter(case=cases[0]).count()) == (2, 1)
    assert (following.code[-4:], following.register_number) == ("0002", 2)


def test_move_by_two_hands_with_one_version_has_one_winner(case_at, people):
    case = case_at(State.REGISTERED)

    def forward(username):
        return lambda: actions.forward_case(
            case.code, by=people[username], at=FRIDAY_MORNING, version=case.version
        )

    results = at_once(forward("ha.lt"), forward("hien.vt"))

    assert sorted(type(result).__name__ for result in results) == ["Case", "StaleCase"]
    case.refresh_from_db()
    assert (case.state, case.version) == (State.IN_PROGRESS, 2)
    assert list(case.events.values_list("seq", "kind")) == [(1, "register"), (2, "forward")]


def test_approve_against_withdraw_ends_the_case_once(case_at, people):
    case = case_at(State.AWAITING_APPROVAL)
    leader, clerk = people["thanh.nt"], people["ha.lt"]

    results = at_once(
        lambda: actions.approve_result(
            case.code, by=leader, at=FRIDAY_MORNING, version=case.version, number="1/XN"
        ),
        lambda: actions.withdraw_case(
            case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, reason="Xin rút"
        ),
    )

    assert sum(isinstance(result, StaleCase) for result in results) == 1
    case.refresh_from_db()
    is_signed = case.state == State.RESOLVED
    assert case.state in {State.RESOLVED, State.WITHDRAWN}
    assert case.results.count() == is_signed
    assert Draft.objects.get(case=case).decision == ("approved" if is_signed else "")
    assert [tick.kind for tick in case.clock_events.all()] == ["start", "stop"]


def test_answer_digits_by_eight_hands_counts_five_tries(case_at):
    case = case_at(State.REGISTERED)

    def guess(digits):
        return lambda: actions.answer_digits(case, digits, address="203.0.113.7", at=FRIDAY_MORNING)

    results = at_once(*[guess(f"{number:04d}") for number in range(8)])

    assert sorted(refused.code for refused in results) == ["digits_wrong"] * 5 + ["too_many_tries"] * 3
    assert TrackingAttempt.objects.filter(case=case).count() == 5
