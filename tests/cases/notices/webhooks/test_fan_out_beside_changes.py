"""Other systems whose receiver is changed while they are told."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.choices import OutboxStatus, State
from cases.models import OutboxMessage
from cases.notices.outcomes import Refused
from cases.notices.webhooks.fan_out import _claim, _settle, fan_out
from cases.notices.webhooks.posting import SILENCE
from tests.cases.conftest import FRIDAY_MORNING

pytestmark = pytest.mark.django_db
LATER = FRIDAY_MORNING + timedelta(seconds=10)


def the_message():
    return OutboxMessage.objects.get(channel="webhook")


@pytest.mark.parametrize("outcome", [SILENCE, Refused("gone:410")])
def test_what_the_old_address_did_says_nothing_of_a_new_one(case_at, subscribed, people, system, outcome):
    webhook, _secret = subscribed("ha.lt", url="http://127.0.0.1:1/")
    case_at(State.REGISTERED)
    [turn] = _claim(LATER, 1)
    actions.change_webhook(webhook.key, by=people["ha.lt"], at=LATER, url=system.url)

    _settle(turn, [outcome], LATER, Counter())

    webhook.refresh_from_db()
    assert (webhook.failures, webhook.closed_until, webhook.paused) == (0, None, "")
    if outcome == SILENCE:
        left = the_message()
        assert (left.status, left.attempts, left.last_error) == (OutboxStatus.PENDING, 0, "")
        assert fan_out(at=LATER)["sent"] == 1


def test_a_silent_system_is_locked_before_its_messages(case_at, subscribed):
    """As an officer's change and sending again lock them, so that neither waits for the other."""
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    [turn] = _claim(LATER, 1)

    with CaptureQueriesContext(connection) as asked:
        _settle(turn, [SILENCE], LATER, Counter())

    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert [("cases_webhook" in sql, "FOR NO KEY UPDATE" in sql) for sql in statements[:2]] == [
        (True, True),
        (False, False),
    ]
    assert the_message().last_error == "silence"
