from datetime import datetime, timedelta

import pytest

from cases.choices import Schedule
from config.health.measures import Measures
from config.health.told import told
from config.health.verdict import Part, judge
from staff.clock import LOCAL

AT = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # a Friday
TODAY = datetime(2026, 11, 20, 6, 30, tzinfo=LOCAL)
SECOND = timedelta(seconds=1)


def measured(**changes):
    """An office in which everything runs; `changes` say what does not."""
    usual = {
        "at": AT,
        "has_database": True,
        "has_broker": True,
        "queued": 0,
        "beats": pulse(AT - 5 * SECOND),
    }
    return Measures(**usual | changes)


def still(**changes):
    """The parts that are seen to stand still, and those that nobody can see."""
    findings = judge(measured(**changes))
    hidden = [finding.part for finding in findings if not finding.is_known]
    return [finding.part for finding in findings if finding.is_known and not finding.is_well], hidden


def pulse(drain=AT, morning=TODAY):
    return {Schedule.DRAIN: drain, Schedule.MORNING_CHECK: morning, Schedule.PRUNING: AT}


def test_everything_runs():
    assert still() == ([], [])
    assert [finding.part for finding in judge(measured())] == list(Part)


def test_worker_stands_still_when_hints_pile_up_and_nobody_drains():
    assert still(beats=pulse(AT - timedelta(minutes=2)), queued=12) == ([], [])
    assert still(beats=pulse(AT - timedelta(minutes=2) - SECOND), queued=12) == ([Part.WORKER], [])


def test_clockwork_stands_still_when_nobody_sends_hints():
    assert still(beats=pulse(AT - timedelta(minutes=3)), queued=0) == ([Part.CLOCKWORK], [])


def test_broker_that_does_not_answer_hides_who_stands_still():
    assert still(queued=None) == ([Part.BROKER], [])
    assert still(queued=None, beats=pulse(AT - timedelta(minutes=3))) == (
        [Part.BROKER],
        [Part.WORKER, Part.CLOCKWORK],
    )


def test_office_without_a_broker_runs_by_its_pulse():
    assert still(has_broker=False) == ([], [])
    assert still(has_broker=False, beats=pulse(AT - timedelta(minutes=3))) == (
        [],
        [Part.WORKER, Part.CLOCKWORK],
    )


def test_office_that_never_drained_is_not_well():
    [clockwork] = [one for one in judge(measured(beats={})) if one.part is Part.CLOCKWORK]

    assert (clockwork.is_well, clockwork.last_seen) == (False, None)


def test_outbox_stands_still_when_a_message_waits_longer_than_five_minutes():
    assert still(waiting_since=AT - timedelta(minutes=5)) == ([], [])
    assert still(waiting_since=AT - timedelta(minutes=5) - SECOND) == ([Part.OUTBOX], [])


def test_database_that_does_not_answer_hides_what_it_knows():
    seen, hidden = still(has_database=False, beats={})

    assert seen == [Part.DATABASE]
    assert hidden == [Part.WORKER, Part.CLOCKWORK, Part.OUTBOX, Part.MORNING_CHECK, Part.PRUNING]


@pytest.mark.parametrize(
    ("hour", "minute", "last", "is_well"),
    [
        (6, 59, TODAY - timedelta(days=1), True),
        (6, 59, TODAY - timedelta(days=2), False),
        (7, 0, TODAY - timedelta(days=1), False),
        (7, 0, TODAY, True),
        (23, 59, TODAY, True),
        (9, 0, None, False),
    ],
)
def test_morning_check_is_expected_from_seven_on(hour, minute, last, is_well):
    beats = {Schedule.DRAIN: AT} | ({Schedule.MORNING_CHECK: last} if last else {})
    findings = judge(measured(at=AT.replace(hour=hour, minute=minute), beats=beats))

    [found] = [one for one in findings if one.part is Part.MORNING_CHECK]
    assert found.is_well is is_well


def test_words_say_what_goes_on_while_a_part_stands_still():
    lines = told(judge(measured(beats=pulse(AT - timedelta(minutes=3)), queued=1, given_up=2)))

    assert {line.name: line.words for line in lines if not line.is_well} == {
        "Máy làm việc nền": "Đang đứng. Hồ sơ vẫn tiếp nhận được; tin báo chờ đến khi máy chạy lại."
    }
    [outbox] = [line for line in lines if line.name == "Hộp tin gửi đi"]
    assert outbox.words == "Không có tin nào phải chờ lâu. Trong một ngày qua có 2 tin không gửi được."


def test_pruning_stands_still_after_three_hours_without_a_round():
    rounds = timedelta(hours=3)

    assert still(beats=pulse() | {Schedule.PRUNING: AT - rounds}) == ([], [])
    assert still(beats=pulse() | {Schedule.PRUNING: AT - rounds - SECOND}) == ([Part.PRUNING], [])
