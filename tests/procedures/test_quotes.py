"""Quotes on the real procedures of the catalogue: the promise and the money."""

from datetime import datetime

import pytest

from procedures.deadlines import TimeLimit, Unit
from procedures.errors import ProcedureError
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered, quote
from tests.calendar_table import HANOI, province_calendar

pytestmark = pytest.mark.django_db

FRIDAY_LATE = datetime(2026, 11, 20, 16, 40, tzinfo=HANOI)  # Fri, after 15:00
WEDNESDAY = datetime(2026, 11, 18, 11, 0, tzinfo=HANOI)  # Wed
CALENDAR = province_calendar()


def ask(code, *, channel="counter", at=FRIDAY_LATE, situation=None, **circumstances):
    version = ProcedureVersion.objects.for_detail().get(procedure__code=code)
    circumstances = {"calendar": CALENDAR} | circumstances
    return quote(version, situation=situation, channel=channel, received_at=at, **circumstances)


def local_due(quoted):
    return quoted.deadline.due_at.astimezone(HANOI)


@pytest.mark.parametrize(
    ("code", "channel", "situation", "received_at", "due_at"),
    [
        # Fri 20/11 16:40, 3 working days: Mon 23, (Tue 24 holiday), Wed 25, Thu 26
        ("1.004873", "counter", None, FRIDAY_LATE, datetime(2026, 11, 26, 17, 0, tzinfo=HANOI)),
        # Fri 20/11 15:00, same day
        (
            "1.001193",
            "counter",
            None,
            datetime(2026, 11, 20, 15, 0, tzinfo=HANOI),
            datetime(2026, 11, 20, 17, 0, tzinfo=HANOI),
        ),
        # Fri 20/11 15:01, same day: Mon 23
        (
            "1.001193",
            "counter",
            "late",
            datetime(2026, 11, 20, 15, 1, tzinfo=HANOI),
            datetime(2026, 11, 23, 17, 0, tzinfo=HANOI),
        ),
        # Wed 18/11 11:00, 2 working hours: 0 h 30 + 1 h 30 from 13:30
        ("1.013133", "online", None, WEDNESDAY, datetime(2026, 11, 18, 15, 0, tzinfo=HANOI)),
        # Wed 18/11 11:00, 1 working day: Thu 19
        ("1.013133", "counter", None, WEDNESDAY, datetime(2026, 11, 19, 17, 0, tzinfo=HANOI)),
        # Wed 18/11, 19 days: Mon 7/12
        ("1.010824", "counter", None, WEDNESDAY, datetime(2026, 12, 7, 17, 0, tzinfo=HANOI)),
        # Wed 18/11, 24 days: Sat 12/12, rolls to Mon 14/12
        ("1.010824", "post", None, WEDNESDAY, datetime(2026, 12, 14, 17, 0, tzinfo=HANOI)),
        # Wed 18/11, 15 days for a house: Thu 3/12
        ("1.013225", "counter", "house", WEDNESDAY, datetime(2026, 12, 3, 17, 0, tzinfo=HANOI)),
        # Wed 18/11, 20 days for works: Tue 8/12
        ("1.013225", "counter", "works", WEDNESDAY, datetime(2026, 12, 8, 17, 0, tzinfo=HANOI)),
        # Wed 18/11, 3 working days with verification: Thu 19, Fri 20, Mon 23
        (
            "1.000656",
            "counter",
            "late_with_verification",
            WEDNESDAY,
            datetime(2026, 11, 23, 17, 0, tzinfo=HANOI),
        ),
    ],
)
def test_quote_of_real_procedure_promises_the_moment(code, channel, situation, received_at, due_at):
    quoted = ask(code, channel=channel, situation=situation, at=received_at)

    assert local_due(quoted) == due_at


@pytest.mark.parametrize(
    ("code", "channel", "situation", "categories", "payable_vnd", "exemption"),
    [
        ("1.001612", "counter", None, set(), 100_000, None),
        ("1.001612", "online", None, set(), 0, "nq12_2025_online"),
        ("1.001612", "counter", None, {"poor_household", "disabled"}, 100_000, None),
        ("2.000635", "online", None, {"vneid2_five_papers"}, 0, "nq66_22_civil_status_data"),
        ("2.000635", "online", None, set(), 8_000, None),
        ("2.000635", "counter", None, {"vneid2_five_papers"}, 8_000, None),
        ("1.004873", "counter", None, set(), 10_000, None),
        ("1.004873", "counter", None, {"poor_household"}, 0, "civil_status_poor_household"),
        ("1.004873", "counter", None, {"near_poor_household"}, 10_000, None),
        ("2.000815", "counter", None, {"poor_household"}, 2_000, None),
        ("2.000815", "online", None, {"vneid2_five_papers"}, 2_000, None),
        ("1.001193", "counter", "in_time", set(), 0, "civil_status_in_time"),
        ("1.001193", "counter", "late", set(), 5_000, None),
        ("1.001193", "online", "late", set(), 0, "nq12_2025_online"),
        ("1.000656", "counter", "in_time_with_verification", set(), 0, "civil_status_in_time"),
        ("1.000656", "counter", "late_with_verification", set(), 5_000, None),
        ("1.000894", "counter", None, set(), 0, "civil_status_marriage_of_residents"),
        ("1.004837", "counter", None, set(), 0, "civil_status_guardianship"),
        ("2.000806", "counter", None, set(), 1_000_000, None),
        ("2.000806", "online", None, set(), 0, "nq12_2025_online_unconfirmed"),
        ("1.013225", "counter", "house", set(), 75_000, None),
        ("1.013225", "counter", "works", set(), 150_000, None),
        (
            "2.001263",
            "counter",
            None,
            {"step_parent_or_relative_adoption"},
            0,
            "adoption_step_parent_or_relative",
        ),
        ("2.001263", "counter", None, {"special_child_adoption"}, 0, "adoption_special_child"),
        ("2.001263", "counter", None, {"poor_household"}, 400_000, None),
        ("2.001035", "counter", None, {"agricultural_credit"}, 0, "certification_agricultural_credit"),
        ("2.001019", "counter", None, {"agricultural_credit"}, 50_000, None),
        ("1.004222", "counter", None, set(), 20_000, None),
        ("1.004222", "online", None, set(), 10_000, None),
        ("1.004222", "online", None, {"vneid2_five_papers"}, 0, "nq66_22_residence"),
    ],
)
def test_quote_of_real_procedure_charges_only_what_no_rule_waives(
    code, channel, situation, categories, payable_vnd, exemption
):
    quoted = ask(code, channel=channel, situation=situation, categories=frozenset(categories))

    assert [(line.payable_vnd, line.exemption_code) for line in quoted.fees.lines] == [
        (payable_vnd, exemption)
    ]


@pytest.mark.parametrize(
    ("day", "payable_vnd"),
    [
        (datetime(2026, 8, 14, 9, 0, tzinfo=HANOI), 8_000),  # Fri, the day before
        (datetime(2026, 8, 15, 9, 0, tzinfo=HANOI), 0),  # Sat
        (datetime(2027, 2, 28, 9, 0, tzinfo=HANOI), 0),  # Sun, the last day
        (datetime(2027, 3, 1, 9, 0, tzinfo=HANOI), 8_000),  # Mon
    ],
)
def test_national_exemption_outside_its_days_charges_again(day, payable_vnd):
    quoted = ask("2.000635", channel="online", at=day, categories=frozenset({"vneid2_five_papers"}))

    assert quoted.fees.payable_vnd == payable_vnd


@pytest.mark.parametrize(
    ("pages", "copies", "payable_vnd"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (3, 4, 20_000),
    ],
)
def test_certified_copies_by_page_are_capped_per_copy(pages, copies, payable_vnd):
    quoted = ask("2.000815", pages=pages, copies=copies)

    assert quoted.fees.payable_vnd == payable_vnd


@pytest.mark.parametrize(
    ("code", "limit", "certainty"),
    [
        ("1.004873", TimeLimit(3, Unit.WORKING_DAY), "S"),
        ("1.001193", TimeLimit(None, Unit.SAME_DAY), "S"),
        ("2.000286", TimeLimit(10, Unit.WORKING_DAY), "U"),  # published as 10 to 15
        ("1.012812", TimeLimit(30, Unit.CALENDAR_DAY), "K"),
    ],
)
def test_quote_limit_carries_its_certainty(code, limit, certainty):
    quoted = ask(code)

    assert (quoted.limit, quoted.limit_certainty) == (limit, certainty)


def test_quote_fee_of_range_carries_uncertain_lower_bound():
    line = ask("1.001193", situation="late").fees.lines[0]

    assert (line.base_vnd, line.certainty) == (5_000, "U")


def test_quote_without_situation_takes_the_first():
    assert ask("1.001193").situation_slug == "in_time"


def test_quote_with_unknown_situation_refused():
    with pytest.raises(ProcedureError) as error:
        ask("1.001193", situation="house")

    assert error.value.code == "situation_unknown"


def test_quote_in_channel_not_offered_refused():
    with pytest.raises(ProcedureError) as error:
        ask("1.010833", channel="online")

    assert error.value.code == "channel_not_offered"


def test_quote_where_calendar_has_no_year_keeps_the_limit_without_deadline():
    quoted = ask("1.004873", at=datetime(2027, 12, 31, 9, 0, tzinfo=HANOI))  # Fri

    assert (quoted.deadline, quoted.no_deadline_code) == (None, "calendar_missing")
    assert quoted.limit == TimeLimit(3, Unit.WORKING_DAY)


def test_quote_of_name_without_terms_has_no_deadline():
    quoted = ask("1.001766")

    assert (quoted.deadline, quoted.no_deadline_code, quoted.fees.lines) == (None, "no_computable_limit", ())


def test_quote_of_every_procedure_and_channel_promises_or_says_why_not():
    without = set()
    for version in ProcedureVersion.objects.for_detail():
        slugs = [row.slug for row in version.situations.all()] or [None]
        for channel in channels_offered(version):
            for slug in slugs:
                quoted = quote(
                    version, situation=slug, channel=channel, received_at=FRIDAY_LATE, calendar=CALENDAR
                )
                assert (quoted.deadline is None) == (quoted.no_deadline_code is not None)
                if quoted.deadline is None and version.terms_known:
                    without.add(version.procedure.code)

    assert without == {
        *("1.004946", "1.008603", "1.010945", "1.011606", "1.012222", "1.116214", "2.002913", "3.000182"),
    }


def test_quote_of_loaded_version_asks_only_for_the_exemptions(django_assert_num_queries):
    version = ProcedureVersion.objects.for_detail().get(procedure__code="1.004873")

    with django_assert_num_queries(1):
        quote(version, situation=None, channel="counter", received_at=FRIDAY_LATE, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("1.004873", ("disabled", "meritorious_family", "poor_household", "vneid2_five_papers")),
        ("2.000635", ("vneid2_five_papers",)),
        ("2.000815", ()),
        ("2.001263", ("meritorious_person", "special_child_adoption", "step_parent_or_relative_adoption")),
    ],
)
def test_categories_that_matter_are_those_a_rule_names_for_the_charge(code, groups):
    version = ProcedureVersion.objects.for_detail().get(procedure__code=code)

    assert categories_that_matter(version, FRIDAY_LATE.date()) == groups
