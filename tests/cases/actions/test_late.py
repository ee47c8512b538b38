"""A receipt typed afterwards: counted from the moment of receipt, and the record says both moments."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import actions
from cases.actions import Immediate, LateEntry
from cases.actions.late import MOST_LATE
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError
from procedures.deadlines import TimeLimit, Unit, compute_due
from staff.clock import LOCAL, localdate
from staff.models import Membership
from staff.queries import current_calendar, office_hours, working_point
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 15, 30, tzinfo=LOCAL)  # a Thursday, after 15:00
REASON = "Mất điện cả chiều"


def late_case(clerk, received=THURSDAY, *, at=FRIDAY_MORNING, **changes):
    intake = an_intake(clerk, late=LateEntry(received, REASON), **changes)
    return actions.register_case(intake, by=clerk, at=at)


def test_late_entry_counts_from_the_moment_of_receipt(clerk):
    case = late_case(clerk)

    assert {case.submitted_at, case.accepted_at, case.clock_started_at} == {THURSDAY}
    assert case.arrived_at == FRIDAY_MORNING
    assert (case.received_on, case.code.split("-")[-2:]) == (THURSDAY.date(), ["261119", "0001"])
    assert case.clock_events.get().at == THURSDAY
    assert {paper.received_at for paper in case.papers.all()} <= {THURSDAY}
    # Thursday in, Friday, Monday, (Tuesday the 24th is a holiday), Wednesday the 25th.
    assert case.due_at == datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL)


def test_history_of_a_late_entry_says_both_moments_and_why(clerk):
    [event] = late_case(clerk).events.all()

    assert (event.occurred_at, event.recorded_at, event.reason) == (THURSDAY, FRIDAY_MORNING, REASON)


def test_receipt_of_a_late_entry_says_both_moments(clerk):
    snapshot = snapshot_of(late_case(clerk).documents.get())

    assert (snapshot["received_at"], snapshot["entered_at"], snapshot["place_date"]) == (
        "2026-11-19T15:30:00+07:00",
        "2026-11-20T09:42:00+07:00",
        "Định Hòa, ngày 20 tháng 11 năm 2026",
    )


def test_receipt_of_today_says_one_moment(clerk):
    case = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    assert snapshot_of(case.documents.get())["entered_at"] == ""


def test_result_at_once_of_a_late_entry_was_given_when_the_citizen_was_there(clerk):
    signer = Membership.objects.get(officer__username="thanh.nt", commune_id=clerk.home_id)
    case = late_case(clerk, procedure_code="2.000815", immediate=Immediate("15", signer.pk))

    assert (case.finished_at, case.returned_at) == (THURSDAY, THURSDAY)
    assert {(event.occurred_at, event.recorded_at) for event in case.events.all()} == {
        (THURSDAY, FRIDAY_MORNING)
    }


def test_late_entry_of_the_old_year_stands_in_its_book(clerk):
    old = datetime(2026, 12, 31, 10, 0, tzinfo=LOCAL)  # a Thursday
    new_year = datetime(2027, 1, 4, 8, 0, tzinfo=LOCAL)  # a Monday
    before = actions.register_case(an_intake(clerk), by=clerk, at=old)
    today = actions.register_case(an_intake(clerk), by=clerk, at=new_year)

    case = late_case(clerk, old, at=new_year)

    assert (case.register_year, case.register_number) == (2026, before.register_number + 1)
    assert (today.register_year, today.register_number) == (2027, 1)
    assert case.code.endswith("-261231-0002")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (LateEntry(FRIDAY_MORNING + timedelta(minutes=1), REASON), "late_in_future"),
        (LateEntry(FRIDAY_MORNING - MOST_LATE - timedelta(minutes=1), REASON), "late_too_old"),
        (LateEntry(THURSDAY, ""), "late_without_reason"),
    ],
)
def test_late_entry_that_cannot_be_is_refused(clerk, entry, code):
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk, late=entry), by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == code


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(min_value=0, max_value=10 * 24 * 60))
def test_due_of_a_late_entry_is_what_the_engine_gives_for_its_moment(clerk, minutes):
    received = FRIDAY_MORNING - timedelta(minutes=minutes)
    point = working_point(clerk)

    case = late_case(clerk, received)

    expected = compute_due(
        received,
        TimeLimit(3, Unit.WORKING_DAY),
        calendar=current_calendar(),
        hours=office_hours(point.pk, localdate(received)),
    )
    assert (case.due_at, case.received_on) == (expected.due_at, localdate(received))
