"""The history told in sentences."""

import pytest

from cases import actions
from cases.actions import Immediate
from cases.choices import Action, State
from cases.narration import SENTENCES, told
from staff.queries import names_of
from tests.cases.conftest import FRIDAY_MORNING, an_intake


def sentences(case, people):
    names = names_of([actor.officer_id for actor in people.values()])
    return [(step.who, step.what, step.reason) for step in told(list(case.events.all()), names=names)]


def test_told_knows_every_action():
    assert set(SENTENCES) == set(Action)


def test_told_begins_with_the_newest_step(case_at, people):
    assert sentences(case_at(State.RETURNED), people) == [
        ("Lê Thu Hà", "trả kết quả cho công dân", ""),
        ("Nguyễn Thị Thanh", "ký duyệt kết quả", ""),
        ("Hoàng Minh Đức", "trình ký kết quả", ""),
        ("Lê Thu Hà", "chuyển cho Hoàng Minh Đức xử lý", ""),
        ("Lê Thu Hà", "tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành", ""),
    ]


def test_told_of_a_result_given_at_once_names_who_signed_the_paper(people):
    clerk, leader = people["ha.lt"], people["thanh.nt"]
    case = actions.register_case(
        an_intake(clerk, procedure_code="2.000815", immediate=Immediate("125", leader.membership_id)),
        by=clerk,
        at=FRIDAY_MORNING,
    )

    assert sentences(case, people)[:2] == [
        ("Lê Thu Hà", "trả kết quả cho công dân", ""),
        ("Lê Thu Hà", "ghi nhận kết quả do Nguyễn Thị Thanh ký trên giấy", ""),
    ]


def test_told_of_a_refusal_says_that_it_is_one(case_at, people):
    case = case_at(State.IN_PROGRESS)
    case = actions.submit_result(
        case.code,
        by=people["duc.hm"],
        at=FRIDAY_MORNING,
        version=case.version,
        granted=False,
        body="Không đủ điều kiện",
    )

    assert sentences(case, people)[0] == ("Hoàng Minh Đức", "trình ký văn bản từ chối giải quyết", "")


def test_told_of_a_case_forwarded_to_nobody_names_the_office(case_at, people):
    case = case_at(State.REGISTERED)
    case = actions.forward_case(case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version)

    assert sentences(case, people)[0] == ("Lê Thu Hà", "chuyển đến bộ phận chuyên môn", "")


@pytest.mark.parametrize(
    ("action", "username", "what"),
    [
        (actions.send_back_draft, "thanh.nt", "trả lại dự thảo"),
        (actions.withdraw_case, "long.td", "ghi nhận công dân rút hồ sơ"),
    ],
)
def test_told_gives_the_reason_word_for_word(case_at, people, action, username, what):
    case = case_at(State.AWAITING_APPROVAL)
    case = action(
        case.code, by=people[username], at=FRIDAY_MORNING, version=case.version, reason="Thiếu căn cứ"
    )

    assert sentences(case, people)[0] == (people[username].officer_name, what, "Thiếu căn cứ")


def test_told_keeps_the_title_of_the_day(case_at):
    newest = told(list(case_at(State.RESOLVED).events.all()), names={})[0]

    assert (newest.title, newest.at, newest.kind) == ("Phó Chủ tịch UBND xã", FRIDAY_MORNING, "approve")


def test_told_of_an_officer_who_is_gone_keeps_the_sentence(case_at):
    forwarded = told(list(case_at(State.IN_PROGRESS).events.all()), names={})[0]

    assert forwarded.what == "chuyển cho công chức chuyên môn xử lý"
