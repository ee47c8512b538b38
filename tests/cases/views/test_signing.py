"""Several drafts signed at once."""

import re

import pytest

from cases import actions
from cases.choices import State
from cases.models import Case, CaseResult, Draft
from tests.cases.conftest import FRIDAY_MORNING

SIGN = "/ky-duyet/nhieu/"


def text_of(response):
    return response.content.decode()


def listed(response):
    return re.findall(r'name="case" value="([^"]+)"', text_of(response))


def ticked(*cases):
    return {"case": [f"{case.code},{case.version}" for case in cases]}


def confirmed(*cases, number="12/XN-UBND"):
    numbers = {f"{case.code}-number": f"{place}/{number}" for place, case in enumerate(cases)}
    return ticked(*cases) | numbers | {"confirmed": "1"}


def states(*cases):
    by_code = dict(Case.objects.values_list("code", "state"))
    return [by_code[case.code] for case in cases]


@pytest.fixture
def two(case_at):
    return case_at(State.AWAITING_APPROVAL), case_at(State.AWAITING_APPROVAL)


@pytest.fixture
def leader_browser(browse_as):
    return browse_as("thanh.nt")


def test_signing_lists_what_will_be_signed_and_signs_nothing_yet(two, leader_browser):
    response = leader_browser.post(SIGN, ticked(*two))

    assert (response.status_code, listed(response)) == (200, ticked(*two)["case"])
    assert "Ông bà sắp ký 2 kết quả" in text_of(response)
    assert states(*two) == [State.AWAITING_APPROVAL] * 2


def test_signing_once_confirmed_signs_each_under_its_number(two, leader_browser):
    response = leader_browser.post(SIGN, confirmed(*two), follow=True)

    assert response.redirect_chain == [("/ky-duyet/", 302)]
    assert "Đã ký 2 kết quả." in text_of(response)
    assert states(*two) == [State.RESOLVED] * 2
    assert list(CaseResult.objects.values_list("number", flat=True)) == ["0/12/XN-UBND", "1/12/XN-UBND"]


def test_signing_without_a_number_signs_nothing_and_keeps_what_was_typed(two, leader_browser):
    typed = confirmed(*two) | {f"{two[1].code}-number": " "}

    response = leader_browser.post(SIGN, typed)

    assert response.status_code == 422
    assert f"{two[1].code}: Ông bà nhập ô này." in text_of(response)
    assert 'value="0/12/XN-UBND"' in text_of(response)
    assert states(*two) == [State.AWAITING_APPROVAL] * 2


def test_signing_signs_the_others_when_one_has_changed(two, people, leader_browser):
    typed = confirmed(*two)
    changed = actions.send_back_draft(
        two[0].code, by=people["thanh.nt"], at=FRIDAY_MORNING, version=two[0].version, reason="Sai tên"
    )
    again = actions.submit_result(
        changed.code,
        by=people["duc.hm"],
        at=FRIDAY_MORNING,
        version=changed.version,
        granted=False,
        body="Từ chối",
    )

    response = leader_browser.post(SIGN, typed)

    assert response.status_code == 409
    assert states(*two) == [State.AWAITING_APPROVAL, State.RESOLVED]
    assert f"{again.code}: Hồ sơ đã thay đổi từ lúc mở trang." in text_of(response)
    assert listed(response) == [f"{again.code},{again.version}"]
    assert 'value="0/12/XN-UBND"' in text_of(response)
    assert "Đã ký 1 kết quả." in text_of(response)


def test_signing_tells_of_a_case_that_waits_no_longer(two, people, leader_browser):
    typed = confirmed(*two)
    actions.withdraw_case(
        two[0].code, by=people["ha.lt"], at=FRIDAY_MORNING, version=two[0].version, reason="Xin rút"
    )

    response = leader_browser.post(SIGN, typed)

    assert (response.status_code, listed(response)) == (409, [])
    assert f"{two[0].code}: " in text_of(response)
    assert states(*two) == [State.WITHDRAWN, State.RESOLVED]


def test_signing_ones_own_draft_is_neither_offered_nor_done(two, people, leader_browser):
    Draft.objects.filter(case=two[0]).update(proposed_by_id=people["thanh.nt"].officer_id)

    offered = leader_browser.post(SIGN, ticked(*two))
    forced = leader_browser.post(SIGN, confirmed(*two))

    assert listed(offered) == ticked(two[1])["case"]
    assert "Không ai được ký dự thảo do chính mình trình." in text_of(offered)
    assert (forced.status_code, states(*two)) == (409, [State.AWAITING_APPROVAL, State.RESOLVED])


def test_signing_twice_signs_once(two, leader_browser):
    leader_browser.post(SIGN, confirmed(*two))

    response = leader_browser.post(SIGN, confirmed(*two))

    assert response.status_code == 409
    assert CaseResult.objects.count() == 2


def test_signing_nothing_says_to_tick_first(leader_browser):
    response = leader_browser.post(SIGN, {"case": ["x", "y,z"]}, follow=True)

    assert response.redirect_chain == [("/ky-duyet/", 302)]
    assert "Ông bà đánh dấu dự thảo trước." in text_of(response)


def test_signing_in_another_commune_shows_and_signs_nothing(two, browse_as):
    neighbour = browse_as("buong.lv")

    shown, signed = neighbour.post(SIGN, ticked(*two)), neighbour.post(SIGN, confirmed(*two))

    assert "Lê Thị Hương" not in text_of(shown) + text_of(signed)
    assert (listed(shown), states(*two)) == ([], [State.AWAITING_APPROVAL] * 2)


@pytest.mark.parametrize("username", ["ha.lt", "duc.hm", "long.td"])
def test_signing_is_for_leaders_who_sign(two, browse_as, username):
    assert browse_as(username).post(SIGN, confirmed(*two)).status_code == 403


@pytest.mark.parametrize("number", ["\x00", "số" * 3000, "<script>alert(1)</script>" * 9])
def test_signing_under_a_hostile_number_is_refused(two, leader_browser, number):
    typed = confirmed(*two) | {f"{two[0].code}-number": number}

    assert leader_browser.post(SIGN, typed).status_code == 422
    assert states(*two) == [State.AWAITING_APPROVAL] * 2
