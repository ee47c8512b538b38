import json

import pytest

from cases import actions
from cases.actions import Immediate, Person
from cases.choices import CitizenNotice, State
from cases.models import Case, CaseEvent, OutboxMessage
from cases.notices.outbox import tell_citizen
from staff.models import Membership
from tests.cases.conftest import FRIDAY_MORNING, an_intake

HUONG = Person(name="Lê Thị Hương", phone="+84912345018", email="huong@example.vn")
SON = Person(name="Lê Văn Sơn", phone="+84977000111")


def outward():
    return OutboxMessage.objects.exclude(channel="in_app").order_by("pk")


def told(case):
    """Channel, kind and name of the receiver of each message to the citizen."""
    names = {str(party.pk): (party.role, party.name) for party in case.parties.all()}
    return [(one.channel, one.kind, *names[one.recipient]) for one in outward()]


def test_each_event_that_concerns_the_citizen_is_told_in_its_transaction(case_at):
    case_at(State.RETURNED, principal=Person(name="Lê Thị Hương", phone="+84912345018"))

    assert list(outward().values_list("channel", "kind")) == [
        ("sms", "registered"),
        ("sms", "result_ready"),
        ("sms", "handed_over"),
    ]


def test_a_refused_move_tells_nobody(case_at, clerk):
    case = case_at(State.RESOLVED)
    before = outward().count()

    with pytest.raises(actions.moves.StaleCase):
        actions.hand_over_result(case.code, by=clerk, at=FRIDAY_MORNING, version=1, collector="")

    assert outward().count() == before


def test_citizen_is_told_once_by_each_way_that_reaches(case_at):
    case = case_at(State.REGISTERED, principal=HUONG)

    assert told(case) == [
        ("sms", "registered", "filer", "Lê Thị Hương"),
        ("email", "registered", "filer", "Lê Thị Hương"),
    ]


def test_who_stood_at_the_counter_is_told_before_the_principal(case_at):
    case = case_at(State.REGISTERED, principal=HUONG, filer=SON)

    assert told(case) == [
        ("sms", "registered", "filer", "Lê Văn Sơn"),
        ("email", "registered", "principal", "Lê Thị Hương"),
    ]


@pytest.mark.parametrize("phone", ["", "+842373900900"])
def test_nobody_without_a_mobile_or_an_address_is_written_to(case_at, phone):
    case_at(State.RETURNED, principal=Person(name="Cụ Lê Văn Bình", phone=phone))

    assert outward().count() == 0


def test_a_result_given_at_once_is_not_told(clerk, people):
    signer = Membership.objects.get(pk=people["thanh.nt"].membership_id)
    intake = an_intake(
        clerk,
        procedure_code="2.000815",
        principal=HUONG,
        immediate=Immediate(number="12/CT", signer_membership_id=signer.pk),
    )

    actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    assert Case.objects.get().state == State.RETURNED
    assert outward().count() == 0


def test_messages_hold_the_template_and_no_personal_data(case_at):
    case = case_at(State.RETURNED, principal=HUONG, filer=SON)

    for message in outward():
        assert set(message.payload) == {"template", "params"}
        assert set(message.payload["params"]) == {"code", "time", "due"}
        stored = json.dumps([message.payload, message.key, message.recipient], ensure_ascii=False)
        for secret in ("Hương", "Sơn", "912345018", "977000111", "huong@", case.tracking_token):
            assert secret not in stored


def test_a_moved_date_is_told_with_the_new_date(case_at):
    case = case_at(State.IN_PROGRESS)
    event = CaseEvent.objects.filter(case=case).last()

    assert tell_citizen(case, CitizenNotice.DATE_MOVED, event=event, at=FRIDAY_MORNING) == 1

    message = outward().last()
    assert (message.kind, message.payload["template"]) == ("date_moved", "date_moved.1")
    assert message.payload["params"]["due"] == case.due_at.isoformat()
