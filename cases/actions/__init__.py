"""The writes of the office: one function, one transaction, one event in the history."""

from cases.actions.foreign import (
    Elsewhere,
    enter_waiting,
    register_elsewhere,
    return_foreign_result,
    take_paper,
)
from cases.actions.handover import open_row, send_papers
from cases.actions.immediate import Immediate
from cases.actions.intake import Intake, PaperTaken, Person, register_case
from cases.actions.moves import (
    approve_result,
    assign_case,
    claim_case,
    forward_case,
    hand_on_case,
    hand_over_result,
    send_back_draft,
    submit_result,
    withdraw_case,
)
from cases.actions.reading import mark_notices_read, open_case
from cases.actions.slips import SlipIntake, give_slip, open_slip
from cases.actions.tracking import answer_digits, open_by_code

__all__ = [
    "Elsewhere",
    "Immediate",
    "Intake",
    "PaperTaken",
    "Person",
    "SlipIntake",
    "answer_digits",
    "approve_result",
    "assign_case",
    "claim_case",
    "enter_waiting",
    "forward_case",
    "give_slip",
    "hand_on_case",
    "hand_over_result",
    "mark_notices_read",
    "open_by_code",
    "open_case",
    "open_row",
    "open_slip",
    "register_case",
    "register_elsewhere",
    "return_foreign_result",
    "send_back_draft",
    "send_papers",
    "submit_result",
    "take_paper",
    "withdraw_case",
]
