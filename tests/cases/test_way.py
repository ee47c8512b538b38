"""The four arches of the citizen's page."""

import pytest

from cases.choices import Action, State
from cases.way import told, way
from tests.calendar_table import moment

RECEIVED = moment("2026-11-20 09:42")  # Friday
FORWARDED = moment("2026-11-20 10:10")
SIGNED = moment("2026-11-25 15:00")  # Wednesday
ALL = {Action.REGISTER: RECEIVED, Action.FORWARD: FORWARDED, Action.APPROVE: SIGNED}


@pytest.mark.parametrize(
    ("state", "css"),
    [
        (State.SUBMITTED, ["now", "", "", ""]),
        (State.AWAITING_COMPLETION, ["now", "", "", ""]),
        (State.REGISTERED, ["did", "now", "", ""]),
        (State.IN_PROGRESS, ["did", "now", "", ""]),
        (State.AWAITING_SUPPLEMENT, ["did", "now", "", ""]),
        (State.AWAITING_PAYMENT, ["did", "now", "", ""]),
        (State.AWAITING_APPROVAL, ["did", "did", "now", ""]),
        (State.RESOLVED, ["did", "did", "did", "now"]),
        (State.RETURNED, ["did", "did", "did", "did"]),
    ],
)
def test_way_of_a_living_case_stands_at_one_arch(state, css):
    assert [step.css for step in way(state, {})] == css


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.STOPPED, State.CLOSED, State.NOT_ACCEPTED])
def test_way_of_a_case_that_ended_on_the_way_stands_nowhere(state):
    steps = way(state, {Action.REGISTER: RECEIVED, Action.FORWARD: FORWARDED})

    assert [step.css for step in steps] == ["did", "did", "", ""]


def test_way_shows_when_each_step_happened():
    steps = way(State.RESOLVED, ALL)

    assert [(str(step.title), step.at) for step in steps] == [
        ("Đã tiếp nhận", RECEIVED),
        ("Đang thẩm định", FORWARDED),
        ("Lãnh đạo ký", SIGNED),
        ("Trả kết quả", None),
    ]


@pytest.mark.parametrize("state", State)
def test_told_has_words_for_every_state(state):
    words = told(state)

    assert str(words.headline)
    assert str(words.advice).endswith(".")


def test_told_asks_somebody_to_come_only_when_the_result_waits():
    assert [state for state in State if told(state).must_act] == [State.RESOLVED]
    assert str(told(State.RESOLVED).advice) == "Mời ông bà đến nhận, mang theo giấy hẹn hoặc căn cước."
    assert str(told(State.STOPPED).headline) == "Dừng giải quyết"


def test_way_of_a_case_at_an_agency_tells_its_own_steps():
    moments = {
        Action.REGISTER: RECEIVED,
        Action.SEND_TO_AGENCY: FORWARDED,
        Action.AGENCY_RESULT: SIGNED,
    }

    assert [step.at for step in way(State.RESOLVED, moments)] == [RECEIVED, FORWARDED, SIGNED, None]
