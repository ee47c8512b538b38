from datetime import UTC, datetime, timedelta

import pytest

from procedures.deadlines import (
    Deadline,
    TimeLimit,
    Timeliness,
    Unit,
    compute_due,
    is_overdue,
    timeliness,
    working_days_left,
)
from procedures.errors import ProcedureError
from staff.work_calendar import CalendarMissing, OfficeHours
from tests.calendar_table import AFTERNOON, CALENDAR, HOURS, MORNING, moment, province_calendar

SAME_DAY = TimeLimit(None, Unit.SAME_DAY)


def working_days(n):
    return TimeLimit(n, Unit.WORKING_DAY)


def calendar_days(n):
    return TimeLimit(n, Unit.CALENDAR_DAY)


def working_hours(n):
    return TimeLimit(n, Unit.WORKING_HOUR)


def due(started, limit, hours=HOURS):
    return compute_due(moment(started), limit, calendar=CALENDAR, hours=hours)


@pytest.mark.parametrize(
    ("started", "limit", "due_at"),
    [
        pytest.param("2026-11-16 09:15", working_days(3), "2026-11-19 17:00", id="1 Mon to Thu"),
        pytest.param("2026-11-20 16:40", working_days(3), "2026-11-26 17:00", id="3 Fri to Thu"),
        pytest.param("2026-11-23 08:30", working_days(1), "2026-11-25 17:00", id="4 Mon to Wed"),
        pytest.param("2026-11-21 09:00", working_days(3), "2026-11-26 17:00", id="6 Sat to Thu"),
        pytest.param("2026-02-12 09:00", working_days(5), "2026-02-26 17:00", id="7 Thu to Thu"),
        pytest.param("2026-01-05 08:00", working_days(5), "2026-01-10 17:00", id="9 Mon to Sat"),
        pytest.param("2026-08-27 15:30", working_days(3), "2026-09-04 17:00", id="11 Thu to Fri"),
        pytest.param("2026-04-28 09:00", working_days(2), "2026-05-04 17:00", id="13 Tue to Mon"),
        pytest.param("2027-04-29 15:10", working_days(1), "2027-05-04 17:00", id="15 Thu to Tue"),
        pytest.param("2026-11-17 09:00", working_days(10), "2026-12-02 17:00", id="17 Tue to Wed"),
        pytest.param("2026-07-01 07:30", working_days(15), "2026-07-22 17:00", id="18 Wed to Wed"),
        pytest.param("2026-11-09 09:00", calendar_days(15), "2026-11-25 17:00", id="20 Mon to Wed"),
        pytest.param("2026-11-20 15:00", SAME_DAY, "2026-11-20 17:00", id="22 Fri"),
        pytest.param("2026-11-20 15:01", SAME_DAY, "2026-11-23 17:00", id="23 Fri to Mon"),
        pytest.param("2026-11-23 15:30", SAME_DAY, "2026-11-25 17:00", id="24 Mon to Wed"),
        pytest.param("2026-11-20 15:10", working_hours(8), "2026-11-23 15:10", id="26 Fri to Mon"),
        pytest.param("2026-11-21 20:00", working_hours(8), "2026-11-23 17:00", id="28 Sat to Mon"),
        pytest.param("2026-11-18 12:00", working_hours(8), "2026-11-19 11:30", id="29 Wed to Thu"),
        pytest.param("2026-11-25 10:00", working_days(5), "2026-12-02 17:00", id="32 Wed to Wed, restarted"),
        pytest.param("2026-11-16 16:59", working_days(3), "2026-11-19 17:00", id="33 Mon to Thu"),
        pytest.param("2026-11-18 10:00", calendar_days(15), "2026-12-03 17:00", id="34 Wed to Thu"),
        pytest.param("2026-11-18 11:00", working_hours(2), "2026-11-18 15:00", id="38 Wed"),
    ],
)
def test_compute_due_of_a_worked_example_is_the_promised_moment(started, limit, due_at):
    assert due(started, limit).due_at == moment(due_at)


@pytest.mark.parametrize(
    ("started", "due_at"),
    [
        ("2026-11-20 15:00:00", "2026-11-20 17:00"),  # Friday
        ("2026-11-20 15:00:01", "2026-11-23 17:00"),  # Friday to Monday
        ("2026-11-20 05:30", "2026-11-20 17:00"),  # online before opening
        ("2026-11-21 09:00", "2026-11-23 17:00"),  # Saturday to Monday
        ("2026-01-10 09:00", "2026-01-10 17:00"),  # worked Saturday
        ("2026-02-13 15:30", "2026-02-23 17:00"),  # Friday before Tết
    ],
)
def test_compute_due_of_a_same_day_procedure_follows_the_moment_of_receipt(started, due_at):
    assert due(started, SAME_DAY).due_at == moment(due_at)


def test_compute_due_of_a_same_day_procedure_after_an_early_closing_is_the_next_working_day():
    mornings = OfficeHours(((MORNING,),) * 5)

    assert due("2026-11-20 11:15", SAME_DAY, mornings).due_at == moment("2026-11-20 11:30")  # Friday
    assert due("2026-11-20 11:29:59", SAME_DAY, mornings).due_at == moment("2026-11-20 11:30")
    assert due("2026-11-20 11:30", SAME_DAY, mornings).due_at == moment("2026-11-23 11:30")  # no time is left
    assert due("2026-11-20 13:00", SAME_DAY, mornings).due_at == moment("2026-11-23 11:30")


@pytest.mark.parametrize(
    ("started", "days", "due_at"),
    [
        ("2026-11-09 09:00", 1, "2026-11-10 17:00"),  # Monday to Tuesday
        ("2026-11-09 09:00", 5, "2026-11-16 17:00"),  # Saturday rolls to Monday
        ("2026-02-10 09:00", 4, "2026-02-23 17:00"),  # Saturday 14/2 rolls over Tết
        ("2027-02-28 09:00", 1, "2027-03-01 17:00"),  # no leap day
    ],
)
def test_compute_due_in_calendar_days_rolls_the_last_day(started, days, due_at):
    assert due(started, calendar_days(days)).due_at == moment(due_at)


def test_compute_due_over_a_leap_day_counts_it():
    calendar = province_calendar(years=(2028,))

    deadline = compute_due(moment("2028-02-25 09:00"), calendar_days(4), calendar=calendar, hours=HOURS)

    assert deadline.due_at == moment("2028-02-29 17:00")  # Friday to Tuesday


def test_compute_due_from_a_utc_moment_uses_the_local_day():
    at = datetime(2026, 11, 15, 18, 30, tzinfo=UTC)  # Monday 16/11 01:30 in the office

    deadline = compute_due(at, working_days(3), calendar=CALENDAR, hours=HOURS)

    assert deadline.due_at.isoformat() == "2026-11-19T17:00:00+07:00"


def test_compute_due_names_calendar_revision_with_unit():
    deadline = due("2026-11-16 09:15", working_days(3))

    assert (deadline.calendar_revision, deadline.unit) == (CALENDAR.revision, Unit.WORKING_DAY)


def test_compute_due_on_a_friday_with_a_short_afternoon_ends_with_that_day():
    hours = OfficeHours(((MORNING, AFTERNOON),) * 4 + ((MORNING,),))

    assert due("2026-11-17 09:00", working_days(3), hours).due_at == moment("2026-11-20 11:30")
    assert due("2026-01-05 08:00", working_days(5), hours).due_at == moment("2026-01-10 11:30")


@pytest.mark.parametrize(
    "limit",
    [
        TimeLimit(None, Unit.NONE),
        TimeLimit(3, Unit.NONE),
        *(
            TimeLimit(n, unit)
            for n in (None, 0, -1)
            for unit in ("working_day", "calendar_day", "working_hour")
        ),
    ],
)
def test_compute_due_without_a_computable_limit_is_refused(limit):
    limit = TimeLimit(limit.amount, Unit(limit.unit))

    with pytest.raises(ProcedureError) as refused:
        due("2026-11-16 09:15", limit)

    assert refused.value.code == "no_computable_limit"


@pytest.mark.parametrize(
    ("started", "limit", "year"),
    [
        ("2027-12-28 09:00", working_days(5), 2028),  # Tuesday: 29, 30, 31 and then no data
        ("2027-12-30 09:00", calendar_days(3), 2028),
        ("2027-12-31 16:00", working_hours(2), 2028),
        ("2027-12-31 15:01", SAME_DAY, 2028),
        ("2028-01-03 09:00", working_days(1), 2028),
        ("2024-12-31 09:00", working_days(1), 2024),
    ],
)
def test_compute_due_in_a_year_without_data_is_refused(started, limit, year):
    with pytest.raises(CalendarMissing) as missing:
        due(started, limit)

    assert missing.value.year == year


def test_compute_due_up_to_the_last_day_with_data_is_given():
    assert due("2027-12-28 09:00", working_days(3)).due_at == moment("2027-12-31 17:00")  # Tuesday to Friday


def test_compute_due_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        compute_due(datetime(2026, 11, 16, 9, 15), working_days(3), calendar=CALENDAR, hours=HOURS)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("finished", "due_at", "unit", "expected"),
    [
        ("2026-11-19 16:59", "2026-11-19 17:00", Unit.WORKING_DAY, Timeliness.ON_TIME),  # example 40, law
        (
            "2026-11-19 16:59",
            "2026-11-19 09:15",
            Unit.WORKING_DAY,
            Timeliness.ON_TIME,
        ),  # example 40, deployed
        ("2026-11-18 16:59", "2026-11-19 17:00", Unit.WORKING_DAY, Timeliness.EARLY),
        ("2026-11-20 07:00", "2026-11-19 17:00", Unit.CALENDAR_DAY, Timeliness.LATE),
        ("2026-11-20 16:00", "2026-11-20 17:00", Unit.SAME_DAY, Timeliness.ON_TIME),
        ("2026-11-19 15:01", "2026-11-19 15:00", Unit.WORKING_HOUR, Timeliness.LATE),
        ("2026-11-19 15:00", "2026-11-19 15:00", Unit.WORKING_HOUR, Timeliness.ON_TIME),
        ("2026-11-19 14:59", "2026-11-19 15:00", Unit.WORKING_HOUR, Timeliness.EARLY),
    ],
)
def test_timeliness_compares_days_except_for_hours(finished, due_at, unit, expected):
    assert timeliness(moment(finished), moment(due_at), unit) is expected


def test_timeliness_of_utc_moments_compares_local_days():
    finished = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)  # Friday 20/11 00:30 in the office

    assert timeliness(finished, moment("2026-11-19 17:00"), Unit.WORKING_DAY) is Timeliness.LATE


@pytest.mark.parametrize(("at", "overdue"), [("16:59", False), ("17:00", False), ("17:00:01", True)])
def test_is_overdue_only_after_the_promised_moment(at, overdue):
    assert is_overdue(moment(f"2026-11-19 {at}"), moment("2026-11-19 17:00")) is overdue


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("2026-11-20 09:00", 3),  # Friday: 23, 25, 26
        ("2026-11-21 09:00", 3),  # Saturday
        ("2026-11-25 18:00", 1),
        ("2026-11-26 17:00", 0),
        ("2026-11-26 17:01", -1),
        ("2026-11-27 09:00", -1),
        ("2026-11-28 09:00", -1),  # Saturday
        ("2026-12-01 09:00", -3),
    ],
)
def test_working_days_left_is_negative_as_soon_as_it_is_late(at, left):
    due_at = moment("2026-11-26 17:00")  # Thursday

    assert working_days_left(moment(at), due_at, CALENDAR) == left


def test_deadline_is_a_value():
    first, second = (due("2026-11-16 09:15", working_days(3)) for _time in range(2))

    assert first == second
    assert isinstance(first, Deadline)
    assert first.due_at - moment("2026-11-16 09:15") == timedelta(days=3, hours=7, minutes=45)
