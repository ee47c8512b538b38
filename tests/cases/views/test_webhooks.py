"""The page of other systems that are told: what they were told, paused, told again."""

from datetime import timedelta

import pytest

from cases.actions import create_webhook
from cases.choices import State
from cases.models import OutboxMessage, Webhook
from cases.notices.webhooks.fan_out import fan_out
from tests.cases.conftest import FRIDAY_MORNING

PAGE = "/tai-khoan/noi-nhan-tin/"
URL = "https://told.example/cases/"


@pytest.fixture
def webhook(people):
    made, _secret = create_webhook(URL, ["register", "forward"], by=people["ha.lt"], at=FRIDAY_MORNING)
    return made


def text_of(response):
    return response.content.decode()


def test_page_without_systems_says_how_to_add_one(browse_as):
    assert "Chưa có phần mềm nào được báo." in text_of(browse_as("ha.lt").get(PAGE))


def test_page_shows_systems_and_what_became_of_the_last_messages(browse_as, webhook, case_at):
    Webhook.objects.update(url="https://127.0.0.1/")
    case = case_at(State.IN_PROGRESS)
    fan_out(at=FRIDAY_MORNING + timedelta(seconds=10))

    text = text_of(browse_as("ha.lt").get(PAGE))

    assert "Chuyển xử lý, Tiếp nhận" in text
    assert text.count(f"/ho-so/{case.code}/") == 2
    assert text.count("Không gửi được: địa chỉ nhận nằm trong mạng nội bộ") == 2
    assert "whsec_" not in text


def test_a_colleague_sees_no_system_of_others(browse_as, webhook, case_at):
    case = case_at(State.REGISTERED)

    text = text_of(browse_as("duc.hm").get(PAGE))

    assert [word for word in (URL, webhook.key, case.code) if word in text] == []


def test_a_system_is_paused_and_told_again(browse_as, webhook):
    browser = browse_as("ha.lt")

    for active, words in (("no", "Cán bộ tạm dừng"), ("yes", "Đang báo")):
        page = browser.post(f"{PAGE}{webhook.key}/bao/", {"active": active}, follow=True)
        assert words in text_of(page)


def test_a_message_is_told_again(browse_as, webhook, case_at):
    case = case_at(State.REGISTERED)
    OutboxMessage.objects.update(status="dead")

    page = browse_as("ha.lt").post(f"{PAGE}{webhook.key}/gui-lai/", {"event": f"{case.code}/1"}, follow=True)

    assert "Tin sẽ được gửi lại trong ít giây." in text_of(page)
    assert OutboxMessage.objects.get(channel="webhook").status == "pending"


def test_refusals_are_said_and_others_systems_do_not_exist(browse_as, webhook):
    refused = browse_as("ha.lt").post(f"{PAGE}{webhook.key}/gui-lai/", {"event": "x"}, follow=True)
    strangers = [
        browse_as("duc.hm").post(f"{PAGE}{webhook.key}/{path}/", {"event": "x/1", "active": "no"}).status_code
        for path in ("gui-lai", "bao")
    ]

    assert "Không tìm thấy bước này." in text_of(refused)
    assert strangers == [404, 404]
    assert Webhook.objects.get().paused == ""


@pytest.mark.parametrize("number", [1, 4])
def test_page_asks_a_fixed_number_of_queries(
    browse_as, webhook, case_at, people, number, django_assert_num_queries
):
    for _number in range(number):
        case_at(State.IN_PROGRESS)
        create_webhook(URL, [], by=people["ha.lt"], at=FRIDAY_MORNING)
    browser = browse_as("ha.lt")
    browser.get(PAGE)

    with django_assert_num_queries(8):  # transaction (2), session, officer, scope, systems, messages, bell
        browser.get(PAGE)
