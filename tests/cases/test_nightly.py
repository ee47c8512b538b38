import os
from datetime import UTC, datetime, timedelta

import pytest

from cases.choices import NoticeKind, Schedule, State
from cases.heartbeats import beat, last_beats
from cases.models import Case, OfficerNotice
from cases.nightly import is_missed, make_up_morning_check, morning_check, sweep_cabinet
from cases.tasks import drain_outbox
from config.celery import app
from staff import clock
from staff.clock import LOCAL
from tests.cases.conftest import FRIDAY_MORNING

HALF_PAST_SIX = datetime(2026, 11, 20, 6, 30, tzinfo=LOCAL)  # a Friday
SATURDAY = datetime(2026, 11, 21, 6, 30, tzinfo=LOCAL)


@pytest.fixture
def worker():
    """A worker that does at once what it is asked."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def overdue(case_at):
    """A case whose promise passed a day ago."""
    case = case_at(State.IN_PROGRESS)
    past = HALF_PAST_SIX - timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(due_at=past, due_on=past.date())
    return case


def digests():
    return OfficerNotice.objects.filter(kind=NoticeKind.DIGEST)


def test_morning_check_tells_the_officers_of_every_commune_and_leaves_its_pulse(
    worker, overdue, case_at, clock_shows
):
    other = case_at(State.IN_PROGRESS, clerk="mai.lt", handler="thiem.vv")
    Case.objects.filter(pk=other.pk).update(due_at=HALF_PAST_SIX, due_on=HALF_PAST_SIX.date())
    clock_shows(HALF_PAST_SIX + timedelta(seconds=1))

    morning_check()

    assert {notice.commune_id for notice in digests()} == {overdue.commune_id, other.commune_id}
    assert abs(last_beats()[Schedule.MORNING_CHECK] - HALF_PAST_SIX) < timedelta(minutes=1)


def test_morning_check_can_be_run_for_a_named_day(worker, overdue, clock_shows):
    clock_shows(SATURDAY)

    morning_check("2026-11-20")

    assert {notice.key.split("/")[1] for notice in digests()} == {"2026-11-20"}


def test_morning_check_on_a_free_day_tells_nobody_and_is_not_missed(worker, overdue, clock_shows):
    clock_shows(SATURDAY)

    morning_check()

    assert digests().count() == 0
    assert is_missed(last_beats()[Schedule.MORNING_CHECK], at=clock.now()) is False


def test_start_after_the_hour_makes_up_the_missed_check_once(worker, overdue, clock_shows):
    beat(Schedule.MORNING_CHECK, at=HALF_PAST_SIX - timedelta(days=1))
    clock_shows(FRIDAY_MORNING)

    make_up_morning_check()
    first = set(digests().values_list("pk", flat=True))
    make_up_morning_check()

    assert first
    assert set(digests().values_list("pk", flat=True)) == first


@pytest.mark.parametrize(
    ("last", "at", "missed"),
    [
        (None, HALF_PAST_SIX, True),
        (None, HALF_PAST_SIX - timedelta(seconds=1), False),
        (HALF_PAST_SIX - timedelta(seconds=1), HALF_PAST_SIX, True),
        (HALF_PAST_SIX, HALF_PAST_SIX, False),
        (HALF_PAST_SIX.astimezone(UTC), HALF_PAST_SIX + timedelta(hours=17), False),
        (HALF_PAST_SIX, HALF_PAST_SIX + timedelta(hours=18), False),  # half past midnight
        (HALF_PAST_SIX, HALF_PAST_SIX + timedelta(days=1), True),
    ],
)
def test_check_is_missed_from_half_past_six_until_it_has_run(last, at, missed):
    assert is_missed(last, at=at) is missed


def test_drain_leaves_its_pulse_even_with_nothing_to_send(db, clock_shows):
    clock_shows(FRIDAY_MORNING)

    drain_outbox()
    drain_outbox()

    [(schedule, at)] = last_beats().items()
    assert schedule == Schedule.DRAIN
    assert abs(at - FRIDAY_MORNING) < timedelta(minutes=1)


def test_schedule_of_the_office_is_whole(db):
    plan = app.conf.beat_schedule
    check = plan["morning check"]["schedule"]

    assert {one["task"] for one in plan.values()} == {
        "cases.drain_outbox",
        "cases.enter_waiting",
        "cases.morning_check",
        "cases.make_up_morning_check",
        "cases.count_usual_times",
        "cases.sweep_cabinet",
        "cases.prune_old",
    }
    assert (check.hour, check.minute, app.conf.timezone) == ({6}, {30}, "Asia/Ho_Chi_Minh")
    assert {"cases.morning_check", "cases.make_up_morning_check", "cases.sweep_cabinet"} <= set(app.tasks)


def test_missed_check_has_as_long_as_the_check_itself():
    limits = [(task.soft_time_limit, task.time_limit) for task in (make_up_morning_check, morning_check)]

    assert limits == [(240, 250)] * 2


def test_sweep_cabinet_leaves_what_is_younger_than_a_day(db, settings, tmp_path, clock_shows):
    settings.MEDIA_ROOT = tmp_path
    clock_shows(FRIDAY_MORNING)
    (tmp_path / "ab").mkdir()
    for name, hours in (("old", 25), ("young", 23)):
        orphan = tmp_path / "ab" / name
        orphan.write_bytes(b"%PDF-")
        os.utime(orphan, ((FRIDAY_MORNING - timedelta(hours=hours)).timestamp(),) * 2)

    sweep_cabinet()

    assert [path.name for path in (tmp_path / "ab").iterdir()] == ["young"]
