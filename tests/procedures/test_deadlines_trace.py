from datetime import date

import pytest

from procedures.deadlines import TimeLimit, TraceStep, Unit, compute_due
from tests.calendar_table import CALENDAR, HOURS, moment

SAME_DAY = TimeLimit(None, Unit.SAME_DAY)


def working_days(n):
    return TimeLimit(n, Unit.WORKING_DAY)


def calendar_days(n):
    return TimeLimit(n, Unit.CALENDAR_DAY)


def working_hours(n):
    return TimeLimit(n, Unit.WORKING_HOUR)


def due(started, limit):
    return compute_due(moment(started), limit, calendar=CALENDAR, hours=HOURS)


def test_trace_of_working_days_names_each_day_once():
    trace = due("2026-11-20 16:40", working_days(3)).trace

    assert trace == (
        TraceStep("received", date(2026, 11, 20), {"time": "16:40"}),
        TraceStep("day_off", date(2026, 11, 21), {"kind": "weekend", "name": ""}),
        TraceStep("day_off", date(2026, 11, 22), {"kind": "weekend", "name": ""}),
        TraceStep("counted", date(2026, 11, 23), {"n": 1}),
        TraceStep("day_off", date(2026, 11, 24), {"kind": "holiday", "name": "Ngày Văn hóa Việt Nam"}),
        TraceStep("counted", date(2026, 11, 25), {"n": 2}),
        TraceStep("counted", date(2026, 11, 26), {"n": 3}),
        TraceStep("due", date(2026, 11, 26), {"time": "17:00", "n": 3}),
    )


def test_trace_of_a_worked_saturday_counts_it_with_its_name():
    counted = due("2026-01-05 08:00", working_days(5)).trace[5]

    params = {"n": 5, "kind": "worked_saturday", "name": "làm bù cho ngày 2/1/2026"}
    assert counted == TraceStep("counted", date(2026, 1, 10), params)


def test_trace_of_calendar_days_shows_how_the_last_day_rolled():
    trace = due("2026-11-12 09:00", calendar_days(2)).trace  # Thursday

    assert trace == (
        TraceStep("received", date(2026, 11, 12), {"time": "09:00"}),
        TraceStep("counted", date(2026, 11, 13), {"n": 1, "unit": "calendar_day"}),
        TraceStep(
            "counted", date(2026, 11, 14), {"n": 2, "unit": "calendar_day", "kind": "weekend", "name": ""}
        ),
        TraceStep("day_off", date(2026, 11, 15), {"kind": "weekend", "name": ""}),
        TraceStep("rolled", date(2026, 11, 16), {"from": "2026-11-14", "kind": "weekend", "name": ""}),
        TraceStep("due", date(2026, 11, 16), {"time": "17:00", "n": 2}),
    )


@pytest.mark.parametrize(
    ("started", "received", "codes"),
    [
        ("2026-11-20 15:00", {"time": "15:00", "unit": "same_day"}, ["due"]),  # Friday
        (
            "2026-11-20 15:01",
            {"time": "15:01", "unit": "same_day", "after_15": True},
            ["day_off", "day_off", "counted", "due"],
        ),
        (
            "2026-11-21 09:00",  # Saturday
            {"time": "09:00", "unit": "same_day", "kind": "weekend", "name": ""},
            ["day_off", "counted", "due"],
        ),
    ],
)
def test_trace_of_a_same_day_procedure_says_why(started, received, codes):
    first, *others = due(started, SAME_DAY).trace

    assert (first.code, first.params) == ("received", received)
    assert [step.code for step in others] == codes


def test_trace_after_closing_says_so():
    received = due("2026-11-20 17:01", working_days(1)).trace[0]

    assert received.params == {"time": "17:01", "after_closing": True}


def test_trace_of_working_hours_names_each_session():
    trace = due("2026-11-20 15:10", working_hours(8)).trace

    assert trace == (
        TraceStep("received", date(2026, 11, 20), {"time": "15:10", "unit": "working_hour"}),
        TraceStep("hours", date(2026, 11, 20), {"from": "15:10", "to": "17:00", "minutes": 110}),
        TraceStep("day_off", date(2026, 11, 21), {"kind": "weekend", "name": ""}),
        TraceStep("day_off", date(2026, 11, 22), {"kind": "weekend", "name": ""}),
        TraceStep("hours", date(2026, 11, 23), {"from": "07:00", "to": "11:30", "minutes": 270}),
        TraceStep("hours", date(2026, 11, 23), {"from": "13:30", "to": "15:10", "minutes": 100}),
        TraceStep("due", date(2026, 11, 23), {"time": "15:10", "n": 8}),
    )


@pytest.mark.parametrize(
    ("started", "outside"), [("12:00", True), ("11:30", True), ("13:30", None), ("07:00", None)]
)
def test_trace_of_working_hours_says_when_they_begin_later(started, outside):
    received = due(f"2026-11-18 {started}", working_hours(8)).trace[0]

    assert received.params.get("outside") == outside


def test_trace_of_working_hours_with_seconds_still_adds_up():
    trace = due("2026-11-20 15:10:40", working_hours(3)).trace

    assert sum(step.params["minutes"] for step in trace if step.code == "hours") == 180


def test_trace_step_stored_as_json_comes_back_the_same():
    trace = due("2026-11-20 16:40", working_days(3)).trace

    assert trace[4].as_json() == {
        "code": "day_off",
        "date": "2026-11-24",
        "params": {"kind": "holiday", "name": "Ngày Văn hóa Việt Nam"},
    }
    assert tuple(TraceStep.from_json(step.as_json()) for step in trace) == trace
