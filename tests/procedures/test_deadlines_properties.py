"""The deadline engine against what must always hold, and against a slow count that shares no code with it."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.deadlines import TimeLimit, Unit, compute_due, pause_due
from tests.calendar_table import CALENDAR, HANOI, HOLIDAYS, HOURS, SWAPS

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)

OFF = {date.fromisoformat(day) for days in HOLIDAYS.values() for day in days} | {
    date.fromisoformat(day) for day in SWAPS
}
WORKED_SATURDAYS = {date.fromisoformat(day) for day in SWAPS.values()}


def is_worked(day):
    return day in WORKED_SATURDAYS or (day.isoweekday() < 6 and day not in OFF)


def is_open(at):
    """Whether the minute that begins now is working time."""
    minute = at.hour * 60 + at.minute
    return is_worked(at.date()) and (420 <= minute < 690 or 810 <= minute < 1020)


def slow_due_on(started_on, amount, counts):
    day = started_on
    while amount:
        day += ONE_DAY
        amount -= 1 if counts(day) else 0
    while not is_worked(day):
        day += ONE_DAY
    return day


def slow_due_on_after(start, limit, extra):
    """The due day of a limit in days to which so many days are added."""
    if limit.unit is Unit.CALENDAR_DAY:
        return slow_due_on(start.date(), limit.amount + extra, lambda _day: True)
    if limit.unit is Unit.WORKING_DAY:
        return slow_due_on(start.date(), limit.amount + extra, is_worked)
    today = is_worked(start.date()) and (start.hour, start.minute) <= (15, 0)
    return slow_due_on(start.date(), (0 if today else 1) + extra, is_worked)


def slow_due_after_minutes(start, minutes):
    at = start
    while minutes:
        minutes -= 1 if is_open(at) else 0
        at += ONE_MINUTE
    return at


def closing(day):
    return datetime.combine(day, time(17), HANOI)


def due(start, limit):
    return compute_due(start, limit, calendar=CALENDAR, hours=HOURS)


starts = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=HANOI) + minutes * ONE_MINUTE
)
near_tet = st.integers(0, 30 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 25, tzinfo=HANOI) + minutes * ONE_MINUTE
)
amounts = st.integers(1, 40)
day_limits = st.one_of(
    st.builds(TimeLimit, amounts, st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY])),
    st.just(TimeLimit(None, Unit.SAME_DAY)),
)
hour_limits = st.builds(TimeLimit, st.integers(1, 24), st.just(Unit.WORKING_HOUR))
limits = st.one_of(day_limits, hour_limits)
pause_lengths = st.lists(st.tuples(st.integers(0, 6 * 1440), st.integers(0, 12 * 1440)), max_size=3)


def pauses_after(start, lengths):
    """Pauses one after the other, from (minutes of running, minutes of standing still)."""
    pauses, at = [], start
    for running, standing in lengths:
        began = at + running * ONE_MINUTE
        at = began + standing * ONE_MINUTE
        pauses.append((began, at))
    return pauses


def days_in(pauses, counts):
    """The days after the beginning up to the end of each pause that count."""
    return sum(
        1
        for began, ended in pauses
        for i in range(1, (ended.date() - began.date()).days + 1)
        if counts(began.date() + i * ONE_DAY)
    )


@settings(max_examples=2000, deadline=None)
@given(st.one_of(starts, near_tet), day_limits)
def test_due_in_days_agrees_with_a_slow_count(start, limit):
    assert due(start, limit).due_at == closing(slow_due_on_after(start, limit, 0))


@settings(max_examples=600, deadline=None)
@given(st.one_of(starts, near_tet), st.integers(1, 12))
def test_due_in_hours_agrees_with_a_count_by_the_minute(start, amount):
    limit = TimeLimit(amount, Unit.WORKING_HOUR)

    assert due(start, limit).due_at == slow_due_after_minutes(start, amount * 60)


@settings(max_examples=1000, deadline=None)
@given(starts, st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.WORKING_HOUR]), amounts, amounts)
def test_due_never_comes_earlier_for_a_longer_limit(start, unit, one, other):
    shorter, longer = (due(start, TimeLimit(amount, unit)).due_at for amount in sorted([one, other]))

    assert shorter <= longer


@settings(max_examples=4000, deadline=None)
@given(starts, st.integers(0, 4 * 1440), limits)
def test_due_never_comes_earlier_for_a_later_start(start, minutes, limit):
    assert due(start, limit).due_at <= due(start + minutes * ONE_MINUTE, limit).due_at


@settings(max_examples=4000, deadline=None)
@given(st.one_of(starts, near_tet), limits)
def test_due_is_never_on_a_day_off_nor_before_the_start(start, limit):
    due_at = due(start, limit).due_at

    assert is_worked(due_at.date())
    assert start < due_at <= closing(due_at.date())


@settings(max_examples=4000, deadline=None)
@given(starts, day_limits, pause_lengths)
def test_trace_in_days_holds_each_date_once_in_order(start, limit, lengths):
    deadline = pause_due(start, limit, pauses_after(start, lengths), calendar=CALENDAR, hours=HOURS)
    *steps, last = deadline.trace

    length = (deadline.due_at.date() - start.date()).days + 1
    assert [step.date for step in steps] == [start.date() + i * ONE_DAY for i in range(length)]
    assert (last.code, last.date) == ("due", deadline.due_at.date())
    skipped = [step.date for step in steps if step.code == "day_off"]
    off = [step.date for step in steps[1:] if not is_worked(step.date)]
    assert skipped == off if limit.unit is not Unit.CALENDAR_DAY else set(skipped) <= set(off)


@settings(max_examples=4000, deadline=None)
@given(starts, day_limits, pause_lengths)
def test_trace_in_days_adds_up_to_limit_with_pauses(start, limit, lengths):
    pauses = pauses_after(start, lengths)
    trace = pause_due(start, limit, pauses, calendar=CALENDAR, hours=HOURS).trace

    counts = (lambda _day: True) if limit.unit is Unit.CALENDAR_DAY else is_worked
    numbers = [step.params["n"] for step in trace if step.code == "counted"]
    assert numbers == list(range(1, trace[-1].params["n"] + 1))
    assert limit.amount is None or len(numbers) == limit.amount
    assert sum(1 for step in trace if step.code == "paused") == days_in(pauses, counts)


@settings(max_examples=4000, deadline=None)
@given(starts, day_limits, pause_lengths)
def test_pause_shifts_a_limit_in_days_by_the_days_it_covers(start, limit, lengths):
    pauses = pauses_after(start, lengths)
    counts = (lambda _day: True) if limit.unit is Unit.CALENDAR_DAY else is_worked

    deadline = pause_due(start, limit, pauses, calendar=CALENDAR, hours=HOURS)

    assert deadline.due_at == closing(slow_due_on_after(start, limit, days_in(pauses, counts)))


@settings(max_examples=400, deadline=None)
@given(starts, st.integers(1, 8), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=2))
def test_pause_shifts_a_limit_in_hours_by_the_minutes_it_covers(start, amount, lengths):
    pauses = pauses_after(start, lengths)
    still = sum(
        1
        for began, ended in pauses
        for i in range((ended - began) // ONE_MINUTE)
        if is_open(began + i * ONE_MINUTE)
    )

    deadline = pause_due(start, TimeLimit(amount, Unit.WORKING_HOUR), pauses, calendar=CALENDAR, hours=HOURS)

    assert deadline.due_at == slow_due_after_minutes(start, amount * 60 + still)
    assert sum(step.params["minutes"] for step in deadline.trace if step.code == "paused") == still


@settings(max_examples=1000, deadline=None)
@given(starts, hour_limits, pause_lengths, st.integers(0, 59))
def test_trace_in_hours_adds_up_with_every_date_in_order(start, limit, lengths, seconds):
    start = start + timedelta(seconds=seconds)
    deadline = pause_due(start, limit, pauses_after(start, lengths), calendar=CALENDAR, hours=HOURS)

    days = [step.date for step in deadline.trace]
    length = (deadline.due_at.date() - start.date()).days + 1
    assert days == sorted(days)
    assert sorted(set(days)) == [start.date() + i * ONE_DAY for i in range(length)]
    assert sum(step.params["minutes"] for step in deadline.trace if step.code == "hours") == limit.amount * 60
