"""The ways of filing as they are offered: the cheaper first, each with its why."""

from dataclasses import replace
from datetime import datetime

import pytest

from procedures.models import ProcedureVersion
from procedures.offers import ways
from procedures.quotes import exemption_terms
from tests.calendar_table import HANOI, province_calendar

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 9, 42, tzinfo=HANOI)  # a Friday
FREE_ONLINE = {"channels": frozenset({"online"}), "categories": frozenset(), "waive_percent": 100}


def offered(code, exemptions=(), situation=None):
    version = ProcedureVersion.objects.for_detail().get(procedure__code=code)
    return ways(version, situation=situation, at=FRIDAY, calendar=province_calendar(), exemptions=exemptions)


@pytest.fixture
def rule():
    """A rule in force for the charge of civil status, to be changed."""
    rules = exemption_terms(FRIDAY.date())
    return next(rule for rule in rules if rule.charges == {"civil_status_charge"})


def test_ways_of_equal_price_begin_with_the_one_without_a_walk():
    found = offered("1.004873")

    assert [(str(way.title), way.icon, way.payable_vnd) for way in found] == [
        ("Nộp từ nhà qua mạng", "globe", 10_000),
        ("Nộp tại xã", "desk", 10_000),
        ("Gửi qua bưu chính", "mail", 10_000),
    ]


@pytest.mark.parametrize(
    ("channel", "order"),
    [
        ("counter", ["counter", "online", "post"]),
        ("post", ["post", "online", "counter"]),
        ("online", ["online", "counter", "post"]),
    ],
)
def test_ways_put_the_cheaper_first(rule, channel, order):
    cheaper = replace(rule, **FREE_ONLINE | {"channels": frozenset({channel})})

    found = offered("1.004873", [cheaper])

    assert [way.channel for way in found] == order
    assert [(way.payable_vnd, way.base_vnd) for way in found] == [(0, 10_000), (10_000,) * 2, (10_000,) * 2]


def test_ways_of_a_waived_charge_say_why(rule):
    found = offered(
        "1.004873", [replace(rule, **FREE_ONLINE, wording="người nộp qua mạng", basis="Nghị quyết")]
    )

    [fee] = found[0].fees
    assert (fee.is_waived, fee.why) == (True, "người nộp qua mạng, Nghị quyết")
    assert found[1].fees[0].is_waived is False


def test_ways_with_nothing_to_pay_waive_nothing():
    assert [(way.payable_vnd, way.fees) for way in offered("1.013133")] == [(0, []), (0, [])]


@pytest.mark.parametrize(
    ("code", "channel", "fee", "limit"),
    [
        ("1.004873", "counter", [True], False),  # the province's own charge
        ("2.000815", "counter", [False], False),  # Thông tư 226/2016/TT-BTC
        ("1.013225", "counter", [True], True),
        ("1.010824", "online", [], True),
        ("1.010824", "counter", [], False),
    ],
)
def test_ways_mark_what_no_source_confirms_as_illustration(code, channel, fee, limit):
    [way] = [way for way in offered(code) if way.channel == channel]

    assert ([line.is_illustration for line in way.fees], way.limit_is_illustration) == (fee, limit)


def test_ways_without_a_published_amount_say_that_it_is_unknown():
    found = offered("1.000894")

    assert {way.is_unknown for way in found} == {True}
    assert {fee.why for way in found for fee in way.fees if fee.is_unknown} == {
        "chưa có mức thu được công bố"
    }


def test_ways_each_promise_their_own_date():
    found = {str(way.channel): way for way in offered("1.010824")}

    assert {channel: way.limit_text for channel, way in found.items()} == {
        "online": "19 ngày",
        "counter": "19 ngày",
        "post": "24 ngày",
    }
    assert found["post"].deadline.due_at.astimezone(HANOI) == datetime(
        2026, 12, 14, 17, tzinfo=HANOI
    )  # Monday
    assert found["post"].slats[-1].css == "goal"


def test_ways_without_a_computable_limit_promise_no_date():
    found = offered("3.000182")

    assert {(way.deadline, way.sentence, tuple(way.slats)) for way in found} == {(None, "", ())}
