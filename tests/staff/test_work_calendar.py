from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from staff.work_calendar import DEFAULT_HOURS, CalendarMissing, DayKind, OfficeHours, SpecialDay, WorkCalendar
from tests.calendar_table import AFTERNOON, CALENDAR, HOURS, MORNING, moment


@pytest.mark.parametrize(
    ("year", "per_month"),
    [
        (2025, [17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23]),
        (2026, [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]),
        (2027, [20, 15, 23, 20, 20, 22, 22, 22, 20, 21, 21, 23]),
    ],
)
def test_is_working_day_over_a_year_gives_the_published_days_per_month(year, per_month):
    days = (date(year, 1, 1) + timedelta(days=i) for i in range(365))

    worked = Counter(day.month for day in days if CALENDAR.is_working_day(day))

    assert [worked[month] for month in range(1, 13)] == per_month


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-23", DayKind.WORKING),  # Monday
        ("2026-11-24", DayKind.HOLIDAY),  # Tuesday
        ("2026-11-22", DayKind.WEEKEND),  # Sunday
        ("2026-08-31", DayKind.SWAPPED_OFF),  # Monday
        ("2026-08-22", DayKind.WORKED_SATURDAY),
        ("2026-11-28", DayKind.WEEKEND),  # Saturday: the proposed swap was not adopted
    ],
)
def test_kind_of_day_follows_the_table(day, kind):
    assert CALENDAR.kind(date.fromisoformat(day)) is kind


def test_special_day_names_the_holiday():
    assert CALENDAR.special_day(date(2026, 11, 24)).name == "Ngày Văn hóa Việt Nam"
    assert CALENDAR.special_day(date(2026, 11, 23)) is None


@pytest.mark.parametrize("year", [2024, 2028])
def test_kind_in_a_year_without_data_is_refused(year):
    with pytest.raises(CalendarMissing) as missing:
        CALENDAR.kind(date(year, 1, 5))

    assert (missing.value.year, missing.value.code) == (year, "calendar_missing")
    assert str(missing.value) == f"Chưa có lịch làm việc năm {year} nên chưa tính được ngày hẹn trả."


def test_kind_of_a_moment_is_refused():
    with pytest.raises(TypeError, match="not for moments"):
        CALENDAR.kind(moment("2026-11-24 09:00"))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        ("2026-11-23", "2026-11-25"),  # Monday before the holiday
        ("2026-11-20", "2026-11-23"),  # Friday
        ("2026-02-13", "2026-02-23"),  # Friday before Tết
        ("2026-01-09", "2026-01-10"),  # Friday before a worked Saturday
    ],
)
def test_next_working_day_skips_days_off(day, following):
    assert CALENDAR.next_working_day(date.fromisoformat(day)) == date.fromisoformat(following)


def test_next_working_day_after_the_last_of_the_data_is_refused():
    with pytest.raises(CalendarMissing):
        CALENDAR.next_working_day(date(2027, 12, 31))


@pytest.mark.parametrize(("day", "found"), [("2026-11-24", "2026-11-25"), ("2026-11-25", "2026-11-25")])
def test_on_or_after_keeps_a_working_day(day, found):
    assert CALENDAR.on_or_after(date.fromisoformat(day)) == date.fromisoformat(found)


@pytest.mark.parametrize(("n", "found"), [(0, "2026-11-20"), (1, "2026-11-23"), (2, "2026-11-25")])
def test_add_working_days_does_not_count_the_first(n, found):
    assert CALENDAR.add_working_days(date(2026, 11, 20), n) == date.fromisoformat(found)  # Friday


def test_add_working_days_backwards_is_refused():
    with pytest.raises(ValueError, match="forward only"):
        CALENDAR.add_working_days(date(2026, 11, 20), -1)


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        ("2026-11-17", "2026-11-23", 4),  # Tuesday to Monday: 18, 19, 20, 23
        ("2026-11-20", "2026-11-25", 2),  # Friday to Wednesday: 23, 25
        ("2026-11-20", "2026-11-20", 0),
        ("2026-11-25", "2026-11-20", 0),
        ("2026-01-09", "2026-01-11", 1),  # the worked Saturday
    ],
)
def test_working_days_between_counts_the_last_but_not_the_first(after, until, days):
    assert CALENDAR.working_days_between(date.fromisoformat(after), date.fromisoformat(until)) == days


DAYS = st.dates(date(2024, 12, 1), date(2028, 1, 31))  # the calendar has 2025 to 2027


@given(after=DAYS, until=DAYS)
@example(after=date(2026, 12, 31), until=date(2027, 1, 4))
@example(after=date(2024, 12, 31), until=date(2025, 1, 2))
def test_working_days_between_is_what_counting_day_by_day_finds(after, until):
    days = [after + timedelta(days=number) for number in range(1, (until - after).days + 1)]
    unknown = [day.year for day in days if day.year not in CALENDAR.years]

    if unknown:
        with pytest.raises(CalendarMissing) as refused:
            CALENDAR.working_days_between(after, until)
        assert refused.value.year == unknown[0]
    else:
        counted = sum(CALENDAR.is_working_day(day) for day in days)
        assert CALENDAR.working_days_between(after, until) == counted


def test_special_day_worked_without_replaced_weekday_is_refused():
    with pytest.raises(ValueError, match="replaces"):
        SpecialDay(date(2026, 1, 10), DayKind.WORKED_SATURDAY, "làm bù", "thông báo")


FRIDAY_MORNINGS = OfficeHours(((MORNING, AFTERNOON),) * 4 + ((MORNING,),))


def test_default_hours_are_those_of_the_province():
    assert DEFAULT_HOURS == HOURS


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-22"])
def test_sessions_on_a_day_off_are_none(day):
    assert HOURS.sessions(date.fromisoformat(day), CALENDAR) == ()


@pytest.mark.parametrize(
    ("day", "sessions"),
    [
        ("2026-01-10", (MORNING,)),  # worked for Friday 2/1
        ("2026-08-22", (MORNING, AFTERNOON)),  # worked for Monday 31/8
        ("2026-11-20", (MORNING,)),  # Friday
    ],
)
def test_sessions_on_a_worked_saturday_are_those_of_the_weekday_it_replaces(day, sessions):
    assert FRIDAY_MORNINGS.sessions(date.fromisoformat(day), CALENDAR) == sessions


def test_closing_is_the_end_of_the_last_session():
    assert HOURS.closing(date(2026, 11, 26), CALENDAR).isoformat() == "2026-11-26T17:00:00+07:00"
    assert FRIDAY_MORNINGS.closing(date(2026, 1, 10), CALENDAR).isoformat() == "2026-01-10T11:30:00+07:00"


def test_closing_of_a_working_day_on_which_the_point_is_shut_is_the_latest_of_its_week():
    mondays_only = OfficeHours(((MORNING, AFTERNOON), (), (), (), ()))

    assert mondays_only.closing(date(2026, 11, 26), CALENDAR).time() == time(17)  # Thursday


def test_closing_of_a_day_off_is_refused():
    with pytest.raises(ValueError, match="not a working day"):
        HOURS.closing(date(2026, 11, 24), CALENDAR)


@pytest.mark.parametrize(
    "weekdays",
    [
        ((MORNING,),) * 4,
        ((),) * 5,
        ((AFTERNOON, MORNING),) * 5,
        (((time(9), time(9)),),) * 5,
        (((time(7), time(12)), (time(11), time(17))),) * 5,
    ],
)
def test_office_hours_out_of_order_are_refused(weekdays):
    with pytest.raises(ValueError, match="Office hours"):
        OfficeHours(weekdays)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-20 15:10", 480, "2026-11-23 15:10"),  # Friday to Monday
        ("2026-11-18 12:00", 480, "2026-11-19 11:30"),  # Wednesday, lunch
        ("2026-11-18 11:30", 30, "2026-11-18 14:00"),
        ("2026-11-18 11:00", 30, "2026-11-18 11:30"),
        ("2026-11-18 17:00", 1, "2026-11-19 07:01"),
        ("2026-11-18 16:00", 60, "2026-11-18 17:00"),
        ("2026-11-23 16:59", 2, "2026-11-25 07:01"),  # over the holiday
        ("2026-11-18 12:00", 0, "2026-11-18 12:00"),
    ],
)
def test_add_minutes_counts_inside_sessions_only(start, minutes, end):
    assert HOURS.add_minutes(moment(start), minutes, CALENDAR) == moment(end)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-20 16:59", "2026-11-20 16:59"),  # a Friday, open
        ("2026-11-20 17:00", "2026-11-23 07:00"),  # closing time is no longer open
        ("2026-11-20 11:30", "2026-11-20 13:30"),  # lunch
        ("2026-11-21 09:00", "2026-11-23 07:00"),  # Saturday
        ("2026-11-24 09:00", "2026-11-25 07:00"),  # a holiday
        ("2026-11-20 06:59", "2026-11-20 07:00"),
    ],
)
def test_open_from_is_the_moment_or_the_next_opening(at, opens):
    assert HOURS.open_from(moment(at), CALENDAR) == moment(opens)


def test_add_minutes_keeps_the_seconds():
    assert HOURS.add_minutes(moment("2026-11-20 16:59:30"), 1, CALENDAR) == moment("2026-11-23 07:00:30")


def test_add_minutes_from_a_utc_moment_answers_in_local_time():
    at = datetime.fromisoformat("2026-11-20T08:10:00+00:00")  # Friday 15:10 in the office

    assert HOURS.add_minutes(at, 480, CALENDAR).isoformat() == "2026-11-23T15:10:00+07:00"


@pytest.mark.parametrize(
    ("a", "b", "minutes"),
    [
        ("2026-11-20 15:10", "2026-11-23 15:10", 480),  # Friday to Monday
        ("2026-11-18 11:00", "2026-11-18 14:00", 60),
        ("2026-11-21 09:00", "2026-11-22 20:00", 0),  # weekend
        ("2026-11-20 17:00", "2026-11-23 07:00", 0),
        ("2026-11-20 09:00", "2026-11-20 08:00", 0),
        ("2026-11-20 09:00:30", "2026-11-20 09:01:29", 0),
    ],
)
def test_minutes_between_counts_working_time_only(a, b, minutes):
    assert HOURS.minutes_between(moment(a), moment(b), CALENDAR) == minutes


def test_calendar_of_another_revision_is_another_value():
    assert WorkCalendar(8, CALENDAR.years, CALENDAR.special) != CALENDAR
