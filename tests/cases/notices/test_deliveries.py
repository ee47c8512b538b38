"""What the page of a case says of the messages to the citizen."""

import re
from datetime import timedelta

import pytest

from cases.actions import Person
from cases.choices import OutboxStatus, State
from cases.models import OutboxMessage
from cases.notices.drain import drain
from cases.notices.outcomes import explain
from tests.cases import conftest as counter
from tests.cases.conftest import FRIDAY_MORNING
from tests.servers.sms_gateway import IS_BUSY, REFUSES

LATER = FRIDAY_MORNING + timedelta(minutes=3)
PRINCIPAL = Person(name="Lê Thị Hương", phone="+84912345018")
browse_as = counter.browse_as


@pytest.fixture
def told(case_at, browse_as):
    """The sentences on the page of a registered case."""
    case = case_at(State.REGISTERED, principal=PRINCIPAL)

    def look():
        page = browse_as("ha.lt").get(f"/ho-so/{case.code}/").content.decode()
        _before, _title, after = page.partition("Tin cho công dân")
        return re.findall(r"<time class=\"n\">(.*?)</time> &nbsp;(.*?) <span class=\"q\">(.*?)<", after)

    return look


def test_page_says_that_a_message_waits(told):
    assert told() == [("20/11 09:42", "Chờ nhắn SMS cho Lê Thị Hương.", "Việc: đã tiếp nhận hồ sơ")]


def test_page_says_when_a_message_was_sent(told, gateway):
    drain(at=LATER)

    assert told() == [("20/11 09:45", "Đã nhắn SMS cho Lê Thị Hương.", "Việc: đã tiếp nhận hồ sơ")]


def test_page_says_why_a_message_is_late_and_when_it_is_tried_again(told, gateway):
    gateway.mood = IS_BUSY
    drain(at=LATER)

    [(_at, words, _about)] = told()
    assert words == (
        "Chưa nhắn được SMS cho Lê Thị Hương: nơi nhận đang bận (503). Đã thử 1 lần, thử lại lúc 09:46."
    )


def test_page_says_that_a_message_was_refused(told, gateway):
    gateway.mood = REFUSES
    drain(at=LATER)

    [(_at, words, _about)] = told()
    assert words == "Không nhắn được SMS cho Lê Thị Hương: nơi nhận từ chối tin này (400). Đã thử 1 lần."


def test_page_says_why_a_message_was_left_out(told):
    drain(at=LATER)

    [(_at, words, _about)] = told()
    assert words == "Không nhắn SMS cho Lê Thị Hương: nơi này chưa bật cách gửi này."


@pytest.mark.parametrize("status", OutboxStatus)
def test_page_has_words_for_a_letter_in_every_state(told, status):
    moment = LATER if status == OutboxStatus.SENT else None
    OutboxMessage.objects.update(channel="email", status=status, sent_at=moment, attempts=1)

    [(_at, words, _about)] = told()
    assert "thư cho Lê Thị Hương" in words


def test_page_without_messages_says_nothing_of_them(case_at, browse_as):
    case = case_at(State.REGISTERED, principal=Person(name="Cụ Lê Văn Bình"))

    assert "Tin cho công dân" not in browse_as("ha.lt").get(f"/ho-so/{case.code}/").content.decode()


def test_unknown_reason_is_told_with_its_figure():
    assert explain("moon:7") == "lý do khác (7)"
