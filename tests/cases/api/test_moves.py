"""Moves of cases over the interface: the same rules and words as the pages."""

import pytest

from cases import actions
from cases.api import case_examples as examples
from cases.models import CaseEvent, CaseResult
from staff.models import Agency
from tests.cases.api.conftest import codes_of, moves_of
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db
FORWARD = {"action": "forward", "version": 1}


def test_move_answers_as_described(system, case):
    answer = system.post(moves_of(case), examples.MOVE_BODY)

    assert (answer.status_code, answer.json()) == (200, examples.MOVED_ANSWER)


def test_move_repeated_with_its_key_is_made_once(system, case):
    first, again = (system.post(moves_of(case), examples.MOVE_BODY, key="k") for _turn in range(2))

    assert (again.status_code, again.content) == (200, first.content)
    assert CaseEvent.objects.count() == 2


def test_move_on_an_old_version_tells_what_happened_since(system, case, people):
    actions.forward_case(case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=1, holder_id=None)
    body = {"action": "withdraw", "version": 1, "arguments": {"reason": "Không cần nữa"}}

    answer = system.post(moves_of(case), body)

    assert (answer.status_code, answer.json()) == (409, examples.STALE_ANSWER)


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"action": "withdraw", "version": 1}, [("arguments.reason", "required")]),
        ({"action": "fly", "version": 1}, [("action", "invalid_choice")]),
        ({"action": ["a"], "version": 1}, [("action", "invalid_choice")]),
        ({"action": "forward"}, [("version", "required")]),
        (FORWARD | {"arguments": {"holder": 99999}}, [("arguments.holder", "invalid_choice")]),
        (FORWARD | {"arguments": {"wings": 2}}, [("arguments.wings", "unknown_field")]),
    ],
)
def test_move_with_something_wrong_says_where(system, case, body, errors):
    answer = system.post(moves_of(case), body)

    assert (answer.status_code, codes_of(answer)) == (422, errors)


def test_result_of_an_agency_is_recorded(system, clerk):
    agency = Agency.objects.get(slug="so-tu-phap")
    case = actions.register_at_agency(an_intake(clerk), agency.pk, by=clerk, at=FRIDAY_MORNING)
    sent = system.post(moves_of(case), {"action": "send_to_agency", "version": 1})
    decided = {"granted": True, "number": "5/STP", "signer": "Nguyễn Văn Bình", "body": "Cấp phiếu"}
    body = {"action": "agency_result", "version": 2, "arguments": decided | {"signed_on": "2026-02-30"}}
    refused = system.post(moves_of(case), body)

    made = system.post(moves_of(case), body | {"arguments": decided | {"signed_on": "2026-11-20"}})

    assert (sent.status_code, codes_of(refused)) == (200, [("arguments.signed_on", "invalid")])
    assert (made.status_code, made.json()["state"]["code"]) == (200, "resolved")
    result = CaseResult.objects.get()
    assert (result.number, result.signer_name) == ("5/STP", "Nguyễn Văn Bình")


def test_move_that_the_state_refuses_says_why(system, case):
    answer = system.post(moves_of(case), {"action": "hand_over", "version": 1})

    assert (answer.status_code, answer.json()["code"]) == (422, "refused")


@pytest.mark.parametrize(("username", "action"), [("ha.lt", "approve"), ("thanh.nt", "forward")])
def test_move_without_the_right_is_refused(system_of, case, username, action):
    answer = system_of(username).post(moves_of(case), {"action": action, "version": 1})

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
