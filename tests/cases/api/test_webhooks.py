"""Other systems that are told, managed by a program with the key of an officer."""

from datetime import timedelta

import pytest

from cases.choices import State
from cases.models import OutboxMessage, Webhook
from cases.notices.webhooks.fan_out import fan_out
from tests.cases.conftest import FRIDAY_MORNING

pytestmark = pytest.mark.django_db
LIST = "/api/v1/webhooks/"
BODY = {"url": "https://told.example/cases/"}


@pytest.fixture
def made(system):
    return system.post(LIST, BODY).json()


def send(system, method, path, body=None):
    ask = getattr(system.client, method)
    return ask(path, body or {}, content_type="application/json", headers=system.headers)


def errors_of(answer):
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def test_secret_is_told_once_and_again_only_to_the_same_request(system):
    first = system.post(LIST, BODY, key="one")
    again = system.post(LIST, BODY, key="one")

    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert first.json() == again.json()
    assert first.json()["secret"].startswith("whsec_")
    assert Webhook.objects.count() == 1
    listed = system.get(LIST).json()
    assert listed == {
        "results": [{name: value for name, value in first.json().items() if name != "secret"}],
        "next": None,
        "previous": None,
    }
    assert listed["results"][0]["created_by"] == "Lê Thu Hà"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, ("url", "required")),
        ({"url": "http://told.example/"}, ("url", "webhook_url")),
        ({"url": "https://192.168.0.1/"}, ("url", "webhook_url")),
        ({"url": "https://a.example/", "kinds": ["moon"]}, ("kinds.0", "invalid_choice")),
        ({"url": "https://a.example/", "secret": "x"}, ("secret", "unknown_field")),
    ],
)
def test_what_cannot_be_told_is_said_at_its_field(system, body, error):
    answer = system.post(LIST, body)

    assert (answer.status_code, errors_of(answer)) == (422, [error])
    assert answer["Content-Type"] == "application/problem+json"
    assert Webhook.objects.count() == 0


def test_one_is_changed_paused_and_deleted(system, made):
    path = f"{LIST}{made['id']}/"

    changed = send(system, "patch", path, {"kinds": ["approve", "approve"], "is_active": False}).json()
    assert (changed["kinds"], changed["is_active"], changed["paused"]) == (["approve"], False, "officer")
    assert changed["url"] == BODY["url"]
    assert send(system, "patch", path, {"is_active": True}).json()["is_active"] is True
    assert send(system, "delete", path).status_code == 204
    assert system.get(path).status_code == 404
    assert system.get(LIST).json()["results"] == []


def test_secret_is_changed_once_for_a_key(system, made):
    path = f"{LIST}{made['id']}/secret/"

    first, again = (system.post(path, {}, key="one").json() for _time in range(2))

    assert first == again
    assert first["secret"] != made["secret"]
    assert first["previous_until"] == "2026-11-21T09:42:00+07:00"


@pytest.mark.parametrize("username", ["duc.hm", "mai.lt"])
def test_one_of_somebody_else_does_not_exist(system_of, made, username):
    other = system_of(username)
    path = f"{LIST}{made['id']}/"

    answers = [
        other.get(path),
        other.get(f"{path}deliveries/"),
        send(other, "patch", path, {"is_active": False}),
        send(other, "delete", path),
        other.post(f"{path}secret/", {}),
        other.post(f"{path}replay/", {"since": "2026-11-20T08:00"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert other.get(LIST).json()["results"] == []


def test_a_role_without_cases_adds_none(system_of):
    assert system_of("hung.tv").post(LIST, BODY).status_code == 403


def test_deliveries_are_listed_page_by_page_with_outcome_and_reason(system, made, case_at):
    Webhook.objects.update(url="https://127.0.0.1/")
    cases = [case_at(State.RETURNED) for _number in range(5)]
    fan_out(at=FRIDAY_MORNING + timedelta(seconds=10))

    first = system.get(f"{LIST}{made['id']}/deliveries/").json()
    rest = system.client.get(first["next"], headers=system.headers).json()

    shown = [*first["results"], *rest["results"]]
    assert [one["event"] for one in shown] == [
        f"{case.code}/{seq}" for case in reversed(cases) for seq in range(5, 0, -1)
    ]
    assert (len(first["results"]), rest["next"]) == (20, None)
    assert {(one["status"], one["reason"], one["text"], one["attempts"]) for one in shown} == {
        ("dead", "private_address", "địa chỉ nhận nằm trong mạng nội bộ", 1)
    }
    unknown = system.get(f"{LIST}{made['id']}/deliveries/", after="H56/1")
    assert errors_of(unknown) == [("after", "page_key_unknown")]


def test_replay_of_one_and_of_all_since_a_moment(system, case_at, made):
    case = case_at(State.IN_PROGRESS)
    OutboxMessage.objects.update(status="dead")
    path = f"{LIST}{made['id']}/replay/"

    assert system.post(path, {"event": f"{case.code}/2"}).json() == {"queued": 1, "after": None}
    assert OutboxMessage.objects.filter(channel="webhook", status="pending").count() == 1
    assert system.post(path, {"since": "2026-11-20T09:00:00+07:00"}).json() == {"queued": 2, "after": None}
    assert OutboxMessage.objects.filter(channel="webhook", status="pending").count() == 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, (None, "event_or_since")),
        ({"event": "H56/1", "since": "2026-11-20T09:00"}, (None, "event_or_since")),
        ({"event": "H56/1"}, ("event", "event_unknown")),
        ({"event": "H56"}, ("event", "invalid")),
        ({"since": "2026-10-01T09:00"}, ("since", "replay_too_old")),
        ({"since": "2026-02-30T09:00"}, ("since", "date_unknown")),
        ({"since": "2026-11-20T09:00", "after": "H56/1"}, ("after", "after_unknown")),
    ],
)
def test_a_replay_that_cannot_be_is_said_at_its_field(system, made, body, error):
    answer = system.post(f"{LIST}{made['id']}/replay/", body)

    assert (answer.status_code, errors_of(answer)) == (422, [error])


def test_list_asks_a_fixed_number_of_queries(system, django_assert_num_queries):
    for _number in range(3):
        system.post(LIST, BODY)
    with django_assert_num_queries(5):  # transaction (2), key, scope, receivers
        system.get(LIST)
