from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cases.choices import Schedule
from config.health.measures import Measures
from config.health.metrics import exposition
from config.health.verdict import judge

NOW = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)  # a Friday morning in Thanh Hóa


def lines_of(measured):
    return [line for line in exposition(measured, judge(measured)).splitlines() if not line.startswith("#")]


def test_figures_of_a_running_office():
    measured = Measures(
        NOW, has_database=True, has_broker=True, queued=2,
        waiting_since=NOW - timedelta(seconds=7), webhooks_since=NOW - timedelta(hours=1), given_up=1,
        beats={
            Schedule.DRAIN: NOW - timedelta(seconds=5),
            Schedule.MORNING_CHECK: NOW - timedelta(hours=3),
            Schedule.PRUNING: NOW - timedelta(hours=1),
        },
    )  # fmt: skip

    assert lines_of(measured) == [
        'motcua_part_up{part="web"} 1',
        'motcua_part_up{part="database"} 1',
        'motcua_part_up{part="broker"} 1',
        'motcua_part_up{part="worker"} 1',
        'motcua_part_up{part="clockwork"} 1',
        'motcua_part_up{part="outbox"} 1',
        'motcua_part_up{part="morning_check"} 1',
        'motcua_part_up{part="pruning"} 1',
        'motcua_schedule_age_seconds{schedule="drain"} 5',
        'motcua_schedule_age_seconds{schedule="morning_check"} 10800',
        'motcua_schedule_age_seconds{schedule="pruning"} 3600',
        "motcua_broker_queued 2",
        "motcua_outbox_waiting_seconds 7",
        "motcua_webhooks_waiting_seconds 3600",
        "motcua_outbox_given_up 1",
    ]


def test_figures_that_cannot_be_seen_are_left_out():
    measured = Measures(NOW, has_database=False, has_broker=True, queued=None)

    assert lines_of(measured) == [
        'motcua_part_up{part="web"} 1',
        'motcua_part_up{part="database"} 0',
        'motcua_part_up{part="broker"} 0',
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "shown", "status"),
    [
        ("t0ken", "Bearer t0ken", 200),
        ("t0ken", "Bearer other", 404),
        ("t0ken", "", 404),
        ("", "Bearer ", 404),
        ("", "", 404),
    ],
)
def test_metrics_are_shown_to_who_has_the_token(settings, token, shown, status):
    settings.METRICS_TOKEN = token

    assert Client().get("/metrics/", headers={"authorization": shown}).status_code == status
