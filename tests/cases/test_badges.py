"""The words of the badge, literally, on the calendar of November 2026 (Tuesday 24/11 is a holiday)."""

import pytest

from cases.badges import Badge, due_badge
from cases.choices import State
from procedures.deadlines import Unit
from tests.calendar_table import CALENDAR, moment

DUE = moment("2026-11-26 17:00")  # Thursday


def badge(at, *, state=State.IN_PROGRESS, due=DUE, finished=None, unit=Unit.WORKING_DAY):
    finished_at = moment(finished) if finished else None
    return due_badge(state, due, finished_at, at=moment(at), calendar=CALENDAR, unit=unit)


@pytest.mark.parametrize(
    ("at", "css", "text"),
    [
        ("2026-11-16 09:00", "", "Còn 7 ngày"),  # Monday; 24/11 and the weekend do not count
        ("2026-11-20 09:42", "", "Còn 3 ngày"),  # Friday
        ("2026-11-22 09:00", "", "Còn 3 ngày"),  # Sunday
        ("2026-11-23 23:59", "", "Còn 2 ngày"),  # Monday before the holiday
        ("2026-11-24 09:00", "", "Còn 2 ngày"),  # the holiday
        ("2026-11-25 00:00", "soon", "Còn 1 ngày"),  # Wednesday
        ("2026-11-26 00:00", "today", "Hôm nay 17:00"),
        ("2026-11-26 17:00", "today", "Hôm nay 17:00"),  # the very moment is in time
        ("2026-11-26 17:01", "late", "Quá hạn từ 17:00"),
        ("2026-11-27 08:00", "late", "Quá hạn 1 ngày"),  # Friday
        ("2026-11-29 08:00", "late", "Quá hạn 1 ngày"),  # Sunday
        ("2026-12-02 08:00", "late", "Quá hạn 4 ngày"),  # Wednesday
    ],
)
def test_due_badge_of_a_running_case_counts_working_days(at, css, text):
    icon = "alert" if css == "late" else "clock"

    assert badge(at) == Badge(css, icon, text)


@pytest.mark.parametrize(
    "state", [State.AWAITING_COMPLETION, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT]
)
def test_due_badge_of_a_waiting_case_stands_still_even_past_its_day(state):
    assert badge("2026-12-02 08:00", state=state) == Badge("hold", "pause", "Đang dừng")


@pytest.mark.parametrize(
    ("finished", "css", "icon", "text"),
    [
        ("2026-11-23 16:00", "done", "check", "Xong sớm 2 ngày"),  # Monday
        ("2026-11-25 16:00", "done", "check", "Xong sớm 1 ngày"),  # Wednesday
        ("2026-11-26 09:00", "done", "check", "Xong đúng hạn"),
        ("2026-11-26 19:00", "done", "check", "Xong đúng hạn"),  # by the day, not by the hour
        ("2026-11-27 08:00", "late", "alert", "Xong trễ 1 ngày"),  # Friday
        ("2026-12-01 08:00", "late", "alert", "Xong trễ 3 ngày"),  # Tuesday
    ],
)
@pytest.mark.parametrize("state", [State.RESOLVED, State.RETURNED])
def test_due_badge_of_a_finished_case_says_how_it_ended(state, finished, css, icon, text):
    assert badge("2026-12-31 08:00", state=state, finished=finished) == Badge(css, icon, text)


def test_due_badge_of_a_case_finished_on_the_weekend_after_names_no_number():
    friday = moment("2026-11-27 17:00")

    assert badge("2026-11-30 08:00", state=State.RESOLVED, due=friday, finished="2026-11-28 08:00").text == (
        "Xong trễ"  # Saturday: late by the date, by no working day
    )


def test_due_badge_of_an_hour_limit_is_late_by_the_moment():
    finished = {"state": State.RESOLVED, "unit": Unit.WORKING_HOUR, "due": moment("2026-11-26 10:00")}

    assert badge("2026-11-26 16:00", finished="2026-11-26 10:01", **finished).text == "Xong trễ"
    assert badge("2026-11-26 16:00", finished="2026-11-26 10:00", **finished).text == "Xong đúng hạn"


@pytest.mark.parametrize(
    ("state", "icon", "text"),
    [
        (State.WITHDRAWN, "again", "Đã rút"),
        (State.STOPPED, "pause", "Đã dừng"),
        (State.CLOSED, "pause", "Đã dừng"),
    ],
)
def test_due_badge_of_a_case_without_result_is_neither_late_nor_in_time(state, icon, text):
    assert badge("2026-12-31 08:00", state=state, finished="2026-12-30 08:00") == Badge("", icon, text)


@pytest.mark.parametrize(
    ("at", "state", "finished", "expected"),
    [
        ("2026-11-20 09:42", State.REGISTERED, None, Badge("", "clock", "Hẹn 12/01/2028")),
        ("2028-01-12 09:00", State.REGISTERED, None, Badge("today", "clock", "Hôm nay 17:00")),
        ("2028-01-14 09:00", State.REGISTERED, None, Badge("late", "alert", "Quá hạn từ 12/01/2028")),
        ("2028-01-14 09:00", State.RESOLVED, "2026-12-01 09:00", Badge("done", "check", "Xong sớm")),
        ("2028-01-14 09:00", State.RESOLVED, "2028-01-13 09:00", Badge("late", "alert", "Xong trễ")),
    ],
)
def test_due_badge_of_a_date_beyond_the_calendar_names_the_date(at, state, finished, expected):
    due = moment("2028-01-12 17:00")  # a Wednesday in a year that has no calendar yet

    assert badge(at, state=state, due=due, finished=finished) == expected
