"""How long cases took, counted a second time in plain Python, day by day."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from cases.choices import CaseKind, Schedule, State
from cases.heartbeats import last_beats
from cases.models import Case
from cases.nightly import count_usual_times
from cases.usual_times import every_commune, percentile, usual_times
from procedures.models import UsualTime
from staff.clock import LOCAL
from staff.queries import current_calendar
from tests.cases.conftest import copies_of

TODAY = date(2026, 11, 20)  # a Friday
EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=LOCAL)


def brute_days(started, finished):
    """Working days after the first day, up to and with the last, counted one by one."""
    calendar, count, day = current_calendar(), 0, started
    while day < finished:
        day += timedelta(days=1)
        count += calendar.is_working_day(day)
    return count


def brute_percentile(values, percent):
    """The smallest value that so many per cent of all values do not exceed."""
    return next(v for v in sorted(values) if sum(w <= v for w in values) * 100 >= percent * len(values))


@pytest.fixture
def finished(case_at):
    """Finished cases with these first and last days."""

    def make(spans, **changes):
        first = case_at(State.RESOLVED, **changes)
        rows = [first, *copies_of(first, [first.due_at] * (len(spans) - 1))] if spans else []
        for row, (started, done) in zip(rows, spans, strict=True):
            Case.objects.filter(pk=row.pk).update(
                clock_started_at=datetime.combine(started, time(0, 30), LOCAL),
                finished_at=datetime.combine(done, time(16), LOCAL),
                finished_on=done,
            )
        return rows

    return make


def told():
    found = usual_times(every_commune(), day=TODAY)
    return {one.procedure.code: (one.cases, one.p50, one.p90, one.unit) for one in found}


@pytest.mark.parametrize("percent", [1, 10, 50, 90, 100])
def test_percentile_is_that_of_the_plain_list(percent):
    chance = random.Random(percent)  # noqa: S311
    for size in range(1, 40):
        values = [chance.randrange(12) for _value in range(size)]
        counted = {value: values.count(value) for value in values}
        assert percentile(counted, percent) == brute_percentile(values, percent), values


def test_usual_times_are_those_counted_day_by_day(finished):
    chance = random.Random(7)  # noqa: S311
    lasts = [TODAY - timedelta(days=chance.randrange(1, 91)) for _case in range(30)]
    spans = [(last - timedelta(days=chance.randrange(20)), last) for last in lasts]
    finished(spans)

    days = [brute_days(*span) for span in spans]
    assert len(set(days)) > 5
    assert told() == {"1.004873": (30, brute_percentile(days, 50), brute_percentile(days, 90), "working_day")}


def test_usual_times_count_the_ninety_days_before_today_in_every_commune(finished):
    ends = [TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=90), TODAY - timedelta(days=91)]
    finished([(end, end) for end in ends])
    finished([(ends[1], ends[1])], clerk="mai.lt", handler="thiem.vv", leader="buong.lv")

    assert told() == {"1.004873": (3, 0, 0, "working_day")}


def test_usual_times_leave_out_cases_that_ended_otherwise_and_corrections(finished):
    day = TODAY - timedelta(days=1)
    kept, withdrawn, stopped, correction = finished([(day, day)] * 4)
    Case.objects.filter(pk=withdrawn.pk).update(state=State.WITHDRAWN)
    Case.objects.filter(pk=stopped.pk).update(state=State.STOPPED)
    Case.objects.filter(pk=correction.pk).update(kind=CaseKind.CORRECTION, corrects=kept)

    assert told() == {"1.004873": (1, 0, 0, "working_day")}


def test_usual_times_of_an_unpublished_year_are_left_out(finished):
    finished([(date(2019, 3, 4), TODAY - timedelta(days=1))])

    assert told() == {}


def test_count_usual_times_twice_keeps_one_row_and_leaves_its_pulse(finished, clock_shows):
    finished([(TODAY - timedelta(days=3), TODAY - timedelta(days=1))] * 2)
    clock_shows(EIGHT)

    count_usual_times()
    count_usual_times()

    [row] = UsualTime.objects.all()
    assert (row.cases, row.p50, row.p90, row.computed_on) == (2, 2, 2, TODAY)
    assert set(last_beats()) == {Schedule.USUAL_TIMES}


@pytest.mark.parametrize(
    ("cases", "p50", "p90", "words"),
    [
        (
            214,
            2,
            3,
            "Thường xong trong <b>2 ngày làm việc</b>; 9 trong 10 hồ sơ xong trong <b>3 ngày làm việc</b>",
        ),
        (214, 2, 3, "(tính trên 214 hồ sơ, 90 ngày qua)"),
        (10, 0, 0, "Thường xong ngay trong ngày; 9 trong 10 hồ sơ xong trong ngày"),
        (9, 0, 1, "Thời gian thực tế: chưa đủ số liệu (9 hồ sơ trong 90 ngày qua)."),
    ],
)
def test_page_of_the_procedure_says_how_long_it_takes(finished, clock_shows, cases, p50, p90, words):
    [case] = finished([(TODAY, TODAY)])
    UsualTime.objects.create(procedure_id=case.procedure_id, computed_on=TODAY, cases=cases, p50=p50, p90=p90)
    clock_shows(EIGHT)

    assert words in Client().get("/thu-tuc/1.004873/").content.decode()


@pytest.mark.parametrize("age", [None, 7, -1])
def test_page_of_the_procedure_tells_no_old_figures(finished, clock_shows, age):
    [case] = finished([(TODAY, TODAY)])
    if age is not None:
        UsualTime.objects.create(
            procedure_id=case.procedure_id,
            computed_on=TODAY - timedelta(days=age),
            cases=50,
            p50=1,
            p90=2,
        )
    clock_shows(EIGHT)

    assert 'id="usual"' not in Client().get("/thu-tuc/1.004873/").content.decode()
