"""Text messages against a gateway that takes, delays, refuses and hangs up."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from cases.actions import Person
from cases.choices import OutboxStatus, State
from cases.models import CaseParty, OutboxMessage
from cases.notices import sms
from cases.notices.drain import drain
from tests.cases.conftest import FRIDAY_MORNING
from tests.checks.tree import ROOT
from tests.servers.sms_gateway import HANGS_UP, IS_BUSY, IS_SLOW, REFUSES, TAKES

LATER = FRIDAY_MORNING + timedelta(seconds=10)
PRINCIPAL = Person(name="Lê Thị Hương", phone="+84912345018")
ONE_DRAIN = """
import django
django.setup()
from datetime import datetime
from cases.notices.drain import drain
drain(at=datetime.fromisoformat("{at}"))
"""


@pytest.fixture
def message(case_at):
    """The message that the citizen's case has been registered."""
    case_at(State.REGISTERED, principal=PRINCIPAL)
    return OutboxMessage.objects.get()


def state_of(message):
    message.refresh_from_db()
    return message.status, message.attempts, message.last_error


def test_sms_leaves_as_template_and_parameters_under_its_key(message, gateway, settings):
    settings.PUBLIC_URL = "https://motcua.thanhhoa.gov.vn"

    assert drain(at=LATER)["sent"] == 1

    [(key, said)] = gateway.asked
    code = message.case.code
    assert key == message.key
    assert said == {
        "to": "+84912345018",
        "template": "registered.1",
        "params": {
            "code": code,
            "time": "09:42 20/11",
            "due": "17:00 26/11",
            "url": "motcua.thanhhoa.gov.vn/tra-cuu",
            "hotline": "02373900900",
        },
    }
    assert state_of(message) == (OutboxStatus.SENT, 1, "")
    assert message.sent_at == LATER


def test_sms_is_tried_again_under_its_key_while_the_gateway_is_busy(message, gateway):
    gateway.mood = IS_BUSY
    drain(at=LATER)
    assert state_of(message) == (OutboxStatus.PENDING, 1, "busy:503")
    assert message.next_try_at == LATER + timedelta(minutes=1)

    gateway.mood = TAKES
    assert drain(at=LATER + timedelta(seconds=59))["claimed"] == 0
    drain(at=LATER + timedelta(minutes=1))

    assert state_of(message) == (OutboxStatus.SENT, 2, "")
    assert gateway.keys == [message.key] * 2
    assert len(gateway.sent) == 1


def test_sms_refused_for_good_is_dead_at_once(message, gateway):
    gateway.mood = REFUSES

    assert drain(at=LATER)["dead"] == 1

    assert state_of(message) == (OutboxStatus.DEAD, 1, "declined:400")
    assert drain(at=LATER + timedelta(days=2))["claimed"] == 0


def test_sms_whose_answer_was_lost_goes_out_once(message, gateway):
    gateway.mood = HANGS_UP
    drain(at=LATER)
    assert state_of(message) == (OutboxStatus.PENDING, 1, "silence")

    gateway.mood = TAKES
    drain(at=LATER + timedelta(minutes=1))

    assert gateway.keys == [message.key] * 2
    assert list(gateway.sent) == [message.key]


def test_sms_does_not_wait_for_a_slow_gateway(message, gateway, monkeypatch):
    monkeypatch.setattr(sms, "SECONDS", 0.3)
    gateway.mood = IS_SLOW

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.PENDING, 1, "silence")


def test_sms_with_a_wrong_token_waits_until_it_is_put_right(message, gateway, settings):
    settings.SMS_GATEWAY_TOKEN = "another"

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.PENDING, 1, "unauthorised:401")
    assert gateway.sent == {}


def test_silent_gateway_is_asked_once_in_a_batch_and_holds_nobody_up(case_at, gateway):
    gateway.mood = HANGS_UP
    for _case in range(3):
        case_at(State.IN_PROGRESS, principal=PRINCIPAL)

    counts = drain(at=LATER)

    assert counts == {"claimed": 6, "sent": 3, "retried": 3, "skipped": 0, "dead": 0}
    assert len(gateway.asked) == 1


def test_sms_without_a_gateway_is_skipped_and_says_why(message):
    assert drain(at=LATER)["skipped"] == 1

    assert state_of(message) == (OutboxStatus.SKIPPED, 1, "not_configured")


def test_sms_of_a_demonstration_never_leaves(message, gateway, settings):
    settings.DEMO = True

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.SKIPPED, 1, "demonstration")
    assert gateway.asked == []


def test_sms_goes_to_the_number_of_the_moment_of_sending(message, gateway):
    CaseParty.objects.update(phone="+84977000111")

    drain(at=LATER)

    assert gateway.sent[message.key]["to"] == "+84977000111"


@pytest.mark.parametrize("phone", ["", "+842373900900"])
def test_sms_to_somebody_who_gave_up_the_mobile_is_skipped(message, gateway, phone):
    CaseParty.objects.update(phone=phone)

    drain(at=LATER)

    assert state_of(message) == (OutboxStatus.SKIPPED, 1, "no_address")
    assert gateway.asked == []


@pytest.mark.django_db(transaction=True)
def test_worker_killed_between_sending_and_marking_sends_under_the_same_key_again(case_at, gateway):
    case_at(State.REGISTERED, principal=PRINCIPAL)
    message = OutboxMessage.objects.get()
    gateway.mood = IS_SLOW
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "SMS_GATEWAY_URL": gateway.url,
        "SMS_GATEWAY_TOKEN": "token of the tests",
    }
    words = [sys.executable, "-c", ONE_DRAIN.format(at=LATER.isoformat())]
    with subprocess.Popen(words, cwd=ROOT, env=environment) as worker:
        assert gateway.heard.wait(timeout=30)
        os.kill(worker.pid, signal.SIGKILL)
    assert state_of(message) == (OutboxStatus.SENDING, 1, "")
    gateway.mood = TAKES

    assert drain(at=LATER + timedelta(seconds=59))["claimed"] == 0
    assert drain(at=LATER + timedelta(seconds=61))["sent"] == 1

    assert state_of(message) == (OutboxStatus.SENT, 2, "")
    assert gateway.keys == [message.key] * 2
    assert list(gateway.sent) == [message.key]


def test_sms_is_never_sent_inside_a_transaction_of_its_own(message, gateway, monkeypatch):
    depths = []
    send = sms._post
    monkeypatch.setattr(
        sms, "_post", lambda letter: (depths.append(len(connection.savepoint_ids)), send(letter))[1]
    )
    outside = len(connection.savepoint_ids)

    drain(at=LATER)

    assert depths == [outside]
