"""The writes of the office: one function, one transaction, one event in the history."""

from cases.actions.agencies import (
    AgencyResult,
    list_agency_papers,
    record_agency_result,
    register_at_agency,
    send_to_agency,
)
from cases.actions.amendments import amend_case, facts_at
from cases.actions.copies import reprint_receipt
from cases.actions.correcting import open_correction
from cases.actions.files import PaperFacts, Scan, digitise_paper, sweep_cabinet, use_again
from cases.actions.foreign import (
    Elsewhere,
    enter_waiting,
    register_elsewhere,
    return_foreign_result,
    take_paper,
)
from cases.actions.handover import open_row, send_papers
from cases.actions.immediate import Immediate
from cases.actions.intake import register_case
from cases.actions.late import LateEntry
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
from cases.actions.payments import Take, take_payment, void_payment
from cases.actions.pruning import prune_old, prune_typed
from cases.actions.reading import mark_notices_read, open_case
from cases.actions.recall import recall_person
from cases.actions.slips import SlipIntake, give_slip, open_slip
from cases.actions.tracking import answer_digits, open_by_code
from cases.actions.typed import drop_typed, keep_typed
from cases.actions.voiding import void_case
from cases.actions.walk_in import Intake, PaperTaken, Person
from cases.actions.webhooks import (
    change_webhook,
    create_webhook,
    delete_webhook,
    prune_webhook_messages,
    replay_event,
    replay_since,
    rotate_secret,
)

__all__ = [
    "AgencyResult",
    "Elsewhere",
    "Immediate",
    "Intake",
    "LateEntry",
    "PaperFacts",
    "PaperTaken",
    "Person",
    "Scan",
    "SlipIntake",
    "Take",
    "amend_case",
    "answer_digits",
    "approve_result",
    "assign_case",
    "change_webhook",
    "claim_case",
    "create_webhook",
    "delete_webhook",
    "digitise_paper",
    "drop_typed",
    "enter_waiting",
    "facts_at",
    "forward_case",
    "give_slip",
    "hand_on_case",
    "hand_over_result",
    "keep_typed",
    "list_agency_papers",
    "mark_notices_read",
    "open_by_code",
    "open_case",
    "open_correction",
    "open_row",
    "open_slip",
    "prune_old",
    "prune_typed",
    "prune_webhook_messages",
    "recall_person",
    "record_agency_result",
    "register_at_agency",
    "register_case",
    "register_elsewhere",
    "replay_event",
    "replay_since",
    "reprint_receipt",
    "return_foreign_result",
    "rotate_secret",
    "send_back_draft",
    "send_papers",
    "send_to_agency",
    "submit_result",
    "sweep_cabinet",
    "take_paper",
    "take_payment",
    "use_again",
    "void_case",
    "void_payment",
    "withdraw_case",
]
