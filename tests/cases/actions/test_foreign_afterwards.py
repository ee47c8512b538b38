"""What follows on a case received for another commune: its fees, the money taken, voids and corrections."""

from dataclasses import replace

import pytest

from cases import actions
from cases.actions import Elsewhere
from cases.choices import State
from cases.documents.elsewhere import snapshot_of_row
from cases.errors import CaseError
from cases.models import Case, ClockEvent, ForeignReception
from cases.money import money_of
from staff.rights import RIGHTS, Role
from tests.cases.actions.conftest import case_of, moment
from tests.cases.conftest import FRIDAY_MORNING, a_take, an_intake

pytestmark = pytest.mark.django_db


def test_fees_are_those_of_the_day_of_receipt_though_the_file_enters_later(clerk, muong_lat):
    """The exemptions of the civil status law end on 28/2/2027, a Sunday; the citizen came on the Friday."""
    intake = an_intake(clerk, categories=frozenset({"poor_household"}))
    evening = moment(2027, 2, 26, 17, 10)

    row = actions.register_elsewhere(intake, Elsewhere(muong_lat.pk), by=clerk, at=evening)
    case = case_of(row)

    assert case.clock_started_at == moment(2027, 3, 1, 7)
    own = actions.register_case(
        an_intake(clerk, categories=frozenset({"poor_household"})), by=clerk, at=evening
    )
    payable = [list(each.obligations.values_list("payable_vnd", flat=True)) for each in (case, own)]
    assert payable[0] == payable[1] == [0]


def director(people):
    """Somebody of Mường Lát who may end what was entered by mistake."""
    return replace(people["buong.lv"], capabilities=RIGHTS[Role.DIRECTOR])


SATURDAY = moment(2026, 11, 21, 9)
MONDAY = moment(2026, 11, 23, 7, 1)


@pytest.mark.parametrize("at", [SATURDAY, MONDAY])
def test_void_of_what_was_sent_while_reception_was_closed_is_open_until_the_next_working_day(
    send, people, at
):
    row = send(SATURDAY)
    if at == MONDAY:
        actions.enter_waiting(row.competent_id, at=at)
    case = case_of(row)

    actions.void_case(case.code, by=director(people), at=at, version=case.version, reason="Gửi nhầm xã")

    row.refresh_from_db()
    assert (case_of(row).state, row.state) == (State.STOPPED, "stopped")
    kinds = list(ClockEvent.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == ([] if at == SATURDAY else ["start", "stop"])


def test_void_of_what_was_sent_on_a_day_off_is_over_with_the_next_working_day(send, people):
    row = send(SATURDAY)
    actions.enter_waiting(row.competent_id, at=MONDAY)
    case = case_of(row)

    with pytest.raises(CaseError) as refused:
        actions.void_case(
            case.code, by=director(people), at=moment(2026, 11, 25, 7), version=case.version, reason="Nhầm"
        )
    assert refused.value.code == "hindered"


def test_withdraw_before_the_competent_commune_opens_ends_the_case_before_its_clock(send, people):
    row = send(SATURDAY)
    case = case_of(row)

    actions.withdraw_case(case.code, by=people["mai.lt"], at=SATURDAY, version=case.version, reason="Dân rút")

    assert actions.enter_waiting(row.competent_id, at=MONDAY) == 0
    assert case_of(row).state == State.WITHDRAWN
    assert ClockEvent.objects.filter(case=case).count() == 0


def test_money_taken_by_the_receiver_is_not_taken_again_by_the_competent_commune(send, people):
    case = case_of(send())

    money = money_of(case)
    with pytest.raises(CaseError) as refused:
        actions.take_payment(
            case.code,
            a_take(amount_vnd=2001),
            by=people["mai.lt"],
            at=FRIDAY_MORNING,
            version=case.version,
        )
    actions.take_payment(
        case.code, a_take(amount_vnd=2000), by=people["mai.lt"], at=FRIDAY_MORNING, version=case.version
    )

    assert (money.owed_vnd, money.elsewhere_vnd, money.outstanding_vnd) == (10_000, 8000, 2000)
    assert refused.value.code == "too_much"
    assert money_of(case_of(ForeignReception.objects.get())).outstanding_vnd == 0


def test_register_elsewhere_notes_no_more_money_than_is_owed(clerk, muong_lat):
    with pytest.raises(CaseError) as refused:
        actions.register_elsewhere(
            an_intake(clerk), Elsewhere(muong_lat.pk, 10_001), by=clerk, at=FRIDAY_MORNING
        )

    assert (refused.value.code, Case.objects.count()) == ("taken_too_much", 0)


def test_corrections_of_the_competent_commune_reach_the_counter_that_received(send, people):
    row = send()
    case = case_of(row)
    party = case.parties.get(role="principal")
    facts = {f"party-{party.pk}-name": "Lê Thị Hường", f"party-{party.pk}-phone": "+84987654321"}

    actions.amend_case(
        case.code, by=people["mai.lt"], at=FRIDAY_MORNING, version=case.version, facts=facts, reason="Gõ nhầm"
    )

    row.refresh_from_db()
    printed = snapshot_of_row(row)
    assert (row.filer_name, row.filer_phone) == ("Lê Thị Hường", "+84987654321")
    assert (printed["is_corrected"], printed["copy_no"]) == (True, 2)
    assert "Lê Thị Hường" in str(printed)
    assert "Lê Thị Hương" not in str(printed)
    assert row.receipt_sha256 == case.documents.last().sha256
