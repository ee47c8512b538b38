"""The table of the office, written out a second time: who may do what in which state, and where it leads."""

from itertools import product
from pathlib import Path

import pytest

import cases
from cases.choices import Action, ClockKind, State
from cases.workflow import MOVES, Held, mermaid, offers, refusal_of, refusal_of_correction
from staff.rights import RIGHTS, Role

# action: states it starts from, state it leads to, roles that may do it (domain of the first issue)
WAYS = {
    "forward": ("registered", "in_progress", "clerk director"),
    "claim": ("registered in_progress", "in_progress", "handler"),
    "hand_on": ("in_progress", "in_progress", "handler"),
    "assign": ("in_progress", "in_progress", "clerk director"),
    "submit": ("in_progress", "awaiting_approval", "handler"),
    "approve": ("awaiting_approval", "resolved", "signatory"),
    "send_back": ("awaiting_approval", "in_progress", "signatory"),
    "hand_over": ("resolved", "returned", "clerk"),
    "withdraw": ("submitted registered in_progress awaiting_approval", "withdrawn", "clerk director"),
    "send_to_agency": ("registered", "in_progress", "clerk director"),
    "agency_result": ("in_progress", "resolved", "clerk"),
    "void": ("submitted registered in_progress awaiting_approval", "stopped", "director"),
}
OF_AGENCY = {"send_to_agency", "agency_result"}
OF_COMMUNE = {"forward", "claim", "hand_on", "assign", "submit", "approve", "send_back"}
OWN_DRAFT = "Không ai được ký dự thảo do chính mình trình."
NO_RIGHT = "Tài khoản này không có quyền làm bước này."
EVERYWHERE = list(product(State, Role, (False, True)))
README = Path(cases.__file__).with_name("README.md")


def expected(state, role, at_agency):
    possible = {
        action
        for action, (sources, _target, roles) in WAYS.items()
        if state in sources.split() and role in roles.split()
    }
    return possible - (OF_COMMUNE if at_agency else OF_AGENCY)


@pytest.mark.parametrize(("state", "role", "at_agency"), EVERYWHERE)
def test_refusal_of_allows_exactly_the_ways_of_the_table(state, role, at_agency):
    rights = RIGHTS[role]
    allowed = {one for one in WAYS if not refusal_of(Action(one), state, rights, at_agency=at_agency)}

    assert allowed == expected(state, role, at_agency)


@pytest.mark.parametrize(("state", "role", "at_agency"), EVERYWHERE)
def test_offers_are_the_moves_that_are_not_refused(state, role, at_agency):
    shown = {offer.action for offer in offers(state, RIGHTS[role], at_agency=at_agency)}

    # Voiding stands with the corrections, not among the moves.
    assert shown == expected(state, role, at_agency) - {"void"}


@pytest.mark.parametrize("role", Role)
def test_register_starts_a_case_and_never_moves_one(role):
    assert [state for state in State if not refusal_of(Action.REGISTER, state, RIGHTS[role])] == []


def test_moves_lead_where_the_table_says():
    assert {str(action): str(move.target) for action, move in MOVES.items()} == {
        "register": "registered",
        **{action: target for action, (_sources, target, _roles) in WAYS.items()},
    }


def test_moves_reach_every_state_of_this_issue():
    reached = {State.REGISTERED}
    while True:
        more = {move.target for move in MOVES.values() if move.sources & reached} - reached
        if not more:
            break
        reached |= more

    later = {"submitted", "not_accepted", "awaiting_completion", "awaiting_supplement", "awaiting_payment"}
    assert reached == set(State) - later - {"closed"}


def test_moves_out_of_a_final_state_do_not_exist():
    final = {State.RETURNED, State.WITHDRAWN, State.STOPPED}

    assert [action for action, move in MOVES.items() if move.sources & final] == []


def test_moves_end_the_clock_at_the_decision_and_at_the_withdrawal():
    assert {str(action): move.clock for action, move in MOVES.items() if move.clock} == {
        "register": ClockKind.START,
        "approve": ClockKind.STOP,
        "withdraw": ClockKind.STOP,
        "agency_result": ClockKind.STOP,
        "void": ClockKind.STOP,
    }


def test_moves_that_disappoint_somebody_ask_why():
    assert {str(action) for action, move in MOVES.items() if move.needs_reason} == {
        "send_back",
        "withdraw",
        "void",
    }


@pytest.mark.parametrize("action", [Action.APPROVE, Action.SEND_BACK])
def test_refusal_of_ones_own_draft_names_the_rule(action):
    leader = RIGHTS[Role.SIGNATORY]

    assert refusal_of(action, State.AWAITING_APPROVAL, leader, is_own_draft=True) == OWN_DRAFT
    assert [str(offer.refusal) for offer in offers(State.AWAITING_APPROVAL, leader, is_own_draft=True)] == [
        OWN_DRAFT,
        OWN_DRAFT,
    ]


def test_refusal_of_ones_own_draft_leaves_the_withdrawal_free():
    both = RIGHTS[Role.SIGNATORY] | RIGHTS[Role.CLERK]

    assert refusal_of(Action.WITHDRAW, State.AWAITING_APPROVAL, both, is_own_draft=True) == ""


@pytest.mark.parametrize(
    ("held", "offered"),
    [
        (Held.NOBODY, {"claim", "submit"}),
        (Held.ME, {"submit", "hand_on"}),
        (Held.OTHER, {"submit"}),
    ],
)
def test_offers_to_a_handler_follow_who_holds_the_case(held, offered):
    shown = offers(State.IN_PROGRESS, RIGHTS[Role.HANDLER], held=held)

    assert {str(offer.action) for offer in shown} == offered


def test_refusal_of_names_the_state_before_the_right():
    stranger = RIGHTS[Role.AUDITOR]

    assert refusal_of(Action.FORWARD, State.RETURNED, stranger) == (
        "Bước này không làm được khi hồ sơ ở tình trạng “Đã trả kết quả”."
    )
    assert refusal_of(Action.FORWARD, State.REGISTERED, stranger) == NO_RIGHT


def test_mermaid_is_the_diagram_of_the_room_guide():
    diagram = README.read_text(encoding="utf-8").partition("```mermaid\n")[2].partition("\n```")[0]

    assert diagram == mermaid()


@pytest.mark.parametrize(
    ("state", "role", "at_agency", "is_open", "refusal"),
    [
        (State.RESOLVED, Role.CLERK, False, False, ""),
        (State.RETURNED, Role.DIRECTOR, False, False, ""),
        (State.RETURNED, Role.HANDLER, False, False, NO_RIGHT),
        (State.RETURNED, Role.CLERK, False, True, "Đã có hồ sơ sửa sai sót đang giải quyết."),
        (State.RETURNED, Role.CLERK, True, False, "Kết quả do cơ quan ngoài xã ký, cơ quan đó sửa sai sót."),
        (
            State.AWAITING_APPROVAL,
            Role.CLERK,
            False,
            False,
            "Hồ sơ chưa có kết quả đã ký, ông bà dùng “Sửa thông tin”.",
        ),
    ],
)
def test_refusal_of_correction_asks_for_a_signed_result_of_the_commune(
    state, role, at_agency, is_open, refusal
):
    assert refusal_of_correction(state, RIGHTS[role], at_agency=at_agency, is_open=is_open) == refusal
