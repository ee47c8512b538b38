"""The benchmark: its arithmetic, budgets and requests; tests/bench/test_command.py runs the command."""

from datetime import date, datetime

import pytest

from staff.clock import LOCAL
from tests.bench.client import Visitor
from tests.bench.figures import as_json, percentile, ratio, round_of, summary
from tests.bench.meters import read_processes, ticks_below
from tests.bench.offices import morning_after
from tests.bench.samples import mixed
from tests.bench.verdicts import Verdict, beside_peers, budgets, folder_of_a_million, growths

SPENT = {"sql": 18, "buffers": 300, "web": 0.04, "database": 0.02, "client": 0.002, "bytes": 5000}


def a_round(**changes):
    return round_of([0.010, 0.030], 0.5, SPENT | changes)


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 2), (0.51, 3), (0.95, 4), (1.0, 4)])
def test_a_percentile_is_the_smallest_value_that_the_share_does_not_exceed(share, value):
    assert percentile([3, 1, 4, 2], share) == value


def test_a_round_tells_what_one_request_cost():
    each = a_round()
    assert (each.requests, each.per_second, each.p50, each.p95) == (2, 4.0, 10.0, 30.0)
    assert (each.sql, each.buffers, each.bytes) == (9, 150, 2500)
    assert (each.web, each.database, each.client, each.cpu) == (20.0, 10.0, 1.0, 30.0)


def test_a_summary_is_the_median_between_the_extremes():
    found = summary([a_round(buffers=buffers) for buffers in (900, 100, 300)])["buffers"]
    assert (found.least, found.median, found.most) == (50, 150, 450)
    assert as_json({"buffers": found}) == {"buffers": {"least": 50.0, "median": 150.0, "most": 450.0}}


@pytest.mark.parametrize(("part", "whole", "times"), [(3, 2, 1.5), (0, 0, 1.0), (1, 0, float("inf"))])
def test_a_ratio_is_told_also_of_nothing(part, whole, times):
    assert ratio(part, whole) == times


def test_processor_time_is_that_of_the_whole_family_with_its_dead(tmp_path):
    for pid, parent, words in (
        (10, 1, "5 6 7 8"),
        (11, 10, "1 1 0 0"),
        (12, 11, "2 0 0 0"),
        (13, 1, "99 0 0 0"),
    ):
        (tmp_path / str(pid)).mkdir()
        zeros = " ".join(["0"] * 9)
        (tmp_path / str(pid) / "stat").write_text(f"{pid} (a) b)) S {parent} {zeros} {words} 0")
    assert ticks_below(10, read_processes(tmp_path)) == 26 + 2 + 2


def growth_of(**changes):
    figures = {
        ("small", "queue20", 1): summary([a_round()]),
        ("big", "queue20", 1): summary([a_round(**changes)]),
    }
    return growths(figures, ["small", "big"], 1)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"sql": 20}, False),
        ({"sql": 18.5}, True),
        ({"buffers": 360}, True),
        ({"buffers": 361}, False),
        ({"web": 0.058}, True),
        ({"web": 0.059}, False),
        ({"database": 0.039}, False),
    ],
)
def test_what_grows_with_the_table_is_named(changes, holds):
    assert [(each.operation, each.holds) for each in growth_of(**changes)] == [("queue20", holds)]


def test_the_budgets_of_the_issue_are_held_against_the_figures():
    figures = {
        ("m", "queue50", 8): summary([a_round(sql=20)]),
        ("m", "bare_rows", 8): summary([round_of([0.01] * 9, 1, SPENT)]),
        ("m", "catalogue", 8): summary([a_round()]),
    }
    assert budgets(figures, "m") == [
        Verdict("SQL: queue, first 50 rows", "10", "≤ 9", holds=False),
        Verdict("queue of 50 rows beside the bare page of 50 rows, 8 clients", "44%", "≥ 50%", holds=False),
        Verdict("catalogue search beside the bare page of 50 rows, 8 clients", "2.2 ×", "≤ 3 ×", holds=True),
    ]
    assert [(each.name, speed, times) for each, speed, times in beside_peers(figures, "m")] == [
        ("queue50", 4.0, 4.0 / 13)
    ]


def test_the_folder_of_one_million_is_the_nearest_one():
    assert folder_of_a_million({"a": 100_000, "b": 1_000_020, "c": 5_000_000}) == "b"


@pytest.mark.parametrize(("last", "opens"), [(date(2026, 11, 24), 25), (date(2026, 11, 27), 30)])
def test_the_office_opens_on_the_weekday_after_its_last_case(last, opens):
    assert morning_after(last) == datetime(2026, 11, opens, 9, tzinfo=LOCAL)


def test_a_form_carries_the_token_of_its_visitor():
    sent = Visitor(8000).post("/x/", {"q": "Hạc"}).decode()
    head, _blank, body = sent.partition("\r\n\r\n")
    assert body == f"q=H%E1%BA%A1c&csrfmiddlewaretoken={'b' * 32}"
    assert f"Content-Length: {len(body)}" in head
    assert f"Cookie: motcua_csrf={'b' * 32}" in head


def test_samples_of_two_kinds_take_turns():
    assert mixed(["a", "b", "c"], ["1", "2"]) == ["a", "1", "b", "2"]
