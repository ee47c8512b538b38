"""A trace drawn as one cell a day."""

from datetime import date, timedelta

import pytest

from procedures.deadlines import TimeLimit, Unit, compute_due, pause_due
from procedures.slats import slats
from tests.calendar_table import CALENDAR, HOURS, moment

FRIDAY = "2026-11-20 16:40"
MONDAY = date(2026, 11, 23)


def drawn(received, amount, unit, today):
    deadline = compute_due(moment(received), TimeLimit(amount, unit), calendar=CALENDAR, hours=HOURS)
    return [(f"{cell.day:%d/%m}", cell.css, cell.label) for cell in slats(deadline.trace, today=today)]


def test_slats_of_three_working_days_show_weekend_and_holiday():
    assert drawn(FRIDAY, 3, Unit.WORKING_DAY, MONDAY) == [
        ("20/11", "start", "nhận"),
        ("21/11", "off", "nghỉ"),  # Saturday
        ("22/11", "off", "nghỉ"),
        ("23/11", "past now", "1"),  # Monday
        ("24/11", "off", "nghỉ lễ"),  # Tuesday
        ("25/11", "day", "2"),
        ("26/11", "goal", "3"),  # Thursday
    ]


def test_slats_on_the_day_of_receipt_frame_the_start():
    assert drawn(FRIDAY, 1, Unit.WORKING_DAY, date(2026, 11, 20)) == [
        ("20/11", "start now", "nhận"),
        ("21/11", "off", "nghỉ"),
        ("22/11", "off", "nghỉ"),
        ("23/11", "goal", "1"),
    ]


def test_slats_on_a_day_off_frame_that_day():
    cells = drawn(FRIDAY, 3, Unit.WORKING_DAY, date(2026, 11, 24))

    assert [cell for cell in cells if "now" in cell[1]] == [("24/11", "off now", "nghỉ lễ")]


def test_slats_of_a_late_case_fill_every_counted_day():
    css = [css for _day, css, _label in drawn(FRIDAY, 3, Unit.WORKING_DAY, date(2026, 11, 30))]

    assert css == ["start", "off", "off", "past", "off", "past", "goal"]


@pytest.mark.parametrize(
    ("received", "cells"),
    [
        ("2026-11-20 15:00", [("20/11", "goal now", "17:00")]),  # Friday, still the same day
        (
            "2026-11-20 15:01",
            [
                ("20/11", "start now", "nhận"),
                ("21/11", "off", "nghỉ"),
                ("22/11", "off", "nghỉ"),
                ("23/11", "goal", "1"),
            ],
        ),
    ],
)
def test_slats_of_the_same_day_end_where_it_is_promised(received, cells):
    assert drawn(received, None, Unit.SAME_DAY, date(2026, 11, 20)) == cells


def test_slats_of_calendar_days_show_the_day_it_rolled_to():
    cells = drawn("2026-11-18 11:00", 24, Unit.CALENDAR_DAY, date(2026, 11, 18))  # Wednesday

    assert len(cells) == 27
    assert cells[-3:] == [
        ("12/12", "day", "24"),  # Saturday, the twenty-fourth day
        ("13/12", "off", "nghỉ"),
        ("14/12", "goal", "17:00"),  # Monday
    ]


def test_slats_of_hours_show_each_day_once():
    cells = drawn("2026-11-19 16:00", 3, Unit.WORKING_HOUR, date(2026, 11, 19))  # Thursday

    assert cells == [("19/11", "start now", "nhận"), ("20/11", "goal", "09:00")]


def test_slats_of_a_pause_mark_the_days_that_do_not_count():
    deadline = pause_due(
        moment("2026-11-16 09:15"),  # Monday
        TimeLimit(3, Unit.WORKING_DAY),
        [(moment("2026-11-17 10:00"), moment("2026-11-23 09:00"))],
        calendar=CALENDAR,
        hours=HOURS,
    )

    cells = slats(deadline.trace, today=date(2026, 11, 16))

    assert [cell.day.day for cell in cells if cell.css == "hold"] == [18, 19, 20, 23]
    assert (cells[-1].day, cells[-1].css) == (date(2026, 11, 26), "goal")


@pytest.mark.parametrize("amount", range(1, 30))
@pytest.mark.parametrize("unit", [Unit.WORKING_DAY, Unit.CALENDAR_DAY])
def test_slats_are_one_cell_for_each_day_without_a_gap(amount, unit):
    received = moment("2026-12-28 08:00")  # a Monday before New Year
    deadline = compute_due(received, TimeLimit(amount, unit), calendar=CALENDAR, hours=HOURS)

    cells = slats(deadline.trace, today=date(2026, 12, 28))

    length = (deadline.due_at.date() - received.date()).days
    assert [cell.day for cell in cells] == [received.date() + timedelta(days=n) for n in range(length + 1)]


def test_slats_of_no_trace_are_none():
    assert slats((), today=MONDAY) == ()
