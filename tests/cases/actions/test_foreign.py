"""Received in Định Hòa, decided in Mường Lát: two communes, one transaction, and nobody reads across."""

from dataclasses import replace
from datetime import date

import pytest

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.actions.foreign import entry_at
from cases.choices import Action, State
from cases.documents.elsewhere import snapshot_of_row
from cases.errors import CaseError
from cases.history import record_event
from cases.models import (
    Case,
    CaseEvent,
    ClockEvent,
    ForeignReception,
    IssuedDocument,
    OfficerNotice,
    ReceptionSlip,
)
from cases.nightly import enter_waiting
from tests.cases.actions.conftest import case_of, moment
from tests.cases.conftest import FRIDAY_MORNING, a_slip, an_intake

pytestmark = pytest.mark.django_db
PAPERS = (PaperTaken("Tờ khai", "paper", originals=1), PaperTaken("Giấy chứng sinh", "paper", photocopies=2))


def decided(row, people, at=FRIDAY_MORNING):
    """The case of a row, brought to its result by the officers of Mường Lát."""
    clerk, handler, leader = people["mai.lt"], people["thiem.vv"], people["buong.lv"]
    case = case_of(row)
    case = actions.forward_case(
        case.code, by=clerk, at=at, version=case.version, holder_id=handler.officer_id
    )
    case = actions.submit_result(
        case.code, by=handler, at=at, version=case.version, granted=True, body="Xác nhận"
    )
    return actions.approve_result(case.code, by=leader, at=at, version=case.version, number="7/XN-UBND")


def test_register_elsewhere_belongs_to_the_competent_commune(send, clerk, muong_lat):
    row = send()
    case = case_of(row)

    assert (case.commune, case.receiving_commune_id) == (muong_lat, clerk.commune_id)
    assert (case.code, case.register_number) == (f"{muong_lat.org_code}-261120-0001", 1)
    assert (row.commune_id, row.competent, row.filer_name, row.taken_vnd) == (
        clerk.commune_id,
        muong_lat,
        "Lê Thị Hương",
        8000,
    )
    assert row.papers == [{"name": "Tờ khai", "count": 1}, {"name": "Giấy chứng sinh", "count": 2}]
    assert (row.state, row.due_at) == (case.state, case.due_at)


def test_register_elsewhere_in_working_time_enters_at_once(send):
    case = case_of(send())
    events = list(CaseEvent.objects.filter(case=case).values_list("kind", "to_state", "actor__name"))

    assert (case.state, case.version, case.accepted_at) == (State.REGISTERED, 2, FRIDAY_MORNING)
    assert events == [("register", "submitted", "Lê Thu Hà"), ("enter", "registered", "Hệ thống")]
    assert ClockEvent.objects.get(case=case).at == FRIDAY_MORNING


@pytest.mark.parametrize(
    ("received", "enters"),
    [
        (moment(2026, 11, 20, 16, 59), moment(2026, 11, 20, 16, 59)),  # a Friday, a minute before closing
        (moment(2026, 11, 20, 17, 0), moment(2026, 11, 23, 7, 0)),  # at closing: Monday
        (moment(2026, 11, 20, 12, 0), moment(2026, 11, 20, 13, 30)),  # at noon
        (moment(2026, 11, 21, 9, 0), moment(2026, 11, 23, 7, 0)),  # a Saturday
        (moment(2026, 11, 24, 9, 0), moment(2026, 11, 25, 7, 0)),  # Ngày Văn hóa Việt Nam, a Tuesday
        (moment(2026, 12, 31, 17, 30), moment(2027, 1, 4, 7, 0)),  # a Thursday; 1/1 is a holiday
    ],
)
def test_entry_at_is_the_next_opening_of_the_competent_commune(muong_lat, received, enters):
    assert entry_at(muong_lat.pk, received)[1] == enters


def test_register_elsewhere_on_saturday_waits_for_the_opening(send, people):
    saturday, monday = moment(2026, 11, 21, 9), moment(2026, 11, 23, 7)
    row = send(saturday)
    case = case_of(row)

    assert (case.state, case.submitted_at, case.accepted_at) == (State.SUBMITTED, saturday, monday)
    assert (row.state, row.entered_at, case.code[-11:]) == (State.SUBMITTED, monday, "261123-0001")
    assert ClockEvent.objects.filter(case=case).count() == 0
    assert actions.enter_waiting(case.commune_id, at=moment(2026, 11, 23, 6, 59)) == 0
    assert actions.enter_waiting(case.commune_id, at=moment(2026, 11, 23, 7, 1)) == 1
    assert actions.enter_waiting(case.commune_id, at=moment(2026, 11, 23, 7, 2)) == 0

    case.refresh_from_db()
    row.refresh_from_db()
    event = CaseEvent.objects.filter(case=case).last()
    assert (case.state, row.state) == (State.REGISTERED, State.REGISTERED)
    assert (event.kind, event.occurred_at, event.recorded_at) == ("enter", monday, moment(2026, 11, 23, 7, 1))
    assert ClockEvent.objects.get(case=case).at == monday


def test_register_elsewhere_on_the_last_evening_counts_in_the_new_year(send):
    case = case_of(send(moment(2026, 12, 31, 17, 30)))

    assert (case.register_year, case.received_on.isoformat(), case.code[-11:]) == (
        2027,
        "2027-01-04",
        "270104-0001",
    )


def test_nightly_lets_in_what_waited(send, clock_shows):
    row = send(moment(2026, 11, 21, 9))  # a Saturday
    clock_shows(moment(2026, 11, 23, 7, 1))

    enter_waiting()

    assert case_of(row).state == State.REGISTERED


def test_register_elsewhere_promises_from_the_entry(send):
    friday, saturday = case_of(send()), case_of(send(moment(2026, 11, 21, 9)))

    assert (friday.limit_amount, friday.limit_unit) == (saturday.limit_amount, saturday.limit_unit)
    assert saturday.due_trace[0]["date"] == "2026-11-23"


def test_register_elsewhere_twice_with_one_key_is_one_row(clerk, muong_lat):
    intake = an_intake(clerk)
    rows = [
        actions.register_elsewhere(intake, Elsewhere(muong_lat.pk), by=clerk, at=FRIDAY_MORNING)
        for _time in range(2)
    ]

    assert (rows[0].pk, Case.objects.count(), ForeignReception.objects.count()) == (rows[1].pk, 1, 1)


def test_register_case_with_the_key_of_a_case_sent_on_is_refused(clerk, muong_lat):
    intake = an_intake(clerk)
    actions.register_elsewhere(intake, Elsewhere(muong_lat.pk), by=clerk, at=FRIDAY_MORNING)

    with pytest.raises(CaseError) as refused:
        actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    assert (refused.value.code, Case.objects.count()) == ("sent_on", 1)


@pytest.mark.parametrize("home", [True, False])
def test_register_elsewhere_at_home_is_refused(clerk, muong_lat, home):
    intake = an_intake(clerk)
    if not home:
        actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)
    place = clerk.commune_id if home else muong_lat.pk

    with pytest.raises(CaseError) as refused:
        actions.register_elsewhere(intake, Elsewhere(place), by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == ("own_commune" if home else "already_here")


def test_register_elsewhere_without_the_right_is_refused(handler, clerk, muong_lat):
    with pytest.raises(CaseError) as refused:
        actions.register_elsewhere(an_intake(clerk), Elsewhere(muong_lat.pk), by=handler, at=FRIDAY_MORNING)

    assert refused.value.code == "not_allowed"


def test_receipt_of_the_receiver_names_both(send):
    row = send(moment(2026, 11, 21, 9))
    printed = snapshot_of_row(row)

    assert (printed["commune"], printed["delivery"]) == (
        "Xã Định Hòa",
        f"{row.reception_point.name}, Xã Định Hòa",
    )
    assert printed["competent"] == {
        "name": "Ủy ban nhân dân xã Mường Lát",
        "entered_at": "2026-11-23T07:00:00+07:00",
    }
    assert printed["received_at"] == "2026-11-21T09:00:00+07:00"
    assert IssuedDocument.objects.get(case__code=row.case_code).sha256 == row.receipt_sha256


def test_moves_of_the_competent_commune_reach_the_row(send, people):
    row = send()
    decided(row, people)
    row.refresh_from_db()

    assert (row.state, row.result_number, str(row.result_on)) == ("resolved", "7/XN-UBND", "2026-11-20")


def test_return_foreign_result_ends_the_case_too(send, people, clerk):
    row = send()
    decided(row, people)
    row = actions.return_foreign_result(row.case_code, by=clerk, at=FRIDAY_MORNING, collector="Lê Thị Hương")
    again = actions.return_foreign_result(row.case_code, by=clerk, at=FRIDAY_MORNING, collector="")
    case = case_of(row)
    last = CaseEvent.objects.filter(case=case).last()

    assert (row.state, row.returned_at, again.state) == ("returned", FRIDAY_MORNING, "returned")
    assert (case.state, case.returned_at, case.results.get().collector) == (
        State.RETURNED,
        FRIDAY_MORNING,
        "Lê Thị Hương",
    )
    assert (last.kind, last.actor["name"], last.seq) == ("hand_over", "Lê Thu Hà", case.version)
    assert last.actor["point"] == f"{clerk.reception_point_name}, Xã Định Hòa"


def test_return_foreign_result_before_the_decision_is_refused(send, clerk):
    with pytest.raises(CaseError) as refused:
        actions.return_foreign_result(send().case_code, by=clerk, at=FRIDAY_MORNING, collector="")

    assert refused.value.code == "not_ready"


@pytest.mark.parametrize("username", ["mai.lt", "anh.nn"])
def test_return_foreign_result_by_another_commune_finds_nothing(send, people, username):
    row = send()
    decided(row, people)

    with pytest.raises(CaseError) as refused:
        actions.return_foreign_result(row.case_code, by=people[username], at=FRIDAY_MORNING, collector="")

    assert (refused.value.code, case_of(row).state) == ("not_found", State.RESOLVED)


def test_take_paper_is_told_on_both_sides_once(send, people):
    row = send()
    for _time in range(2):
        case = actions.take_paper(row.case_code, by=people["mai.lt"], at=FRIDAY_MORNING)
    row.refresh_from_db()

    assert (str(row.paper_arrived_on), str(case.arrival.paper_arrived_on)) == ("2026-11-20", "2026-11-20")
    assert (case.version, CaseEvent.objects.filter(case=case).count()) == (3, 3)


def test_take_paper_by_the_receiver_finds_nothing(send, clerk):
    with pytest.raises(CaseError) as refused:
        actions.take_paper(send().case_code, by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == "not_found"


def test_paper_is_due_within_one_working_day(send):
    assert send().paper_due_at == moment(2026, 11, 23, 17)  # received on Friday, due on Monday


def test_register_elsewhere_answers_the_slip_that_was_brought_back(send, clerk):
    slip = actions.give_slip(a_slip(clerk), by=clerk, at=FRIDAY_MORNING)
    row = send(slip=(slip.year, slip.serial))
    slip.refresh_from_db()

    assert (slip.sent, slip.case) == (row, None)
    assert list(ReceptionSlip.objects.unanswered()) == []


def test_void_by_the_competent_commune_opens_the_slip_again(send, clerk, people):
    slip = actions.give_slip(a_slip(clerk), by=clerk, at=FRIDAY_MORNING)
    case = case_of(send(slip=(slip.year, slip.serial)))
    director = replace(people["long.td"], commune_id=case.commune_id)

    actions.void_case(case.code, by=director, at=FRIDAY_MORNING, version=case.version, reason="Nhập nhầm")

    assert list(ReceptionSlip.objects.unanswered()) == [slip]


def test_result_of_another_commune_is_told_to_the_clerk_who_received(send, people, clerk):
    row = send()
    decided(row, people)
    record_event(case_of(row), Action.DIGITISE, by=None, at=FRIDAY_MORNING, from_state=State.RESOLVED)
    notice = OfficerNotice.objects.unread_of(clerk).get()

    assert (notice.kind, notice.foreign, notice.case, notice.created_at) == (
        "foreign_ready",
        row,
        None,
        FRIDAY_MORNING,
    )


def test_register_elsewhere_of_a_field_that_the_clerk_was_not_given_is_refused(clerk, muong_lat):
    narrow = replace(clerk, field_codes=frozenset({"another"}))
    with pytest.raises(CaseError) as refused:
        actions.register_elsewhere(an_intake(narrow), Elsewhere(muong_lat.pk), by=narrow, at=FRIDAY_MORNING)

    assert refused.value.code == "not_your_field"


def test_paper_of_the_last_working_day_is_due_though_the_next_year_is_not_published(send):
    row = send(moment(2027, 12, 31, 9), due_on=date(2028, 1, 6), due_reason="Chưa có lịch làm việc năm 2028")

    assert row.paper_due_at == moment(2028, 1, 1, 17)


@pytest.mark.parametrize(
    ("at", "enters"),
    [
        (moment(2026, 11, 21, 9), moment(2026, 11, 21, 9)),
        (moment(2026, 11, 21, 11, 30), moment(2026, 11, 23, 7)),
        (moment(2026, 11, 14, 9), moment(2026, 11, 16, 7)),  # the session begins a week later
    ],
)
def test_entry_at_is_at_once_while_people_are_received_outside_working_time(muong_lat, at, enters):
    point = muong_lat.reception_points.get(is_main=True)
    point.opening_hours.create(
        weekday=5, opens_at="07:30", closes_at="11:30", reception_only=True, valid_from=date(2026, 11, 21)
    )

    assert entry_at(muong_lat.pk, at)[1] == enters
