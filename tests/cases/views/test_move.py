"""The steps of a case through their own forms: made, mistaken, too late, not allowed."""

import re
import threading
import time
from dataclasses import dataclass

import pytest
from django.db import connection, connections, transaction

from cases import actions
from cases.choices import Action, State
from cases.models import Case, Draft
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.views.words import changes_of, field_of, page, step, text_of

STALE = "Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."
OWN_DRAFT = "Không ai được ký dự thảo do chính mình trình."
NO_RIGHT = "Tài khoản này không có quyền làm bước này."


@dataclass(frozen=True)
class Step:
    """A move as an officer makes it: from which state, what is typed, where it leads."""

    action: str
    state: State
    username: str
    typed: dict[str, str]
    target: State = State.REGISTERED

    def __str__(self):
        return self.action


STEPS = (
    Step("forward", State.REGISTERED, "ha.lt", {"holder": ""}, State.IN_PROGRESS),
    Step("claim", State.REGISTERED, "duc.hm", {}, State.IN_PROGRESS),
    Step(
        "submit", State.IN_PROGRESS, "duc.hm", {"granted": "no", "body": "Chưa đủ"}, State.AWAITING_APPROVAL
    ),
    Step("approve", State.AWAITING_APPROVAL, "thanh.nt", {"number": "7/XN", "remark": ""}, State.RESOLVED),
    Step("send_back", State.AWAITING_APPROVAL, "thanh.nt", {"reason": "Thiếu căn cứ"}, State.IN_PROGRESS),
    Step("hand_over", State.RESOLVED, "ha.lt", {"collector": "Lê Văn Bảy"}, State.RETURNED),
    Step("withdraw", State.IN_PROGRESS, "long.td", {"reason": "Công dân xin rút"}, State.WITHDRAWN),
)
each_step = pytest.mark.parametrize("made", STEPS, ids=str)


def test_moves_are_all_tried_here():
    # Handing on and assigning need a second handler: tests/cases/actions/test_holding.py.
    # Corrections, files, money and arrivals have pages of their own.
    elsewhere = {Action.REGISTER, Action.HAND_ON, Action.ASSIGN, Action.AMEND, Action.VOID}
    elsewhere |= {Action.DIGITISE, Action.TAKE_PAYMENT, Action.VOID_PAYMENT, Action.ENTER}
    elsewhere |= {Action.PAPER_ARRIVED, Action.SEND_TO_AGENCY, Action.AGENCY_RESULT}
    elsewhere |= {Action.OPEN_CORRECTION}
    assert {made.action for made in STEPS} == set(Action) - elsewhere


@each_step
def test_move_by_its_form_leads_to_its_state(case_at, browse_as, made):
    case = case_at(made.state)
    browser = browse_as(made.username)
    shown = browser.get(step(case, made.action))
    form = re.search(r'<form id="move".*?</form>', text_of(shown), re.DOTALL)[0]
    version = field_of(shown, "version")

    response = browser.post(step(case, made.action), made.typed | {"version": version})

    assert set(re.findall(r' name="(\w+)"', form)) == {*made.typed, "version", "csrfmiddlewaretoken"}
    assert (response.status_code, response["Location"]) == (302, page(case))
    case.refresh_from_db()
    assert (case.state, case.version) == (made.target, int(version) + 1)
    assert case.events.last().actor["name"] in text_of(browser.get(page(case)))


def test_move_forward_offers_the_handlers_of_the_field(case_at, browse_as, people):
    case = case_at(State.REGISTERED)
    browser = browse_as("ha.lt")

    options = re.findall(r'<option value="(\d*)"', text_of(browser.get(step(case, "forward"))))

    assert options == [str(people["duc.hm"].officer_id), ""]
    stranger = people["thiem.vv"].officer_id
    assert browser.post(step(case, "forward"), {"version": 1, "holder": stranger}).status_code == 422


@pytest.mark.parametrize(
    ("made", "kept", "message"),
    [
        (
            Step("submit", State.IN_PROGRESS, "duc.hm", {"granted": "no", "body": ""}),
            "granted",
            "Ông bà nhập ô này.",
        ),
        (
            Step("submit", State.IN_PROGRESS, "duc.hm", {"granted": "yes", "body": "ă" * 1001}),
            "body",
            "Ô này có nhiều nhất 1000 ký tự, đang có 1001.",
        ),
        (
            Step("approve", State.AWAITING_APPROVAL, "thanh.nt", {"number": "", "remark": "Đồng ý <b>"}),
            "remark",
            "Ông bà nhập ô này.",
        ),
        (
            Step("send_back", State.AWAITING_APPROVAL, "thanh.nt", {"reason": "  "}),
            "version",
            "Ông bà nhập ô này.",
        ),
        (Step("withdraw", State.REGISTERED, "ha.lt", {"reason": ""}), "version", "Ông bà nhập ô này."),
    ],
)
def test_move_with_a_mistake_keeps_what_was_typed(case_at, browse_as, made, kept, message):
    case = case_at(made.state)
    typed = made.typed | {"version": str(case.version)}

    response = browse_as(made.username).post(step(case, made.action), typed)

    assert response.status_code == 422
    assert message in text_of(response)
    assert field_of(response, kept) == typed[kept]
    assert Case.objects.get().version == case.version


@pytest.mark.parametrize("version", ["", "x", "1.5"])
def test_move_without_a_version_is_refused(case_at, browse_as, version):
    case = case_at(State.REGISTERED)

    response = browse_as("ha.lt").post(step(case, "withdraw"), {"version": version, "reason": "Xin rút"})

    assert (response.status_code, field_of(response, "reason")) == (409, "Xin rút")
    assert Case.objects.get().state == State.REGISTERED


def test_move_on_an_old_page_keeps_the_text_and_says_what_changed(case_at, browse_as, people):
    case = case_at(State.AWAITING_APPROVAL)
    seen = case.version
    leader = browse_as("thanh.nt")
    leader.get(step(case, "send_back"))
    actions.send_back_draft(
        case.code, by=people["thanh.nt"], at=FRIDAY_MORNING, version=seen, reason="Sai họ tên"
    )
    actions.submit_result(
        case.code, by=people["duc.hm"], at=FRIDAY_MORNING, version=seen + 1, granted=True, body="Bản mới"
    )

    response = leader.post(step(case, "send_back"), {"version": seen, "reason": "Thiếu căn cứ"})

    assert response.status_code == 409
    assert STALE in text_of(response)
    assert field_of(response, "reason") == "Thiếu căn cứ"
    assert changes_of(response) == [
        "20/11 09:42 Hoàng Minh Đức trình ký kết quả.",
        "20/11 09:42 Nguyễn Thị Thanh trả lại dự thảo. Lý do: Sai họ tên",
    ]
    assert Case.objects.get().version == seen + 2


def test_move_refused_as_old_can_be_sent_again_by_who_has_read_the_change(case_at, browse_as, people):
    case = case_at(State.REGISTERED)
    clerk = browse_as("ha.lt")
    actions.forward_case(case.code, by=people["long.td"], at=FRIDAY_MORNING, version=case.version)
    typed = {"version": case.version, "reason": "Xin rút"}
    refused = clerk.post(step(case, "withdraw"), typed)

    again = clerk.post(
        step(case, "withdraw"), {name: field_of(refused, name) for name in ("version", "reason")}
    )

    assert (refused.status_code, again.status_code) == (409, 302)
    assert Case.objects.get().state == State.WITHDRAWN


def test_move_that_the_new_state_forbids_says_so_and_keeps_the_text(case_at, browse_as, people):
    case = case_at(State.AWAITING_APPROVAL)
    seen = case.version
    actions.withdraw_case(case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=seen, reason="Xin rút")

    leader = browse_as("thanh.nt")
    stale = leader.post(step(case, "approve"), {"version": seen, "number": "7/XN"})
    again = leader.post(
        step(case, "approve"), {"version": field_of(stale, "version"), "number": field_of(stale, "number")}
    )

    assert (stale.status_code, again.status_code) == (409, 409)
    assert changes_of(stale) == ["20/11 09:42 Lê Thu Hà ghi nhận công dân rút hồ sơ. Lý do: Xin rút"]
    assert field_of(again, "number") == "7/XN"
    assert Case.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("version", [0, -7, 2, 10**9, 10**18])
def test_move_with_a_version_that_never_was_is_refused(case_at, browse_as, version):
    case = case_at(State.REGISTERED)

    response = browse_as("ha.lt").post(step(case, "withdraw"), {"version": version, "reason": "Xin rút"})

    assert (response.status_code, field_of(response, "version")) == (409, "1")
    assert Case.objects.get().state == State.REGISTERED


def test_move_page_of_a_step_that_cannot_be_made_shows_why_instead_of_a_form(case_at, browse_as):
    case = case_at(State.REGISTERED)

    by_state = text_of(browse_as("ha.lt").get(step(case, "hand_over")))
    by_right = text_of(browse_as("duc.hm").get(step(case, "forward")))

    assert "Bước này không làm được khi hồ sơ ở tình trạng “Đã tiếp nhận”." in by_state
    assert NO_RIGHT in by_right
    assert ['id="move"' in by_state, 'id="move"' in by_right] == [False, False]


@each_step
def test_move_posted_without_the_right_changes_nothing(case_at, browse_as, made):
    case = case_at(made.state)
    stranger = "ha.lt" if made.action in {"submit", "claim"} else "duc.hm"

    response = browse_as(stranger).post(step(case, made.action), made.typed | {"version": case.version})

    assert response.status_code == 403
    assert "Tài khoản này không mở được trang này" in text_of(response)
    assert Case.objects.get().version == case.version


@pytest.mark.parametrize(
    ("action", "typed"), [("approve", {"number": "7/XN"}), ("send_back", {"reason": "Thiếu căn cứ"})]
)
def test_own_draft_is_not_decided_through_the_page(case_at, browse_as, people, action, typed):
    case = case_at(State.AWAITING_APPROVAL)
    Draft.objects.filter(case=case).update(proposed_by_id=people["thanh.nt"].officer_id)
    leader = browse_as("thanh.nt")

    shown = text_of(leader.get(page(case)))
    asked = text_of(leader.get(step(case, action)))
    response = leader.post(step(case, action), typed | {"version": case.version})

    assert [OWN_DRAFT in shown, OWN_DRAFT in asked] == [True, True]
    assert ["/buoc/" in shown, 'id="move"' in asked] == [False, False]
    assert (response.status_code, OWN_DRAFT in text_of(response)) == (409, True)
    assert Case.objects.get().state == State.AWAITING_APPROVAL
    assert Draft.objects.get().decision == ""


@pytest.mark.parametrize("action", ["register", "fly", "APPROVE", "-1"])
def test_move_that_does_not_exist_is_not_found(case_at, browse_as, action):
    case = case_at(State.REGISTERED)

    assert browse_as("ha.lt").post(step(case, action), {"version": 1}).status_code == 404


def wait_until_somebody_waits():
    """Return as soon as another connection stands before a locked row."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    message = "Nobody waited for the row."
    raise AssertionError(message)


@pytest.mark.django_db(transaction=True)
def test_move_overtaken_while_it_is_posted_shows_the_case_as_it_is_now(case_at, browse_as, people):
    case = case_at(State.REGISTERED)
    clerk, answers = browse_as("ha.lt"), []

    def post():
        answers.append(clerk.post(step(case, "withdraw"), {"version": case.version, "reason": "Xin rút"}))
        connections.close_all()

    late = threading.Thread(target=post)
    with transaction.atomic():
        actions.forward_case(case.code, by=people["long.td"], at=FRIDAY_MORNING, version=case.version)
        late.start()
        wait_until_somebody_waits()
    late.join(timeout=20)

    [response] = answers
    assert (response.status_code, field_of(response, "version")) == (409, "2")
    assert changes_of(response) == ["20/11 09:42 Trịnh Đình Long chuyển đến bộ phận chuyên môn."]
    assert "Đang giải quyết" in text_of(response)


# who asks (2), case, then one transaction (2): scope, lock, what lies beside it, and what the step writes
@pytest.mark.parametrize(
    ("made", "queries"),
    list(zip(STEPS, (13, 11, 13, 14, 12, 12, 12), strict=True)),
    ids=[made.action for made in STEPS],
)
def test_move_asks_at_most_fourteen_queries(case_at, browse_as, django_assert_num_queries, made, queries):
    case = case_at(made.state)
    browser = browse_as(made.username)
    browser.get(step(case, made.action))

    with django_assert_num_queries(queries):
        answer = browser.post(step(case, made.action), made.typed | {"version": case.version})

    assert answer.status_code == 302
