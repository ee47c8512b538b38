"""The form and the action behind each move, for pages and for other systems alike."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from cases import actions
from cases.choices import Action
from cases.forms.moves import FORMS, MoveForm
from cases.models import Case
from staff import clock
from staff.models import Membership
from staff.queries import members_with
from staff.rights import Capability

MOVE_ACTIONS: Final[Mapping[Action, Callable[..., Case]]] = {
    Action.FORWARD: actions.forward_case,
    Action.CLAIM: actions.claim_case,
    Action.HAND_ON: actions.hand_on_case,
    Action.ASSIGN: actions.assign_case,
    Action.SUBMIT: actions.submit_result,
    Action.APPROVE: actions.approve_result,
    Action.SEND_BACK: actions.send_back_draft,
    Action.HAND_OVER: actions.hand_over_result,
    Action.WITHDRAW: actions.withdraw_case,
    Action.SEND_TO_AGENCY: actions.send_to_agency,
    Action.AGENCY_RESULT: actions.record_agency_result,
}


def form_of_move(action: Action, case: Case, at: datetime, data: Any) -> MoveForm:
    """What is asked with this move of this case."""
    more: dict[str, Any] = {}
    if action in (Action.FORWARD, Action.HAND_ON, Action.ASSIGN):
        more = {"handlers": handlers_for(case, at)}
    return FORMS[action](data, initial={"version": case.version}, **more)


def handlers_for(case: Case, at: datetime) -> list[Membership]:
    """Who may take this case: handlers of its field, but for the one who holds it."""
    members = members_with(case.commune_id, Capability.HANDLE_CASE, day=clock.localdate(at))
    of_field = [m for m in members if not m.field_codes or case.field_code in m.field_codes]
    return [member for member in of_field if member.officer_id != case.holder_id]
