"""Letters against a real mail server."""

from datetime import timedelta

import pytest

from cases.actions import Person
from cases.choices import OutboxStatus, State
from cases.models import OutboxMessage
from cases.notices.drain import drain
from tests.cases.conftest import FRIDAY_MORNING

LATER = FRIDAY_MORNING + timedelta(seconds=10)


@pytest.fixture
def message(case_at):
    """The letter that the citizen's case has been registered."""
    case_at(State.REGISTERED, principal=Person(name="Lê Thị Hương", email="huong@example.vn"))
    return OutboxMessage.objects.get()


def state_of(message):
    message.refresh_from_db()
    return message.status, message.attempts, message.last_error


def test_letter_arrives_in_vietnamese_under_its_key(message, mailbox):
    drain(at=LATER)

    [letter] = mailbox.letters
    case = message.case
    assert letter["Message-ID"].strip() == f"<{message.key}@motcua.thanhhoa.example>"
    assert letter["Subject"].strip() == f"Hồ sơ {case.code} đã được tiếp nhận"
    assert (letter["From"], letter["To"]) == ("motcua@thanhhoa.example", "huong@example.vn")
    text = letter.get_content()
    assert "tiếp nhận lúc 09:42 20/11/2026 tại Cơ sở 2 – Định Thành, Xã Định Hòa." in text
    assert "Hẹn trả kết quả: 17:00 26/11/2026." in text
    assert f"https://motcua.thanhhoa.example/tra-cuu/t/{case.tracking_token}/" in text
    assert "Hương" not in text
    assert state_of(message) == (OutboxStatus.SENT, 1, "")


def test_letter_sent_twice_bears_the_same_message_id(message, mailbox):
    drain(at=LATER)
    OutboxMessage.objects.update(status=OutboxStatus.SENDING, sent_at=None, lease_until=LATER)
    drain(at=LATER + timedelta(seconds=61))

    assert [letter["Message-ID"].strip() for letter in mailbox.letters] == [
        f"<{message.key}@motcua.thanhhoa.example>"
    ] * 2


def test_letter_to_an_unknown_mailbox_is_dead_and_names_nobody(message, mailbox):
    mailbox.says = "550 huong@example.vn unknown"

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.DEAD, 1, "declined:550")


def test_letter_to_a_full_mailbox_waits(message, mailbox):
    mailbox.says = "452 full"

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.PENDING, 1, "busy:452")


def test_letter_waits_while_the_mail_server_is_down(message, mailbox, settings):
    settings.EMAIL_PORT = 1

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.PENDING, 1, "silence")


def test_letter_without_a_mail_server_is_skipped(message):
    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.SKIPPED, 1, "not_configured")
