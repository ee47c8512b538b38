"""Received in Định Hòa, decided by an agency of the province: the case stays with the commune."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases import actions
from cases.actions import AgencyResult, PaperTaken
from cases.actions.agencies import agency_receives_at
from cases.choices import State
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError
from cases.models import AgencySending, Case, CaseEvent, ClockEvent, IssuedDocument, OutboxMessage
from staff.clock import LOCAL
from staff.models import Agency
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db
PAPERS = (PaperTaken("Tờ khai", "paper", originals=1), PaperTaken("Giấy chứng sinh", "paper", photocopies=2))
SATURDAY = datetime(2026, 11, 21, 9, tzinfo=LOCAL)
RESULT = AgencyResult(True, "5/STP-HCTP", FRIDAY_MORNING.date(), "Nguyễn Văn Bình", "Cấp phiếu")


@pytest.fixture
def agency(db):
    return Agency.objects.get(slug="so-tu-phap")


@pytest.fixture
def received(clerk, agency):
    """A case that Định Hòa takes in for the department of justice."""

    def take(at=FRIDAY_MORNING, **changes):
        intake = an_intake(clerk, **{"papers": PAPERS} | changes)
        return actions.register_at_agency(intake, agency.pk, by=clerk, at=at)

    return take


@pytest.fixture
def sent(received, clerk):
    case = received()
    return actions.send_to_agency(case.code, by=clerk, at=FRIDAY_MORNING, version=case.version)


def refusal_of(call):
    with pytest.raises(CaseError) as refused:
        call()
    return refused.value.code


def record(case, by, result=RESULT, at=FRIDAY_MORNING):
    return actions.record_agency_result(case.code, by=by, at=at, version=case.version, result=result)


def test_register_at_agency_stays_with_the_receiving_commune(received, clerk, agency):
    case = Case.objects.get(pk=received().pk)

    assert (case.commune_id, case.receiving_commune_id, case.competent_agency) == (
        clerk.commune_id,
        None,
        agency,
    )
    assert (case.state, case.register_number, case.code[-11:]) == (State.REGISTERED, 1, "261120-0001")
    assert case.sending.papers == [{"name": "Tờ khai", "count": 1}, {"name": "Giấy chứng sinh", "count": 2}]
    assert case.sending.paper_due_at == datetime(2026, 11, 23, 17, tzinfo=LOCAL)  # a Monday


def test_register_at_agency_counts_from_its_receipt_and_books_the_day_of_the_counter(received):
    case = received(SATURDAY)
    monday = datetime(2026, 11, 23, 7, tzinfo=LOCAL)

    assert (case.accepted_at, case.submitted_at, case.clock_started_at) == (SATURDAY, SATURDAY, monday)
    assert (case.received_on.isoformat(), case.code[-11:]) == ("2026-11-21", "261121-0001")
    assert case.due_trace[0]["date"] == "2026-11-23"
    assert ClockEvent.objects.get(case=case).at == monday
    assert CaseEvent.objects.get(case=case).occurred_at == SATURDAY


def test_agency_receives_at_keeps_the_usual_hours_of_the_province():
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=LOCAL)

    assert agency_receives_at(FRIDAY_MORNING) == FRIDAY_MORNING
    assert agency_receives_at(noon) == datetime(2026, 11, 20, 13, 30, tzinfo=LOCAL)


def test_register_at_agency_twice_with_one_key_is_one_case(clerk, agency):
    intake = an_intake(clerk, papers=PAPERS)
    cases = [actions.register_at_agency(intake, agency.pk, by=clerk, at=FRIDAY_MORNING) for _time in range(2)]

    assert (cases[0].pk, Case.objects.count(), AgencySending.objects.count()) == (cases[1].pk, 1, 1)


def test_register_at_agency_with_the_key_of_an_own_case_sends_nothing(clerk, agency):
    intake = an_intake(clerk, papers=PAPERS)
    own = actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    assert actions.register_at_agency(intake, agency.pk, by=clerk, at=FRIDAY_MORNING) == own
    assert AgencySending.objects.count() == 0


def test_register_at_agency_that_does_not_exist_or_without_the_right_is_refused(clerk, handler, agency):
    at = FRIDAY_MORNING
    assert refusal_of(lambda: actions.register_at_agency(an_intake(clerk), 0, by=clerk, at=at)) == (
        "unknown_agency"
    )
    assert refusal_of(lambda: actions.register_at_agency(an_intake(clerk), agency.pk, by=handler, at=at)) == (
        "not_allowed"
    )


def test_receipt_names_the_agency_and_its_moment(received):
    printed = snapshot_of(IssuedDocument.objects.get(case=received(SATURDAY)))

    assert (printed["commune"], printed["received_at"]) == ("Xã Định Hòa", "2026-11-21T09:00:00+07:00")
    assert printed["competent"] == {
        "name": "Sở Tư pháp tỉnh Thanh Hóa",
        "entered_at": "2026-11-23T07:00:00+07:00",
    }


def test_case_of_agency_stands_outside_form_07a(received, case_at):
    received()
    own = case_at(State.REGISTERED)

    assert list(Case.objects.counted_in_form_07a()) == [own]


def test_case_of_agency_takes_no_step_of_the_commune(received, people, clerk, handler):
    case = received()
    at, version = FRIDAY_MORNING, case.version
    steps = [
        lambda: actions.forward_case(case.code, by=clerk, at=at, version=version),
        lambda: actions.claim_case(case.code, by=handler, at=at, version=version),
        lambda: actions.submit_result(
            case.code, by=handler, at=at, version=version, granted=True, body="Cấp"
        ),
        lambda: record(case, clerk),
    ]

    assert [refusal_of(step) for step in steps] == ["refused"] * 4
    assert CaseEvent.objects.filter(case=case).count() == 1


def test_own_case_takes_no_step_of_an_agency(case_at, clerk):
    case = case_at(State.REGISTERED)

    assert (
        refusal_of(lambda: actions.send_to_agency(case.code, by=clerk, at=FRIDAY_MORNING, version=1))
        == "refused"
    )


def test_send_to_agency_notes_who_and_when(sent, clerk):
    sending = AgencySending.objects.get()

    assert (sending.sent_at, sending.sent_by_id) == (FRIDAY_MORNING, clerk.officer_id)
    assert (sent.state, sent.version) == (State.IN_PROGRESS, 2)
    assert CaseEvent.objects.filter(case=sent).last().payload["agency"] == sent.competent_agency_id


def test_record_agency_result_needs_no_draft_and_ends_the_clock(sent, clerk):
    late = FRIDAY_MORNING + timedelta(days=3)
    case = Case.objects.get(pk=record(sent, clerk, at=late).pk)
    result = case.results.get()

    assert (case.state, case.drafts.count()) == (State.RESOLVED, 0)
    assert (result.number, result.signed_on, result.signed_by, result.signer) == (
        "5/STP-HCTP",
        RESULT.signed_on,
        "Nguyễn Văn Bình",
        None,
    )
    assert [event.kind for event in ClockEvent.objects.filter(case=case)] == ["start", "stop"]
    assert OutboxMessage.objects.filter(case=case, kind="result_ready", channel="sms").count() == 1


def test_record_agency_result_is_handed_over_as_usual(sent, clerk):
    case = record(sent, clerk)
    case = actions.hand_over_result(
        case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, collector=""
    )

    assert (case.state, case.results.get().collector) == (State.RETURNED, "Lê Thị Hương")


@pytest.mark.parametrize(
    ("username", "days", "code"),
    [("ha.lt", 1, "signed_later"), ("duc.hm", 0, "not_allowed"), ("mai.lt", 0, "not_found")],
)
def test_record_agency_result_that_cannot_be_is_refused(sent, people, username, days, code):
    result = replace(RESULT, signed_on=RESULT.signed_on + timedelta(days=days))

    assert refusal_of(lambda: record(sent, people[username], result)) == code


def test_list_agency_papers_makes_one_list_per_agency_once(received, clerk):
    other = Agency.objects.get(slug="cong-an-tinh")
    first, second = received(), received()
    third = actions.register_at_agency(an_intake(clerk, papers=PAPERS), other.pk, by=clerk, at=FRIDAY_MORNING)
    codes = [case.code for case in (first, second, third)]

    lists = actions.list_agency_papers(codes, by=clerk, at=FRIDAY_MORNING)

    assert sorted((one.receiver, len(one.snapshot["rows"]), one.snapshot["to"]) for one in lists) == [
        ("Công an tỉnh Thanh Hóa", 1, "Công an tỉnh Thanh Hóa"),
        ("Sở Tư pháp tỉnh Thanh Hóa", 2, "Sở Tư pháp tỉnh Thanh Hóa"),
    ]
    assert "Lê Thị Hương" not in str([one.snapshot["rows"] for one in lists])
    assert AgencySending.objects.filter(handover=None).count() == 0
    assert refusal_of(lambda: actions.list_agency_papers(codes, by=clerk, at=FRIDAY_MORNING)) == (
        "nothing_to_send"
    )


def test_list_agency_papers_of_another_commune_or_without_the_right_is_refused(received, people, handler):
    codes = [received().code]
    for by, code in ((people["mai.lt"], "nothing_to_send"), (handler, "not_allowed")):
        refused = refusal_of(lambda by=by: actions.list_agency_papers(codes, by=by, at=FRIDAY_MORNING))
        assert refused == code


def test_record_agency_result_ends_the_clock_with_the_day_of_the_signature(sent, clerk):
    typed = FRIDAY_MORNING + timedelta(days=3)
    case = Case.objects.get(pk=record(sent, clerk, at=typed).pk)

    assert case.finished_at == FRIDAY_MORNING.replace(hour=17, minute=0)
    assert case.finished_on == RESULT.signed_on
    assert ClockEvent.objects.filter(case=case).last().at == case.finished_at


def test_record_agency_result_signed_before_the_receipt_is_refused(sent, clerk):
    result = replace(RESULT, signed_on=RESULT.signed_on - timedelta(days=1))

    assert refusal_of(lambda: record(sent, clerk, result)) == "signed_earlier"
