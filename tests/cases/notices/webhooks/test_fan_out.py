"""Other systems that are told: what they hear, when they are slow, gone or killed in between."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.actions import Person
from cases.choices import OutboxStatus, State, WebhookPause
from cases.errors import CaseError
from cases.models import OutboxMessage, Webhook
from cases.notices.drain import drain
from cases.notices.waiting import oldest_waiting
from cases.notices.webhooks.fan_out import LOCK, fan_out
from cases.tasks import drain_outbox, tell_systems
from staff.actor import actor_for
from staff.models import Membership, Officer
from tests.cases.conftest import FRIDAY_MORNING
from tests.servers.receiver import (
    FAILS,
    HANGS_UP,
    IS_BUSY,
    IS_GONE,
    IS_SLOW,
    LEADS_AWAY,
    REFUSES,
    TAKES,
    receiver,
)

pytestmark = pytest.mark.django_db
LATER = FRIDAY_MORNING + timedelta(seconds=10)
ROOT = Path(__file__).parents[4]
PRINCIPAL = Person(name="Ngụy Khắc Khuê", id_kind="personal", id_number="038199007391", phone="+84977737391")
ONE_ROUND = """
import datetime, django
django.setup()
from cases.notices.webhooks.fan_out import fan_out
fan_out(at=datetime.datetime.fromisoformat({at!r}))
"""


def told():
    """The messages to other systems, oldest first."""
    return OutboxMessage.objects.filter(channel="webhook").order_by("pk")


def state_of(message):
    message.refresh_from_db()
    return message.status, message.attempts, message.last_error


def bodies(system):
    return [json.loads(body) for _path, _headers, body in system.heard]


def test_every_step_is_told_once_without_people(case_at, subscribed, system):
    subscribed("ha.lt")
    case = case_at(State.RETURNED, principal=PRINCIPAL)
    name = case.code.replace(".", "-")

    counts = fan_out(at=LATER)

    assert counts == {"claimed": 5, "sent": 5, "retried": 0, "skipped": 0, "dead": 0, "left": 0}
    assert fan_out(at=LATER)["claimed"] == 0
    assert system.ids == [f"{name}-{seq}" for seq in range(1, 6)]
    assert [body["kind"] for body in bodies(system)] == [
        *("register", "forward", "submit", "approve", "hand_over"),
    ]
    assert bodies(system)[1] == {
        "id": f"{name}-2",
        "kind": "forward",
        "case": case.code,
        "seq": 2,
        "procedure": "1.004873",
        "from": {"code": "registered", "national_code": 2},
        "to": {"code": "in_progress", "national_code": 4},
        "occurred_at": "2026-11-20T09:42:00+07:00",
        "url": f"http://127.0.0.1:8000/api/v1/cases/{case.code}/",
    }
    everything = b"".join(body for _path, _headers, body in system.heard).decode()
    assert [word for word in ("Khuê", "977737391", "038199007391", "Hà", "Đức") if word in everything] == []


def test_telling_systems_costs_the_step_no_query(case_at, subscribed, clerk):
    counts = []
    for _listeners in range(3):
        case = case_at(State.REGISTERED)
        with CaptureQueriesContext(connection) as asked:
            actions.forward_case(case.code, by=clerk, at=LATER, version=1)
        counts.append(len(asked))
        subscribed("ha.lt")

    assert len(set(counts)) == 1
    assert told().count() == 2 + 4


def test_only_chosen_kinds_are_told(case_at, subscribed, system):
    subscribed("ha.lt", kinds=["approve"])
    case_at(State.RETURNED)

    fan_out(at=LATER)

    assert [body["kind"] for body in bodies(system)] == ["approve"]


def test_a_step_that_is_not_taken_tells_nobody(case_at, subscribed, clerk):
    subscribed("ha.lt")
    case = case_at(State.REGISTERED)
    before = told().count()

    with pytest.raises(CaseError):
        actions.approve_result(case.code, by=clerk, at=LATER, version=1, number="1")

    assert told().count() == before == 1


def test_a_step_in_another_commune_is_never_told(case_at, subscribed, system):
    subscribed("ha.lt")
    case_at(State.RETURNED, clerk="mai.lt", handler="thiem.vv", leader="buong.lv", principal=PRINCIPAL)

    assert fan_out(at=LATER)["claimed"] == 0
    assert (told().count(), system.heard) == (0, [])


def test_a_step_outside_the_fields_of_the_membership_is_never_told(case_at, subscribed, people, system):
    subscribed("ha.lt")
    Membership.objects.filter(pk=people["ha.lt"].membership_id).update(field_codes=["land"])

    case_at(State.REGISTERED)

    assert told().count() == 0


def test_a_message_waits_for_nobody_whose_membership_has_ended(case_at, subscribed, people, system):
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    yesterday = FRIDAY_MORNING.date() - timedelta(days=1)
    Membership.objects.filter(pk=people["ha.lt"].membership_id).update(valid_to=yesterday)

    assert fan_out(at=LATER)["skipped"] == 1
    assert state_of(told().get()) == (OutboxStatus.SKIPPED, 1, "membership_ended")
    case_at(State.REGISTERED)
    assert (told().count(), system.heard) == (1, [])


@pytest.mark.parametrize("change", [{"is_active": False}, {"must_change_password": True}])
def test_a_closed_account_is_told_nothing(case_at, subscribed, people, system, change):
    subscribed("ha.lt")
    Officer.objects.filter(pk=people["ha.lt"].officer_id).update(**change)

    case_at(State.REGISTERED)

    assert told().count() == 0


def test_a_paused_and_a_deleted_system_hear_nothing(case_at, subscribed, people, system):
    paused, deleted = (subscribed("ha.lt")[0] for _number in range(2))
    case_at(State.REGISTERED)
    actions.change_webhook(paused.key, by=people["ha.lt"], at=LATER, is_active=False)
    actions.delete_webhook(deleted.key, by=people["ha.lt"], at=LATER)
    case_at(State.REGISTERED)

    assert fan_out(at=LATER)["skipped"] == 2
    assert (told().count(), system.heard) == (2, [])
    assert sorted(told().values_list("last_error", flat=True)) == ["paused", "unsubscribed"]


@pytest.mark.parametrize(
    ("mood", "status", "reason"),
    [
        (IS_BUSY, "pending", "busy:503"),
        (FAILS, "pending", "busy:500"),
        (HANGS_UP, "pending", "silence"),
        (LEADS_AWAY, "pending", "redirected:307"),
        (REFUSES, "dead", "declined:422"),
        (IS_GONE, "dead", "gone:410"),
    ],
)
def test_what_a_system_answers_decides_what_becomes_of_a_message(
    case_at, subscribed, system, mood, status, reason
):
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    system.mood = mood

    fan_out(at=LATER)

    message = told().get()
    assert state_of(message) == (status, 1, reason)
    assert [path for path, _headers, _body in system.heard] == ["/cases/"]
    if status == "pending":
        assert timedelta(minutes=1) <= message.next_try_at - LATER < timedelta(minutes=1, seconds=20)


def test_a_system_that_is_gone_is_paused_until_somebody_wants_it_again(case_at, subscribed, people, system):
    webhook, _secret = subscribed("ha.lt")
    case_at(State.IN_PROGRESS)
    system.mood = IS_GONE

    fan_out(at=LATER)

    webhook.refresh_from_db()
    assert (webhook.paused, len(system.heard)) == (WebhookPause.GONE, 1)
    system.mood = TAKES
    actions.change_webhook(webhook.key, by=people["ha.lt"], at=LATER, is_active=True)
    case_at(State.REGISTERED)
    assert fan_out(at=LATER)["sent"] == 1


def test_a_silent_system_is_tried_once_a_round_and_less_and_less(case_at, subscribed, system):
    webhook, _secret = subscribed("ha.lt")
    case_at(State.IN_PROGRESS)
    system.mood, waits, at = HANGS_UP, [], LATER

    for _round in range(4):
        fan_out(at=at)
        webhook.refresh_from_db()
        waits.append(round((webhook.closed_until - at).total_seconds() / 60))
        at = webhook.closed_until

    assert waits == [1, 2, 5, 15]
    assert len(system.heard) == 4
    assert list(told().values_list("attempts", flat=True)) == [4, 4]


def test_a_new_step_waits_with_the_others_until_a_silent_system_is_tried_again(case_at, subscribed, system):
    webhook, _secret = subscribed("ha.lt")
    case_at(State.REGISTERED)
    system.mood = HANGS_UP
    fan_out(at=LATER)
    webhook.refresh_from_db()

    case_at(State.REGISTERED)

    assert [message.next_try_at for message in told()] == [webhook.closed_until] * 2
    assert oldest_waiting(LATER).of_webhooks is None
    system.mood = TAKES
    assert fan_out(at=webhook.closed_until)["sent"] == 2
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.closed_until) == (0, None)


def test_a_silent_system_is_given_up_after_a_day(case_at, subscribed, system):
    webhook, _secret = subscribed("ha.lt", url="http://127.0.0.1:1/")
    case_at(State.REGISTERED)
    at = LATER

    for _round in range(60):
        fan_out(at=at)
        webhook.refresh_from_db()
        if told().get().status == OutboxStatus.DEAD:
            break
        at = webhook.closed_until

    assert timedelta(hours=24) <= at - LATER < timedelta(hours=27)
    assert told().get().last_error == "silence"


def test_a_slow_system_holds_up_neither_a_text_message_nor_another_system(
    case_at, subscribed, system, gateway
):
    with receiver() as slow:
        slow.mood = IS_SLOW
        subscribed("ha.lt", url=slow.url)
        subscribed("ha.lt")
        case_at(State.REGISTERED, principal=PRINCIPAL)

        assert drain(at=LATER)["sent"] == 1
        assert [message["to"] for message in gateway.sent.values()] == ["+84977737391"]
        assert (slow.heard, system.heard) == ([], [])

        counts = fan_out(at=LATER)

    assert (counts["sent"], counts["retried"]) == (1, 1)
    assert (len(slow.heard), len(system.heard)) == (1, 1)
    assert list(told().order_by("webhook").values_list("last_error", flat=True)) == ["silence", ""]


def test_one_worker_at_a_time_tells_systems(case_at, subscribed, system):
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    with closing(connection.copy()) as second, second.cursor() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        assert fan_out(at=LATER)["claimed"] == 0

        other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert fan_out(at=LATER)["claimed"] == 1

        other.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        assert other.fetchone() == (True,)  # given back


def test_a_system_whose_secret_cannot_be_read_holds_up_no_other(case_at, subscribed, system):
    broken, _secret = subscribed("ha.lt")
    subscribed("ha.lt")
    Webhook.objects.filter(pk=broken.pk).update(secret_enc=b"\x63" + b"x" * 60)
    case_at(State.REGISTERED)

    counts = fan_out(at=LATER)

    assert (counts["sent"], counts["retried"], len(system.heard)) == (1, 1, 1)
    assert state_of(told().get(webhook=broken)) == ("pending", 1, "fault")


def test_messages_to_systems_leave_the_health_of_the_office_alone(case_at, subscribed):
    subscribed("ha.lt", url="http://127.0.0.1:1/")
    case_at(State.REGISTERED, principal=Person(name="Lê Thị Hương"))
    waiting = oldest_waiting(LATER + timedelta(hours=1))

    assert (waiting.since, waiting.of_webhooks) == (None, FRIDAY_MORNING)


@pytest.mark.django_db(transaction=True)
def test_worker_killed_between_telling_and_marking_tells_again_under_the_same_name(
    case_at, subscribed, system
):
    subscribed("ha.lt")
    case_at(State.REGISTERED)
    system.mood = IS_SLOW
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "WEBHOOK_LOCAL_HOSTS": "127.0.0.1",
    }
    words = [sys.executable, "-c", ONE_ROUND.format(at=LATER.isoformat())]
    with subprocess.Popen(words, cwd=ROOT, env=environment) as worker:
        assert system.reached.wait(timeout=60)
        os.kill(worker.pid, signal.SIGKILL)
    assert state_of(told().get()) == (OutboxStatus.SENDING, 1, "")
    system.mood = TAKES

    assert fan_out(at=LATER + timedelta(seconds=50))["claimed"] == 0
    assert fan_out(at=LATER + timedelta(seconds=80))["sent"] == 1

    assert state_of(told().get()) == (OutboxStatus.SENT, 2, "")
    assert len(system.ids) == 2
    assert len(set(system.ids)) == 1


def test_a_system_is_told_exactly_of_what_its_officer_may_open(case_at, people):
    """The narrowing written for the statement of the event is that of the one door."""
    cases = [case_at(State.REGISTERED), case_at(State.REGISTERED, clerk="mai.lt")]
    day = FRIDAY_MORNING.date()
    for actor in people.values():
        if actor.commune_id is not None:
            Webhook.objects.create(
                commune_id=actor.commune_id,
                membership_id=actor.membership_id,
                key=f"of {actor.membership_id}",
                url="https://a.example/",
                secret_enc=b"",
                created_by_id=actor.officer_id,
                created_at=FRIDAY_MORNING,
            )
    Officer.objects.update(must_change_password=False)
    for fields in ([], ["land"], [cases[0].field_code]):
        Membership.objects.update(field_codes=fields)
        for case in cases:
            asked = {"commune_id": case.commune_id, "field_code": case.field_code, "day": day}
            found = set(Webhook.objects.told_of("register", **asked).values_list("membership_id", flat=True))
            members = Membership.objects.filter(pk__in=[one.membership_id for one in people.values()])
            assert found == {member.pk for member in members.for_actor() if _sees(member, case)}


def _sees(member, case):
    return type(case).objects.visible_to(actor_for(member)).filter(pk=case.pk).exists()


def test_the_drain_asks_for_systems_to_be_told_when_something_waits_for_them(
    case_at, subscribed, system, clock_shows, hinted
):
    clock_shows(LATER)
    subscribed("ha.lt")
    drain_outbox()
    assert hinted() == []

    case_at(State.REGISTERED)
    drain_outbox()
    drain_outbox()
    assert hinted() == ["cases.tell_systems"]

    tell_systems()
    assert len(system.heard) == 1
