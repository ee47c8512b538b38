"""What waits for a leader's signature."""

import re

import pytest

from cases import actions
from cases.choices import State
from cases.models import Draft
from tests.calendar_table import moment
from tests.cases.conftest import FRIDAY_MORNING

APPROVALS = "/ky-duyet/"


def text_of(response):
    return response.content.decode()


def codes_of(response):
    return re.findall(r'<a href="/ho-so/([^"/]+)/">', text_of(response))


def test_approvals_show_the_most_urgent_draft_first(case_at, browse_as):
    later = case_at(State.AWAITING_APPROVAL, at=FRIDAY_MORNING)
    sooner = case_at(State.AWAITING_APPROVAL, at=moment("2026-11-17 09:00"))  # Tuesday, due today
    case_at(State.IN_PROGRESS)

    response = browse_as("thanh.nt").get(APPROVALS)

    assert codes_of(response) == [sooner.code, later.code]
    assert "<h1>2 dự thảo chờ ký</h1>" in text_of(response)
    assert re.findall(r'<td><span class="due \w*">.*?</svg>(.*?)</span>', text_of(response)) == [
        "Hôm nay 17:00",
        "Còn 3 ngày",
    ]


def test_approvals_without_drafts_say_so(browse_as):
    assert "Không có dự thảo nào chờ ông bà ký." in text_of(browse_as("thanh.nt").get(APPROVALS))


def test_approvals_of_another_commune_are_not_shown(case_at, browse_as):
    case_at(State.AWAITING_APPROVAL)

    response = browse_as("buong.lv").get(APPROVALS)

    assert codes_of(response) == []
    assert "Lê Thị Hương" not in text_of(response)


def test_approvals_offer_no_signature_on_ones_own_draft(case_at, people, browse_as):
    case = case_at(State.AWAITING_APPROVAL)
    Draft.objects.filter(case=case).update(proposed_by_id=people["thanh.nt"].officer_id)

    response = browse_as("thanh.nt").get(APPROVALS)

    assert codes_of(response) == [case.code]
    assert "Dự thảo của chính ông bà" in text_of(response)
    assert f"/ho-so/{case.code}/buoc/" not in text_of(response)


def test_approvals_offer_both_decisions_on_the_draft_of_another(case_at, browse_as):
    case = case_at(State.AWAITING_APPROVAL)

    moves = re.findall(rf"/ho-so/{case.code}/buoc/(\w+)/", text_of(browse_as("thanh.nt").get(APPROVALS)))

    assert moves == ["approve", "send_back"]


def test_approvals_forget_a_withdrawn_case(case_at, people, browse_as):
    case = case_at(State.AWAITING_APPROVAL)
    actions.withdraw_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version, reason="Xin rút"
    )

    assert codes_of(browse_as("thanh.nt").get(APPROVALS)) == []


@pytest.mark.parametrize("username", ["ha.lt", "duc.hm", "long.td", "hung.tv", "son.lv"])
def test_approvals_are_for_leaders_who_sign(browse_as, username):
    assert browse_as(username).get(APPROVALS).status_code == 403


# transactions (2), session, officer, membership, scope, calendar, drafts, the strip, loads, points
@pytest.mark.parametrize("number", [1, 3])
def test_approvals_ask_the_same_queries_for_any_number(case_at, browse_as, number, django_assert_num_queries):
    for _case in range(number):
        case_at(State.AWAITING_APPROVAL)
    browser = browse_as("thanh.nt")
    browser.get(APPROVALS)

    with django_assert_num_queries(10):
        browser.get(APPROVALS)


def test_approvals_tell_what_else_needs_the_leader_and_who_holds_how_much(case_at, browse_as):
    case_at(State.REGISTERED, at=moment("2026-11-10 09:00"))
    case_at(State.AWAITING_APPROVAL)

    page = text_of(browse_as("thanh.nt").get(APPROVALS))

    assert "<b>1 hồ sơ</b> đã qua ngày hẹn" in page
    assert re.findall(r'<td class="num">(\d+)</td>', page.partition('id="h-noi"')[2]) == ["1", "2"]
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == ["Hoàng Minh Đức"]


def test_approvals_have_one_green_button(case_at, browse_as):
    for _case in range(2):
        case_at(State.AWAITING_APPROVAL)

    assert text_of(browse_as("thanh.nt").get(APPROVALS)).count("btn go") == 1
