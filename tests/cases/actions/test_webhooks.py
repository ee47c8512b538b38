"""Telling again: one event or all since a moment, from the history, under the same names."""

from datetime import timedelta

import pytest

from cases import actions
from cases.actions import webhooks as rules
from cases.choices import OutboxStatus, State
from cases.errors import CaseError
from cases.models import OutboxMessage, Webhook
from cases.notices.webhooks.fan_out import fan_out
from staff import pruning
from staff.models import Membership
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.notices import conftest as beside
from tests.servers.receiver import REFUSES, TAKES

pytestmark = pytest.mark.django_db
LATER = FRIDAY_MORNING + timedelta(minutes=5)
system = beside.system
subscribed = beside.subscribed


def code_of(error):
    return error.value.code


def test_one_message_is_told_again_under_its_name(case_at, subscribed, system, clerk):
    webhook, _secret = subscribed("ha.lt")
    case = case_at(State.IN_PROGRESS)
    system.mood = REFUSES
    fan_out(at=LATER)
    system.mood = TAKES

    actions.replay_event(webhook.key, case.code, 2, by=clerk, at=LATER)
    fan_out(at=LATER)

    name = case.code.replace(".", "-")
    assert system.ids == [f"{name}-1", f"{name}-2", f"{name}-2"]
    assert list(OutboxMessage.objects.filter(channel="webhook").values_list("status", flat=True)) == [
        OutboxStatus.DEAD,
        OutboxStatus.SENT,
    ]


def test_what_happened_before_somebody_listened_or_in_a_pause_is_told_from_the_history(
    case_at, subscribed, system, clerk
):
    case = case_at(State.RETURNED)
    webhook, _secret = subscribed("ha.lt")
    foreign = case_at(State.REGISTERED, clerk="mai.lt")

    replayed = actions.replay_since(webhook.key, FRIDAY_MORNING - timedelta(hours=1), by=clerk, at=LATER)
    fan_out(at=LATER)

    assert (replayed.queued, replayed.after) == (5, None)
    assert sorted(system.ids) == [f"{case.code.replace('.', '-')}-{seq}" for seq in range(1, 6)]
    assert foreign.code not in b"".join(body for _path, _headers, body in system.heard).decode()


def test_many_events_are_told_page_by_page_without_gap_or_double(
    case_at, subscribed, system, clerk, monkeypatch
):
    cases = [case_at(State.IN_PROGRESS) for _number in range(3)]
    webhook, _secret = subscribed("ha.lt")
    monkeypatch.setattr(rules, "MOST_REPLAYED", 4)

    first = actions.replay_since(webhook.key, FRIDAY_MORNING, by=clerk, at=LATER)
    rest = actions.replay_since(webhook.key, FRIDAY_MORNING, by=clerk, at=LATER, after=first.after)
    fan_out(at=LATER)

    assert (first.queued, rest.queued, rest.after) == (4, 2, None)
    names = [f"{case.code.replace('.', '-')}-{seq}" for case in cases for seq in (1, 2)]
    assert sorted(system.ids) == sorted(names)


def test_what_was_recorded_before_the_moment_is_not_told_again(case_at, subscribed, clerk):
    case_at(State.REGISTERED)
    webhook, _secret = subscribed("ha.lt")

    assert actions.replay_since(webhook.key, LATER, by=clerk, at=LATER).queued == 0


def test_events_outside_the_fields_or_the_kinds_are_not_told_again(case_at, subscribed, clerk, people):
    case = case_at(State.IN_PROGRESS)
    webhook, _secret = subscribed("ha.lt", kinds=["forward"])

    assert actions.replay_since(webhook.key, FRIDAY_MORNING, by=clerk, at=LATER).queued == 1
    with pytest.raises(CaseError) as refusal:
        actions.replay_event(webhook.key, case.code, 1, by=clerk, at=LATER)
    assert code_of(refusal) == "event_unknown"


def test_a_foreign_event_cannot_be_asked_for(case_at, subscribed, clerk):
    webhook, _secret = subscribed("ha.lt")
    foreign = case_at(State.REGISTERED, clerk="mai.lt")

    with pytest.raises(CaseError) as refusal:
        actions.replay_event(webhook.key, foreign.code, 1, by=clerk, at=LATER)

    assert code_of(refusal) == "event_unknown"
    assert OutboxMessage.objects.filter(channel="webhook").count() == 0


@pytest.mark.parametrize("name", ["change_webhook", "delete_webhook", "rotate_secret"])
@pytest.mark.parametrize("username", ["mai.lt", "duc.hm"])
def test_a_receiver_of_another_membership_does_not_exist(subscribed, people, name, username):
    webhook, _secret = subscribed("ha.lt")
    before = Webhook.objects.values().get(pk=webhook.pk)

    with pytest.raises(CaseError) as refusal:
        getattr(actions, name)(webhook.key, by=people[username], at=LATER)

    assert code_of(refusal) == "not_found"
    assert Webhook.objects.values().get(pk=webhook.pk) == before


def test_replay_goes_back_a_month_and_not_to_who_is_paused(subscribed, clerk):
    webhook, _secret = subscribed("ha.lt")

    with pytest.raises(CaseError) as old:
        actions.replay_since(webhook.key, LATER - timedelta(days=31, seconds=1), by=clerk, at=LATER)
    actions.change_webhook(webhook.key, by=clerk, at=LATER, is_active=False)
    with pytest.raises(CaseError) as paused:
        actions.replay_since(webhook.key, LATER, by=clerk, at=LATER)

    assert (code_of(old), code_of(paused)) == ("replay_too_old", "webhook_paused")


def test_nobody_without_cases_and_no_more_than_twenty(subscribed, people):
    with pytest.raises(CaseError) as refusal:
        subscribed("hung.tv")
    for _number in range(20):
        subscribed("ha.lt")
    with pytest.raises(CaseError) as full:
        subscribed("ha.lt")

    assert (code_of(refusal), code_of(full)) == ("not_allowed", "too_many_webhooks")
    assert Membership.objects.get(pk=people["ha.lt"].membership_id).tokens.count() == 0


def test_old_messages_are_forgotten_and_waiting_ones_kept(case_at, subscribed, system):
    subscribed("ha.lt")
    case_at(State.IN_PROGRESS)
    first = OutboxMessage.objects.filter(channel="webhook").earliest("pk")
    OutboxMessage.objects.filter(pk=first.pk).update(status=OutboxStatus.DEAD)
    people_told = OutboxMessage.objects.exclude(channel="webhook").count()

    assert actions.prune_webhook_messages(at=FRIDAY_MORNING + timedelta(days=31)) == 0
    assert actions.prune_webhook_messages(at=FRIDAY_MORNING + timedelta(days=31, seconds=1)) == 1

    assert OutboxMessage.objects.filter(channel="webhook").count() == 1
    assert OutboxMessage.objects.exclude(channel="webhook").count() == people_told


def test_old_messages_are_forgotten_batch_by_batch(case_at, subscribed, system, monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 1)
    monkeypatch.setattr(pruning, "MOST_ROUNDS", 2)
    subscribed("ha.lt")
    for _case in range(2):
        case_at(State.IN_PROGRESS)
    told = OutboxMessage.objects.filter(channel="webhook")
    told.update(status=OutboxStatus.DEAD)
    count, later = told.count(), FRIDAY_MORNING + timedelta(days=40)

    pruned = [actions.prune_webhook_messages(at=later) for _run in range(3)]

    assert count == 4
    assert pruned == [2, 2, 0]
