"""Who holds a case: taken up, handed on, assigned; one at a time and many at once."""

import re
from datetime import date

import pytest

from cases import actions
from cases.choices import State
from cases.errors import CaseError
from cases.models import OutboxMessage
from staff.actor import actor_for
from staff.models import Membership, Officer
from staff.rights import Role
from tests.cases.conftest import FRIDAY_MORNING


@pytest.fixture
def second_handler(people):
    """A second handler of Định Hòa for every field."""
    officer = Officer.objects.create(username="hoa.nt", full_name="Ngô Thị Hoa", must_change_password=False)
    member = Membership.objects.create(
        officer=officer,
        commune_id=people["duc.hm"].commune_id,
        role=Role.HANDLER,
        title="Công chức Tư pháp",
        valid_from=date(2026, 1, 1),
    )
    return actor_for(member)


def refusal(move, case, **arguments):
    with pytest.raises(CaseError) as refused:
        move(case.code, at=FRIDAY_MORNING, version=case.version, **arguments)
    return refused.value.code


def test_claim_case_registered_makes_the_handler_its_holder(case_at, handler):
    case = case_at(State.REGISTERED)

    case = actions.claim_case(case.code, by=handler, at=FRIDAY_MORNING, version=case.version)

    assert (case.state, case.holder_id) == (State.IN_PROGRESS, handler.officer_id)
    assert case.events.last().payload["holder"] == handler.officer_id


def test_claim_case_that_somebody_holds_is_refused(case_at, second_handler):
    assert refusal(actions.claim_case, case_at(State.IN_PROGRESS), by=second_handler) == "refused"


def test_claim_case_of_another_field_is_not_found(case_at, people):
    assert refusal(actions.claim_case, case_at(State.REGISTERED), by=people["yen.pt"]) == "not_found"


def test_hand_on_case_tells_the_colleague(case_at, handler, second_handler):
    case = case_at(State.IN_PROGRESS)

    case = actions.hand_on_case(
        case.code, by=handler, at=FRIDAY_MORNING, version=case.version, holder_id=second_handler.officer_id
    )

    assert (case.state, case.holder_id) == (State.IN_PROGRESS, second_handler.officer_id)
    told = OutboxMessage.objects.filter(case=case).order_by("pk").values_list("kind", "recipient")
    assert told.last() == ("forwarded", str(second_handler.officer_id))


def test_hand_on_case_of_somebody_else_is_refused(case_at, handler, second_handler):
    case = case_at(State.IN_PROGRESS)

    assert refusal(actions.hand_on_case, case, by=second_handler, holder_id=handler.officer_id) == "refused"


def test_assign_case_tells_both_the_new_and_the_former_holder(case_at, clerk, handler, second_handler):
    case = case_at(State.IN_PROGRESS)

    case = actions.assign_case(
        case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, holder_id=second_handler.officer_id
    )

    told = OutboxMessage.objects.filter(case=case).order_by("pk").values_list("kind", "recipient")
    assert list(told)[-2:] == [
        ("forwarded", str(second_handler.officer_id)),
        ("taken", str(handler.officer_id)),
    ]


def test_assign_case_to_somebody_who_does_not_handle_is_refused(case_at, clerk, leader):
    case = case_at(State.IN_PROGRESS)

    assert refusal(actions.assign_case, case, by=clerk, holder_id=leader.officer_id) == "unknown_holder"


def test_batch_does_what_it_can_and_says_why_not_the_rest(case_at, browse_as):
    first, second, held = case_at(State.REGISTERED), case_at(State.REGISTERED), case_at(State.IN_PROGRESS)
    browser = browse_as("duc.hm")

    response = browser.post(
        "/ho-so/nhieu/claim/",
        {"case": [f"{c.code},{c.version}" for c in (first, second, held)] + ["?,x"], "view": "waiting"},
        follow=True,
    )

    assert response.redirect_chain == [("/ho-so/?view=waiting&size=20", 302)]
    text = response.content.decode()
    assert "Đã làm xong với 2 hồ sơ." in text
    assert f"{held.code}: Ông bà đang giữ hồ sơ này." in text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.IN_PROGRESS, State.IN_PROGRESS)


def test_batch_with_an_old_version_leaves_the_case_alone(case_at, browse_as):
    case = case_at(State.REGISTERED)

    response = browse_as("ha.lt").post("/ho-so/nhieu/forward/", {"case": f"{case.code},9"}, follow=True)

    case.refresh_from_db()
    assert case.state == State.REGISTERED
    assert "Hồ sơ đã thay đổi" in response.content.decode()


def test_batch_without_a_tick_says_what_to_do(browse_as):
    response = browse_as("ha.lt").post("/ho-so/nhieu/forward/", follow=True)

    assert "Ông bà đánh dấu hồ sơ trước." in response.content.decode()


def test_queue_offers_ticks_only_to_who_may_move(case_at, browse_as):
    case = case_at(State.REGISTERED)

    ticks = {
        username: re.findall(r'name="case" form="batch" value="([^"]+)"', page_of(browse_as(username)))
        for username in ("ha.lt", "thanh.nt")
    }

    assert ticks == {"ha.lt": [f"{case.code},1"], "thanh.nt": []}


def page_of(browser):
    return browser.get("/ho-so/").content.decode()


def test_submit_result_twice_is_refused_in_words(case_at, handler):
    case = case_at(State.AWAITING_APPROVAL)

    assert refusal(actions.submit_result, case, by=handler, granted=True, body="Lần nữa") == "refused"


def test_submit_result_of_a_case_that_a_colleague_holds_tells_him(case_at, handler, second_handler):
    case = case_at(State.IN_PROGRESS)

    actions.submit_result(
        case.code, by=second_handler, at=FRIDAY_MORNING, version=case.version, granted=True, body="Đủ"
    )

    told = OutboxMessage.objects.filter(case=case, kind="taken").values_list("recipient", flat=True)
    assert list(told) == [str(handler.officer_id)]
