"""One case on its page: who may open it, what is noted, every move by its own form."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest

from cases import actions
from cases.actions import Person
from cases.choices import Action, State
from cases.models import Case, Draft
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING

STALE = "Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."
CHANGES = "Từ lúc ông bà mở trang:"
OWN_DRAFT = "Không ai được ký dự thảo do chính mình trình."
NO_RIGHT = "Tài khoản này không có quyền làm bước này."


def text_of(response):
    return response.content.decode()


def page(case):
    return f"/ho-so/{case.code}/"


def step(case, action):
    return f"/ho-so/{case.code}/buoc/{action}/"


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def changes_of(response):
    found = re.search(r'id="changes".*?</ol>', text_of(response), re.DOTALL)
    return [plain(item) for item in re.findall(r"<li>.*?</li>", found[0])] if found else []


def field_of(response, name):
    """What a field of the form holds, whatever kind of field it is."""
    html = text_of(response)
    chosen = re.search(rf'<select name="{name}".*?<option value="([^"]*)" selected', html, re.DOTALL)
    found = (
        chosen
        or re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
        or re.search(rf'name="{name}" value="([^"]*)"', html)
    )
    return unescape(found[1]) if found else None


@pytest.mark.parametrize("rest", ["", "da-tiep-nhan/", "buoc/forward/"])
@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("ha.lt", 200),
        ("duc.hm", 200),
        ("thanh.nt", 200),
        ("long.td", 200),
        ("yen.pt", 404),  # another field
        ("mai.lt", 404),  # another commune
        ("hung.tv", 403),  # administrator of the commune
        ("son.lv", 403),
        ("lan.pt", 403),
    ],
)
def test_case_opens_to_those_who_may_see_it_and_is_noted_then(case_at, browse_as, rest, username, status):
    case = case_at(State.REGISTERED)

    response = browse_as(username).get(page(case) + rest)

    assert response.status_code == status
    assert ("Lê Thị Hương" in text_of(response)) == (status == 200)
    assert AccessLog.objects.filter(case_code=case.code).count() == (status == 200)


@pytest.mark.parametrize("path", ["/ho-so/H56.99.02.22-261120-9999/", "/ho-so/x/buoc/approve/"])
def test_case_that_does_not_exist_is_not_found(browse_as, path):
    assert browse_as("ha.lt").get(path).status_code == 404


@pytest.mark.parametrize("action", ["register", "fly", "APPROVE", "-1"])
def test_move_that_does_not_exist_is_not_found(case_at, browse_as, action):
    case = case_at(State.REGISTERED)

    assert browse_as("ha.lt").post(step(case, action), {"version": 1}).status_code == 404


def test_case_opened_again_within_the_hour_is_noted_once(case_at, browse_as, clock_shows):
    case = case_at(State.REGISTERED)
    clerk = browse_as("ha.lt")

    for minutes in (0, 5, 17, 18, 25):  # 9:42, 9:47, 9:59, 10:00, 10:07
        clock_shows(FRIDAY_MORNING + timedelta(minutes=minutes))
        clerk.get(page(case))
        clerk.get(step(case, "forward"))

    noted = AccessLog.objects.filter(case_code=case.code).order_by("at")
    assert [(row.what, row.officer.username, row.at.minute) for row in noted] == [
        ("case", "ha.lt", 42),
        ("case", "ha.lt", 0),
    ]


def test_case_tells_how_many_opened_it_today(case_at, browse_as):
    case = case_at(State.REGISTERED)
    browse_as("ha.lt").get(page(case))

    response = browse_as("long.td").get(page(case))

    assert "Hôm nay: 2 lượt, 2 cán bộ." in plain(text_of(response))


# transactions (2), session, officer, membership, scope, case, seven lists, note (4), names of officers,
# calendar, readers, unread notices
@pytest.mark.parametrize("state", [State.REGISTERED, State.RETURNED])
def test_case_asks_a_fixed_number_of_queries(case_at, browse_as, django_assert_max_num_queries, state):
    case = case_at(state)
    clerk = browse_as("ha.lt")
    clerk.get(page(case))

    with django_assert_max_num_queries(25):
        clerk.get(page(case))


@pytest.mark.parametrize(
    ("state", "username", "offered"),
    [
        (State.REGISTERED, "ha.lt", ["forward", "withdraw"]),
        (State.REGISTERED, "duc.hm", []),
        (State.IN_PROGRESS, "duc.hm", ["submit"]),
        (State.IN_PROGRESS, "thanh.nt", []),
        (State.AWAITING_APPROVAL, "thanh.nt", ["approve", "send_back"]),
        (State.AWAITING_APPROVAL, "ha.lt", ["withdraw"]),
        (State.RESOLVED, "ha.lt", ["hand_over"]),
        (State.RETURNED, "ha.lt", []),
    ],
)
def test_case_offers_the_moves_of_this_officer(case_at, browse_as, state, username, offered):
    case = case_at(state)

    response = browse_as(username).get(page(case))

    assert re.findall(rf'href="/ho-so/{case.code}/buoc/(\w+)/"', text_of(response)) == offered


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
    assert {made.action for made in STEPS} == set(Action) - {Action.REGISTER}


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

    assert (response.status_code, field_of(response, "reason")) == (422, "Xin rút")
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
    stranger = "ha.lt" if made.action == "submit" else "duc.hm"

    response = browse_as(stranger).post(step(case, made.action), made.typed | {"version": case.version})

    assert response.status_code == 409
    assert NO_RIGHT in text_of(response)
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


def test_withdrawn_case_shows_no_draft_as_waiting(case_at, browse_as, people):
    case = case_at(State.AWAITING_APPROVAL)
    actions.withdraw_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version, reason="Xin rút"
    )

    shown = text_of(browse_as("thanh.nt").get(page(case)))

    assert "Dự thảo chờ ký" not in shown
    assert "Hồ sơ đã xong, không còn việc phải làm." in shown


def test_case_shows_a_filer_of_the_same_name_as_somebody_else(case_at, browse_as):
    namesake = Person(name="Lê Thị Hương", phone="+84912345777", mandate="Giấy ủy quyền 12/2026")
    case = case_at(State.REGISTERED, filer=namesake)

    shown = plain(text_of(browse_as("ha.lt").get(page(case))))

    assert "Người nộp Lê Thị Hương, 0912 345 777 Giấy ủy quyền 12/2026" in shown


def test_case_filed_by_the_principal_names_no_filer(case_at, browse_as):
    case = case_at(State.REGISTERED)

    assert "Người nộp" not in text_of(browse_as("ha.lt").get(page(case)))


def test_case_masks_the_number_of_the_principal(case_at, browse_as):
    shown = text_of(browse_as("ha.lt").get(page(case_at(State.REGISTERED))))

    assert "038•••••2346" in shown
    assert "038185012346" not in shown


def test_receipt_opens_as_a_document_and_is_noted(case_at, browse_as):
    case = case_at(State.REGISTERED)

    response = browse_as("ha.lt").get(f"{page(case)}giay-tiep-nhan.pdf")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'inline; filename="{case.code}.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]
    assert list(AccessLog.objects.values_list("case_code", "what")) == [(case.code, "receipt")]


@pytest.mark.parametrize(("username", "status"), [("mai.lt", 404), ("yen.pt", 404), ("hung.tv", 403)])
def test_receipt_of_a_stranger_stays_closed(case_at, browse_as, username, status):
    case = case_at(State.REGISTERED)

    assert browse_as(username).get(f"{page(case)}giay-tiep-nhan.pdf").status_code == status
