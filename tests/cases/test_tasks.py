"""Hints in the broker: one is enough until it is taken up, and what is written afterwards gives another."""

import pytest
from django.db import connection, transaction

from cases import tasks
from config.celery import app

DRAIN = ["cases.drain_outbox"]


@pytest.fixture
def written(transactional_db):
    """Writes something that leaves a message, and commits it."""

    def write():
        with transaction.atomic():
            tasks.wake()
            tasks.wake()

    return write


def test_hint_that_nobody_has_taken_up_stands_for_all_that_follow(written, hinted):
    for _case in range(3):
        written()

    assert hinted() == DRAIN


def test_what_is_written_while_the_outbox_is_emptied_gives_a_hint_of_its_own(written, hinted):
    written()
    assert hinted() == DRAIN

    def write_meanwhile(execute, sql, *asked):
        if "UPDATE cases_outboxmessage" in sql:  # the drain claims what waits
            tasks.wake()
        return execute(sql, *asked)

    with connection.execute_wrapper(write_meanwhile):
        tasks.drain_outbox()

    assert hinted() == DRAIN


def test_hint_that_got_lost_is_given_again_as_often_as_the_schedule_drains(written, hinted, settings):
    [often] = [one["schedule"] for one in app.conf.beat_schedule.values() if one["task"] in DRAIN]
    assert often == tasks.HINT_SECONDS

    written()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # has forgotten
    written()

    assert hinted() == DRAIN * 2


def test_work_that_comes_round_is_not_done_twice_after_a_worker_was_away():
    """A day without a worker leaves ten thousand hints, which a worker that comes back throws away."""
    rounds = [one for one in app.conf.beat_schedule.values() if isinstance(one["schedule"], float)]

    assert len(rounds) == 4
    for one in rounds:
        assert one["options"]["expires"] == max(one["schedule"], 60)
