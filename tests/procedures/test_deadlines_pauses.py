import pytest

from procedures.deadlines import TimeLimit, Unit, pause_due
from tests.calendar_table import CALENDAR, HOURS, moment

SAME_DAY = TimeLimit(None, Unit.SAME_DAY)


def working_days(n):
    return TimeLimit(n, Unit.WORKING_DAY)


def calendar_days(n):
    return TimeLimit(n, Unit.CALENDAR_DAY)


def working_hours(n):
    return TimeLimit(n, Unit.WORKING_HOUR)


def paused(started, limit, *pauses):
    moments = [(moment(began), moment(ended)) for began, ended in pauses]
    return pause_due(moment(started), limit, moments, calendar=CALENDAR, hours=HOURS)


def outline(deadline):
    """The trace in short: code and day, with the number of a counted day."""
    return [
        f"{step.code} {step.date.day}/{step.date.month}"
        + (f" = {step.params['n']}" if step.code == "counted" else "")
        for step in deadline.trace
    ]


def test_pause_due_while_a_verification_waits_adds_its_working_days():
    deadline = paused("2026-11-16 09:15", working_days(3), ("2026-11-17 10:00", "2026-11-23 09:00"))

    assert deadline.due_at == moment("2026-11-26 17:00")  # Thursday instead of 19/11
    assert outline(deadline) == [
        *(
            "received 16/11",
            "counted 17/11 = 1",
            "paused 18/11",
            "paused 19/11",
            "paused 20/11",
            "day_off 21/11",
        ),
        *(
            "day_off 22/11",
            "paused 23/11",
            "day_off 24/11",
            "counted 25/11 = 2",
            "counted 26/11 = 3",
            "due 26/11",
        ),
    ]


@pytest.mark.parametrize(
    ("limit", "pauses", "due_at"),
    [
        (working_days(3), [], "2026-11-19 17:00"),
        (working_days(3), [("2026-11-17 10:00", "2026-11-17 16:00")], "2026-11-19 17:00"),  # same Tuesday
        (working_days(3), [("2026-11-16 10:00", "2026-11-17 08:00")], "2026-11-20 17:00"),
        (working_days(3), [("2026-11-19 10:00", "2026-11-23 09:00")], "2026-11-23 17:00"),  # on the last day
        (
            working_days(3),
            [("2026-11-20 10:00", "2026-11-23 09:00")],
            "2026-11-20 17:00",
        ),  # when already late
        (
            working_days(3),
            [("2026-11-18 08:00", "2026-11-19 09:00"), ("2026-11-16 10:00", "2026-11-17 09:00")],
            "2026-11-23 17:00",
        ),
        (
            working_days(3),
            [("2026-11-16 10:00", "2026-11-18 09:00"), ("2026-11-17 10:00", "2026-11-19 09:00")],
            "2026-11-25 17:00",  # overlapping: 17, 18, 19 once
        ),
        (working_days(3), [("2026-11-12 10:00", "2026-11-17 09:00")], "2026-11-20 17:00"),  # began before
        (working_days(3), [("2026-11-12 10:00", "2026-11-13 09:00")], "2026-11-19 17:00"),  # long over
        (calendar_days(5), [("2026-11-17 10:00", "2026-11-20 09:00")], "2026-11-25 17:00"),  # 24/11 rolls
        (SAME_DAY, [("2026-11-16 10:00", "2026-11-18 09:00")], "2026-11-18 17:00"),
        (working_hours(8), [("2026-11-16 10:00", "2026-11-16 14:00")], "2026-11-17 11:15"),  # 2 h stood still
        (
            working_hours(2),
            [("2026-11-16 16:00", "2026-11-16 16:30")],
            "2026-11-16 13:45",
        ),  # when already late
    ],
)
def test_pause_due_adds_what_was_not_counted(limit, pauses, due_at):
    assert paused("2026-11-16 09:15", limit, *pauses).due_at == moment(due_at)  # Monday


def test_pause_due_in_hours_shows_the_pause_in_the_trace():
    trace = paused("2026-11-16 09:15", working_hours(4), ("2026-11-16 10:00", "2026-11-16 14:00")).trace

    assert [(step.code, step.params.get("from"), step.params.get("to")) for step in trace] == [
        ("received", None, None),
        ("hours", "09:15", "10:00"),
        ("paused", "10:00", "11:30"),
        ("paused", "13:30", "14:00"),
        ("hours", "14:00", "17:00"),
        ("hours", "07:00", "07:15"),
        ("due", None, None),
    ]


def test_pause_due_of_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before"):
        paused("2026-11-16 09:15", working_days(3), ("2026-11-18 10:00", "2026-11-17 10:00"))
