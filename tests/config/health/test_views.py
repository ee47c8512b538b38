"""The page of health, with a real broker and a database that goes away."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from cases.choices import OutboxStatus, Schedule, State
from cases.heartbeats import beat
from cases.models import OutboxMessage
from cases.notices.drain import drain
from config.celery import app
from config.services import processes, valkey
from config.services.embedded import EmbeddedServices
from tests.cases import conftest as counter
from tests.cases.conftest import FRIDAY_MORNING
from tests.offices import open_place

people = counter.people
case_at = counter.case_at
clock_shows = counter.clock_shows
browse_as = counter.browse_as
RUNS = {"ok": True, "known": True}
PARTS = {"web", "database", "broker", "worker", "clockwork", "outbox", "morning_check", "pruning"}


@pytest.fixture
def running(db, clock_shows):
    """An office whose schedules came round a moment ago."""
    clock_shows(FRIDAY_MORNING)
    for schedule in Schedule:
        beat(schedule, at=FRIDAY_MORNING)


@pytest.fixture(scope="module")
def broker():
    """A Valkey of its own."""
    with open_place() as folder:
        folder.create()
        services = EmbeddedServices(folder)
        process = services.start_valkey()
        yield services.valkey
        valkey.stop(process)


def still(response):
    return {name for name, part in response.json()["parts"].items() if not part["ok"]}


def test_health_of_a_running_office_is_plain_for_machines(running, client):
    response = client.get("/health/")

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert "no-store" in response["Cache-Control"]
    told = response.json()
    assert (told["ok"], set(told["parts"])) == (True, PARTS)
    assert told["parts"]["database"] == {"ok": True, "known": True, "age_seconds": None}
    assert told["parts"]["worker"] == RUNS | {"age_seconds": told["parts"]["worker"]["age_seconds"]}


def test_health_is_red_two_minutes_after_the_last_drain(running, client, clock_shows):
    clock_shows(FRIDAY_MORNING + timedelta(seconds=110))
    assert client.get("/health/").status_code == 200
    clock_shows(FRIDAY_MORNING + timedelta(seconds=125))

    response = client.get("/health/")

    assert (response.status_code, still(response)) == (503, {"worker", "clockwork"})


def test_health_is_red_when_messages_wait_though_the_drain_comes_round(case_at, running, client, clock_shows):
    case_at(State.IN_PROGRESS)
    later = FRIDAY_MORNING + timedelta(minutes=6)
    beat(Schedule.DRAIN, at=later)
    clock_shows(later)

    response = client.get("/health/")
    assert (response.status_code, still(response)) == (503, {"outbox"})

    drain(at=later)
    assert client.get("/health/").status_code == 200


def test_health_is_red_when_the_check_of_the_morning_is_missing(running, client, clock_shows):
    tomorrow = FRIDAY_MORNING + timedelta(days=1)
    for schedule in (Schedule.DRAIN, Schedule.PRUNING):
        beat(schedule, at=tomorrow)
    clock_shows(tomorrow)

    assert still(client.get("/health/")) == {"morning_check"}


def test_health_does_not_wait_for_messages_that_wait_for_their_next_try(
    case_at, running, client, clock_shows
):
    case_at(State.IN_PROGRESS)
    later = FRIDAY_MORNING + timedelta(minutes=6)
    OutboxMessage.objects.update(next_try_at=later + timedelta(hours=1))
    beat(Schedule.DRAIN, at=later)
    clock_shows(later)

    assert client.get("/health/").status_code == 200


def test_health_counts_the_age_of_a_lease_that_ran_out(case_at, running, client, clock_shows):
    case_at(State.IN_PROGRESS)
    OutboxMessage.objects.update(status=OutboxStatus.SENDING, lease_until=FRIDAY_MORNING)
    later = FRIDAY_MORNING + timedelta(minutes=6)
    beat(Schedule.DRAIN, at=later)
    clock_shows(later)

    assert still(client.get("/health/")) == {"outbox"}


def test_health_tells_a_dead_worker_from_a_dead_clockwork(running, client, clock_shows, broker, settings):
    settings.REDIS_URL = broker.url
    clock_shows(FRIDAY_MORNING + timedelta(minutes=3))
    assert still(client.get("/health/")) == {"clockwork"}

    with app.connection_for_write(broker.url) as queue:
        app.send_task("cases.drain_outbox", connection=queue, ignore_result=True)

    assert still(client.get("/health/")) == {"worker"}


def test_health_is_red_without_the_broker_and_says_so_quickly(running, client, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{processes.free_port()}/0"

    response = client.get("/health/")

    assert (response.status_code, still(response)) == (503, {"broker"})


def test_health_without_the_database_is_red_and_still_answers(running, clock_shows):
    def refuse(_execute, *_asked):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        response = Client().get("/health/")

    assert response.status_code == 503
    assert still(response) == {"database", "worker", "clockwork", "outbox", "morning_check", "pruning"}


def test_health_asks_five_queries(running, client, django_assert_num_queries):
    with django_assert_num_queries(5):  # savepoint (2), pulses, oldest waiting, given up
        client.get("/health/")


def test_status_says_in_words_that_all_runs(running, browse_as):
    page = browse_as("ha.lt").get("/tinh-trang/").content.decode()

    assert "Mọi phần đang chạy." in page
    assert page.count(">Đang chạy</span>") == len(PARTS)


def test_status_names_the_part_that_stands_still(running, browse_as, clock_shows):
    browser = browse_as("hung.tv")
    tomorrow = FRIDAY_MORNING + timedelta(minutes=3)
    clock_shows(tomorrow)
    beat(Schedule.DRAIN, at=tomorrow)
    beat(Schedule.MORNING_CHECK, at=FRIDAY_MORNING - timedelta(days=1))

    page = browser.get("/tinh-trang/").content.decode()

    assert "<b>Có phần đang đứng:</b> Nhắc việc buổi sáng." in page
    assert "Chưa chạy hôm nay. Ông bà xem hồ sơ hẹn trả và quá hạn ở danh sách." in page


def test_status_is_for_officers(client, db):
    assert client.get("/tinh-trang/")["Location"] == "/dang-nhap/?next=/tinh-trang/"


def test_status_asks_eleven_queries(running, browse_as, django_assert_num_queries):
    browser = browse_as("ha.lt")
    browser.get("/tinh-trang/")

    # the page's (2), its own (2) savepoints, session, officer with memberships, scope, three measures, bell
    with django_assert_num_queries(11):
        browser.get("/tinh-trang/")
