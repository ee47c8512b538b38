from datetime import timedelta

import pytest

from cases import actions
from cases.actions import Person
from cases.choices import State
from cases.errors import CaseError
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


def test_open_by_code_unknown_code_is_refused_like_wrong_digits(db):
    with pytest.raises(CaseError) as refused:
        actions.open_by_code("H56.99.00.01-261120-0001", "5018", address=HOME, at=FRIDAY_MORNING)

    assert refused.value.code == "digits_wrong"
