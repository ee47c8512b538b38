import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from cases import actions
from cases.actions import Immediate, Person
from cases.choices import Action, IdKind, PartyKind, State
from cases.errors import CaseError, StaleCase
from cases.history import event_hash
from cases.models import Case, CaseEvent, CaseParty, ClockEvent, FeeObligation, OutboxMessage
from cases.parties import number_of
from procedures.choices import Channel
from procedures.models import ProcedureVersion
from staff.clock import LOCAL
from staff.models import Membership
from staff.rights import Role
from tests.cases.conftest import FRIDAY_MORNING, a_slip, an_intake


def test_register_case_promises_three_working_days_over_the_holiday(clerk):
    case = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    assert case.state == State.REGISTERED
    assert case.due_at == datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)  # Thursday; 24/11 is a holiday
    assert case.code == f"{case.commune.org_code}-261120-0001"
    assert (case.register_year, case.register_number) == (2026, 1)


def test_register_case_same_key_twice_answers_with_the_first_case(clerk):
    intake = an_intake(clerk)

    first = actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)
    again = actions.register_case(intake, by=clerk, at=FRIDAY_MORNING + timedelta(minutes=1))

    assert again.pk == first.pk
    assert Case.objects.count() == 1


def test_register_case_serials_have_no_gap_after_a_refusal(clerk):
    actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk, immediate=Immediate("1", 1)), by=clerk, at=FRIDAY_MORNING)
    second = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == "not_immediate"
    assert second.code.endswith("-0002")
    assert second.register_number == 2


def test_register_case_keeps_the_number_encrypted_and_findable(clerk):
    case = actions.register_case(an_intake(clerk), by=clerk, at=FRIDAY_MORNING)

    principal = CaseParty.objects.get(case=case, role="principal")

    assert b"038185012346" not in bytes(principal.id_enc)
    assert number_of(principal) == "038185012346"


def test_register_case_poor_household_pays_nothing_by_article_11(clerk):
    case = actions.register_case(
        an_intake(clerk, categories=frozenset({"poor_household"})), by=clerk, at=FRIDAY_MORNING
    )

    owed = FeeObligation.objects.get(case=case)

    assert owed.payable_vnd == 0
    assert owed.base_vnd > 0
    assert "Điều 11" in str(owed.reason)


def test_register_case_poor_household_still_pays_for_a_certified_copy(clerk):
    case = actions.register_case(
        an_intake(clerk, procedure_code="2.000815", categories=frozenset({"poor_household"})),
        by=clerk,
        at=FRIDAY_MORNING,
    )

    assert list(FeeObligation.objects.filter(case=case).values_list("payable_vnd", flat=True)) == [2000]


def test_register_case_by_a_handler_is_refused(handler, clerk):
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk), by=handler, at=FRIDAY_MORNING)

    assert refused.value.code == "not_allowed"


def test_register_case_at_a_point_of_another_commune_is_refused(people, clerk):
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk), by=people["mai.lt"], at=FRIDAY_MORNING)

    assert refused.value.code == "unknown_point"


def test_register_case_of_the_police_is_refused(clerk):
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk, procedure_code="1.004222"), by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == "procedure_not_registrable"


def test_register_case_without_limit_needs_a_typed_date(clerk):
    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk, procedure_code="3.000182"), by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == "date_needed"


def test_register_case_at_once_ends_as_returned(clerk, leader):
    case = actions.register_case(
        an_intake(clerk, procedure_code="2.000815", immediate=Immediate("125/2026", leader.membership_id)),
        by=clerk,
        at=FRIDAY_MORNING,
    )

    case.refresh_from_db()
    assert case.state == State.RETURNED
    assert [event.kind for event in case.events.all()] == ["register", "approve", "hand_over"]
    assert case.results.get().signer_id == leader.officer_id
    assert case.documents.count() == 0


def test_register_case_without_phone_or_number_gets_a_pin(clerk):
    case = actions.register_case(
        an_intake(clerk, principal=Person(name="Cụ Đinh Thị Vân")), by=clerk, at=FRIDAY_MORNING
    )

    assert len(case.tracking_pin) == 4


def test_register_case_helped_online_says_who_helped(clerk):
    case = actions.register_case(an_intake(clerk, channel=Channel.ONLINE), by=clerk, at=FRIDAY_MORNING)

    assert case.assisted_by_id == clerk.officer_id
    assert FeeObligation.objects.get(case=case).payable_vnd == 0


def test_the_whole_way_is_told_by_the_history(case_at):
    case = case_at(State.RETURNED)

    events = list(CaseEvent.objects.filter(case=case))

    assert [event.kind for event in events] == ["register", "forward", "submit", "approve", "hand_over"]
    assert [event.seq for event in events] == [1, 2, 3, 4, 5]
    assert all(earlier.hash == later.prev_hash for earlier, later in pairwise(events))
    assert all(event.hash == event_hash(event) for event in events)
    assert [tick.kind for tick in ClockEvent.objects.filter(case=case)] == ["start", "stop"]


def test_history_holds_no_personal_data(case_at):
    case = case_at(State.RETURNED)

    told = "".join(str(event.payload) + event.reason for event in CaseEvent.objects.filter(case=case))

    assert "Hương" not in told
    assert "038185012346" not in told


def test_approve_result_of_ones_own_draft_is_refused(case_at, people):
    case = case_at(State.IN_PROGRESS)
    both = people["duc.hm"]
    case = actions.submit_result(
        case.code, by=both, at=FRIDAY_MORNING, version=case.version, granted=True, body="Xác nhận"
    )
    as_leader = type(both)(**{**both.__dict__, "capabilities": people["thanh.nt"].capabilities})

    with pytest.raises(CaseError) as refused:
        actions.approve_result(
            case.code, by=as_leader, at=FRIDAY_MORNING, version=case.version, number="1/XN"
        )

    assert refused.value.code == "refused"


def test_move_with_an_old_version_is_stale(case_at, clerk):
    case = case_at(State.REGISTERED)

    with pytest.raises(StaleCase):
        actions.forward_case(case.code, by=clerk, at=FRIDAY_MORNING, version=case.version + 1)


def test_move_of_another_commune_is_not_found(case_at, people):
    case = case_at(State.REGISTERED)

    with pytest.raises(CaseError) as refused:
        actions.forward_case(case.code, by=people["mai.lt"], at=FRIDAY_MORNING, version=case.version)

    assert refused.value.code == "not_found"


def test_send_back_returns_the_draft_with_its_reason(case_at, leader):
    case = case_at(State.AWAITING_APPROVAL)

    case = actions.send_back_draft(
        case.code, by=leader, at=FRIDAY_MORNING, version=case.version, reason="Thiếu căn cứ"
    )

    assert case.state == State.IN_PROGRESS
    assert case.drafts.get().remark == "Thiếu căn cứ"
    assert case.events.last().reason == "Thiếu căn cứ"


def test_withdraw_without_reason_is_refused(case_at, clerk):
    case = case_at(State.IN_PROGRESS)

    with pytest.raises(CaseError) as refused:
        actions.withdraw_case(case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, reason="")

    assert refused.value.code == "reason_needed"


def test_withdraw_ends_the_clock(case_at, clerk):
    case = case_at(State.IN_PROGRESS)

    case = actions.withdraw_case(
        case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, reason="Công dân xin rút"
    )

    assert case.state == State.WITHDRAWN
    assert case.finished_at == FRIDAY_MORNING
    assert case.clock_events.last().kind == "stop"


def test_forward_to_somebody_who_does_not_handle_is_refused(case_at, clerk, leader):
    case = case_at(State.REGISTERED)

    with pytest.raises(CaseError) as refused:
        actions.forward_case(
            case.code, by=clerk, at=FRIDAY_MORNING, version=case.version, holder_id=leader.officer_id
        )

    assert refused.value.code == "unknown_holder"


def test_each_move_leaves_one_message_for_the_next_officer(case_at, people):
    case = case_at(State.RESOLVED)

    told = (
        OutboxMessage.objects.filter(case=case, channel="in_app")
        .order_by("pk")
        .values_list("kind", "recipient")
    )

    assert list(told) == [
        ("forwarded", str(people["duc.hm"].officer_id)),
        ("submitted", str(people["thanh.nt"].officer_id)),
        *[
            ("approved", str(officer))
            for officer in sorted([people["ha.lt"].officer_id, people["duc.hm"].officer_id])
        ],
    ]


def test_register_case_takes_at_most_thirty_queries(clerk, django_assert_max_num_queries):
    intake = an_intake(clerk, intake_key=uuid.uuid4(), principal=Person(name="A", id_kind=IdKind.NONE))

    with django_assert_max_num_queries(40):
        actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)


def test_action_names_are_the_moves():
    assert set(Action) >= {"register", "forward", "submit", "approve", "send_back", "hand_over", "withdraw"}


def test_register_case_at_once_signed_by_the_clerk_himself_is_refused(people, clerk):
    own = Membership.objects.create(
        officer_id=clerk.officer_id,
        commune_id=clerk.commune_id,
        role=Role.SIGNATORY,
        title="Phó Chủ tịch",
        valid_from=date(2026, 1, 1),
    )

    with pytest.raises(CaseError) as refused:
        actions.register_case(
            an_intake(clerk, procedure_code="2.000815", immediate=Immediate("125/2026", own.pk)),
            by=clerk,
            at=FRIDAY_MORNING,
        )

    assert refused.value.code == "unknown_signer"


def test_register_case_of_a_field_that_the_clerk_was_not_given_is_refused(clerk):
    version = ProcedureVersion.objects.registrable("1.004873", FRIDAY_MORNING.date())
    narrow = replace(clerk, field_codes=frozenset({"another"}))
    own = replace(clerk, field_codes=frozenset({version.procedure.field.code}))
    calls = [
        lambda: actions.register_case(an_intake(narrow), by=narrow, at=FRIDAY_MORNING),
        lambda: actions.give_slip(a_slip(narrow), by=narrow, at=FRIDAY_MORNING),
    ]

    for call in calls:
        with pytest.raises(CaseError) as refused:
            call()
        assert refused.value.code == "not_your_field"

    assert actions.register_case(an_intake(own), by=own, at=FRIDAY_MORNING).code.endswith("-0001")
    assert actions.give_slip(a_slip(own), by=own, at=FRIDAY_MORNING).serial == 1


def test_register_case_with_a_typed_day_ends_with_the_day_and_after_the_receipt(clerk):
    evening = FRIDAY_MORNING.replace(hour=17, minute=10)
    typed = {"procedure_code": "3.000182", "due_reason": "Chờ xác minh"}

    with pytest.raises(CaseError) as refused:
        actions.register_case(an_intake(clerk, due_on=evening.date(), **typed), by=clerk, at=evening)
    case = actions.register_case(
        an_intake(clerk, due_on=FRIDAY_MORNING.date(), **typed), by=clerk, at=FRIDAY_MORNING
    )

    assert refused.value.code == "due_too_early"
    assert case.due_at == FRIDAY_MORNING.replace(hour=17, minute=0)


def test_register_case_whose_days_reach_an_unpublished_year_keeps_its_limit(clerk):
    autumn = datetime(2027, 12, 30, 9, tzinfo=LOCAL)
    intake = an_intake(clerk, due_on=date(2028, 1, 6), due_reason="Chưa có lịch làm việc năm 2028")

    case = actions.register_case(intake, by=clerk, at=autumn)

    assert (case.limit_amount, case.limit_unit, case.due_trace) == (3, "working_day", [])
    assert case.due_at == datetime(2028, 1, 6, 17, tzinfo=LOCAL)


ORGANISATION = Person(
    name="Công ty An Khang", kind=PartyKind.ORGANISATION, id_kind=IdKind.TAX_CODE, id_number="2801234567"
)
FOREIGNER = Person(name="Anna Schmidt", id_kind=IdKind.PASSPORT, id_number="C01X00T47")
FILER = Person(name="Lê Thị Hương", id_kind=IdKind.PERSONAL, id_number="038185012346", phone="+84912345018")


@pytest.mark.parametrize(
    ("principal", "category", "code"),
    [
        (ORGANISATION, "poor_household", "exempts_persons"),
        (ORGANISATION, "vneid2_five_papers", "exempts_persons"),
        (FOREIGNER, "vneid2_five_papers", "exempts_with_number"),
    ],
)
def test_register_case_exempts_nobody_whom_the_rule_cannot_mean(clerk, principal, category, code):
    intake = an_intake(clerk, principal=principal, filer=FILER, categories=frozenset({category}))

    with pytest.raises(CaseError) as refused:
        actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    assert refused.value.code == code
