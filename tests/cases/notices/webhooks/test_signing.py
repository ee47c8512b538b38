"""Signatures, checked by hands that share nothing with those that made them."""

import base64
import subprocess
from datetime import timedelta

import pytest

from cases import actions
from cases.choices import State
from cases.models import Webhook
from cases.notices.webhooks.fan_out import fan_out
from cases.notices.webhooks.signing import signed
from tests.cases.conftest import FRIDAY_MORNING

LATER = FRIDAY_MORNING + timedelta(seconds=10)


def by_openssl(secret, headers, body):
    """What the program openssl makes of id, second and body under this secret."""
    key = base64.b64decode(secret.removeprefix("whsec_")).hex()
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    words = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key}", "-binary"]
    found = subprocess.run(words, input=said, capture_output=True, check=True).stdout
    return f"v1,{base64.b64encode(found).decode()}"


def test_signature_is_that_of_the_published_example():
    headers = signed(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        FRIDAY_MORNING.fromtimestamp(1614265330, FRIDAY_MORNING.tzinfo),
    )

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.django_db
def test_every_message_is_signed_with_the_secret_that_was_told(case_at, subscribed, system):
    _webhook, secret = subscribed("ha.lt")
    case_at(State.IN_PROGRESS)

    fan_out(at=LATER)

    assert len(system.heard) == 2
    for _path, headers, body in system.heard:
        assert headers["webhook-signature"] == by_openssl(secret, headers, body)
        assert 0 <= int(headers["webhook-timestamp"]) - LATER.timestamp() < 60


@pytest.mark.django_db
def test_after_a_change_of_secret_both_sign_for_a_day_and_then_the_new_one(
    case_at, subscribed, system, people
):
    webhook, first = subscribed("ha.lt")
    _changed, second = actions.rotate_secret(webhook.key, by=people["ha.lt"], at=FRIDAY_MORNING)

    for at in (LATER, LATER + timedelta(days=1)):
        case_at(State.REGISTERED)
        fan_out(at=at)

    (_path, headers, body), (_other, then, later_body) = system.heard
    assert headers["webhook-signature"].split(" ") == [
        by_openssl(secret, headers, body) for secret in (second, first)
    ]
    assert then["webhook-signature"] == by_openssl(second, then, later_body)


@pytest.mark.django_db
def test_a_secret_is_stored_so_that_nobody_can_read_it(subscribed):
    webhook, secret = subscribed("ha.lt")

    stored = bytes(Webhook.objects.get(pk=webhook.pk).secret_enc)
    assert secret.encode() not in stored
    assert base64.b64decode(secret.removeprefix("whsec_")) not in stored
