from datetime import timedelta

import pytest

from cases import actions
from cases.actions import Person
from cases.choices import State
from cases.errors import CaseError
from cases.models import StrangeCodeAttempt
from tests.cases.conftest import FRIDAY_MORNING, an_intake

HOME = "203.0.113.7"


def refusal_of_answer(case, digits, *, at=FRIDAY_MORNING, address=HOME):
    with pytest.raises(CaseError) as refused:
        actions.answer_digits(case, digits, address=address, at=at)
    return refused.value


@pytest.mark.parametrize("digits", ["5018", "2346"])
def test_answer_digits_of_phone_or_number_opens(case_at, digits):
    actions.answer_digits(case_at(State.REGISTERED), digits, address=HOME, at=FRIDAY_MORNING)


def test_answer_digits_of_the_printed_pin_opens(clerk):
    case = actions.register_case(
        an_intake(clerk, principal=Person(name="Cụ Đinh Thị Vân")), by=clerk, at=FRIDAY_MORNING
    )

    actions.answer_digits(case, case.tracking_pin, address=HOME, at=FRIDAY_MORNING)


def test_answer_digits_empty_never_opens(case_at):
    assert refusal_of_answer(case_at(State.REGISTERED), "").code == "digits_wrong"


def test_answer_digits_five_wrong_close_the_case_for_an_hour(case_at):
    case = case_at(State.REGISTERED)

    codes = [refusal_of_answer(case, "0000").code for _try in range(6)]

    assert codes == ["digits_wrong"] * 5 + ["too_many_tries"]
    assert refusal_of_answer(case, "5018").code == "too_many_tries"
    actions.answer_digits(case, "5018", address=HOME, at=FRIDAY_MORNING + timedelta(minutes=61))


def test_answer_digits_from_another_address_shares_the_tries_of_the_case(case_at):
    case = case_at(State.REGISTERED)
    for last in range(5):
        refusal_of_answer(case, "0000", address=f"203.0.113.{last}")

    assert refusal_of_answer(case, "5018", address="198.51.100.1").code == "too_many_tries"


def test_answer_digits_says_how_many_tries_are_left(case_at):
    case = case_at(State.REGISTERED)

    assert "Còn 4 lần" in str(refusal_of_answer(case, "0000").message)
    assert "Còn 3 lần" in str(refusal_of_answer(case, "0000").message)


STRANGE = "H56.99.00.01-261120-0001"


def answers_to(code, tries, *, digits="0000", at=FRIDAY_MORNING, address=HOME):
    """The code and the words of each refusal."""
    told = []
    for _try in range(tries):
        with pytest.raises(CaseError) as refused:
            actions.open_by_code(code, digits, address=address, at=at)
        told.append((refused.value.code, str(refused.value.message)))
    return told


def test_open_by_code_answers_a_strange_code_as_a_case_try_by_try(case_at):
    case = case_at(State.REGISTERED)
    known = answers_to(case.code, 7)

    assert answers_to(STRANGE, 7) == known
    assert [code for code, _words in known] == ["digits_wrong"] * 5 + ["too_many_tries"] * 2
    later = FRIDAY_MORNING + timedelta(minutes=61)
    assert answers_to(STRANGE, 1, at=later) == answers_to(case.code, 1, at=later) == known[:1]


def test_open_by_code_counts_each_strange_code_alone_from_every_address(db):
    answers_to(STRANGE, 5)

    assert answers_to(STRANGE, 1, address="198.51.100.1")[0][0] == "too_many_tries"
    assert answers_to(STRANGE[:-1] + "2", 1)[0][0] == "digits_wrong"


def test_open_by_code_ceiling_of_an_address_counts_cases_and_strange_codes_together(case_at, monkeypatch):
    case = case_at(State.REGISTERED)
    monkeypatch.setattr("cases.actions.tracking.MOST_PER_ADDRESS", 4)
    answers_to(STRANGE, 2)
    answers_to(case.code, 2)

    for code in (STRANGE, case.code, STRANGE[:-1] + "2"):
        assert answers_to(code, 1, digits="5018")[0][0] == "too_many_tries"


def test_strange_codes_are_kept_for_an_hour_and_unreadable(db):
    answers_to(STRANGE, 3)
    answers_to(STRANGE[:-1] + "2", 1, at=FRIDAY_MORNING + timedelta(minutes=61))

    [kept] = StrangeCodeAttempt.objects.all()
    assert STRANGE.encode()[:8] not in bytes(kept.code_blind)
    assert HOME.encode() not in bytes(kept.address_blind)
