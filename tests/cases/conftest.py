"""People at the counter of Định Hòa, and cases made by the real actions."""

import copy
import uuid
from datetime import date, datetime

import pytest
from celery import current_app
from django.core.cache import cache
from django.test import Client

from cases import actions
from cases.actions import Intake, Person, SlipIntake, Take
from cases.choices import IdKind, PaymentMethod, SlipKind, State
from cases.models import Case, CaseParty
from procedures.choices import Channel
from staff import clock
from staff.actor import actor_for
from staff.clock import LOCAL
from staff.demo import create_demo_accounts
from staff.models import Membership, Officer
from staff.queries import working_point
from staff.session import MEMBERSHIP

FRIDAY_MORNING = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # a Friday


@pytest.fixture
def people(db):
    """Everybody of the demonstration, by sign-in name, as actors."""
    create_demo_accounts("a long password for tests", day=date(2025, 7, 1))
    members = Membership.objects.valid_on(date(2026, 11, 20)).for_actor()
    return {member.officer.username: actor_for(member) for member in members}


@pytest.fixture
def clerk(people):
    return people["ha.lt"]


@pytest.fixture
def handler(people):
    return people["duc.hm"]


@pytest.fixture
def leader(people):
    return people["thanh.nt"]


@pytest.fixture
def clock_shows(monkeypatch):
    """Sets the clock on the wall."""

    def look(moment):
        monkeypatch.delenv(clock.OFFSET_VARIABLE, raising=False)
        monkeypatch.setenv(clock.OFFSET_VARIABLE, str((moment - clock.now()).total_seconds()))

    return look


@pytest.fixture
def browse_as(people, clock_shows):
    """The browser of an officer at work; the clock shows the Friday morning of the cases."""
    clock_shows(FRIDAY_MORNING)

    def browse(username):
        client = Client()
        client.force_login(Officer.objects.get(username=username))
        session = client.session
        session[MEMBERSHIP] = people[username].membership_id
        session.save()
        return client

    return browse


def an_intake(clerk, **changes):
    """A walk-in for a certificate of marital status; `changes` replace parts of it."""
    usual = {
        "intake_key": uuid.uuid4(),
        "procedure_code": "1.004873",
        "situation": "",
        "channel": Channel.COUNTER,
        "reception_point_id": working_point(clerk).pk,
        "principal": Person(
            name="Lê Thị Hương", id_kind=IdKind.PERSONAL, id_number="038185012346", phone="+84912345018"
        ),
    }
    return Intake(**usual | changes)


def a_slip(clerk, **changes):
    """A walk-in for the same certificate whose declaration is missing; `changes` replace parts of it."""
    usual = {
        "intake_key": uuid.uuid4(),
        "kind": SlipKind.GUIDANCE,
        "procedure_code": "1.004873",
        "reception_point_id": working_point(clerk).pk,
        "name": "Lê Thị Hương",
        "phone": "+84912345018",
        "missing": ("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",),
    }
    return SlipIntake(**usual | changes)


def a_take(**changes):
    """Eight thousand đồng in cash on the first receipt of a book; `changes` replace parts of it."""
    usual = {
        "take_key": uuid.uuid4(),
        "amount_vnd": 8000,
        "method": PaymentMethod.CASH,
        "series": "AB/26P",
        "number": 123,
    }
    return Take(**usual | changes)


@pytest.fixture
def case_at(people):
    """A case brought to a state by the real actions."""

    def bring(state, *, at=FRIDAY_MORNING, clerk="ha.lt", handler="duc.hm", leader="thanh.nt", **changes):
        by_clerk, by_handler, by_leader = people[clerk], people[handler], people[leader]
        case = actions.register_case(an_intake(by_clerk, **changes), by=by_clerk, at=at)
        steps = [
            (
                State.IN_PROGRESS,
                actions.forward_case,
                by_clerk,
                {"holder_id": by_handler.officer_id},
            ),
            (
                State.AWAITING_APPROVAL,
                actions.submit_result,
                by_handler,
                {"granted": True, "body": "Xác nhận"},
            ),
            (State.RESOLVED, actions.approve_result, by_leader, {"number": "12/XN-UBND"}),
            (State.RETURNED, actions.hand_over_result, by_clerk, {"collector": ""}),
        ]
        for reached, action, by, arguments in steps:
            if case.state == state:
                return case
            case = action(case.code, by=by, at=at, version=case.version, **arguments)
            assert case.state == reached
        return case

    return bring


def copies_of(case, times):
    """More cases like this one, one for each promised moment, with its people, without history: for lists."""
    rows = []
    for number, due_at in enumerate(times, start=case.register_number + 1):
        row = copy.copy(case)
        row.pk, row.register_number, row.intake_key = None, number, uuid.uuid4()
        row.code = f"{case.code.rpartition('-')[0]}-{number:04d}"
        row.tracking_token, row.due_at, row.due_on = f"copy-{number}", due_at, clock.localdate(due_at)
        row._state = copy.copy(case._state)
        rows.append(row)
    made = Case.objects.bulk_create(rows, batch_size=500)
    people = [(copy.copy(party), row) for row in made for party in case.parties.all()]
    for party, row in people:
        party.pk, party.case = None, row
    CaseParty.objects.bulk_create((party for party, _row in people), batch_size=500)
    return made


@pytest.fixture
def hinted():
    """Gives the names of the tasks that wait in the broker and takes them out; at first there are none."""

    def take_out():
        found = []
        with current_app.connection_for_read() as broker, broker.channel() as channel:
            broker.SimpleQueue("celery").close()  # which makes the queue where there is none yet
            while message := channel.basic_get("celery", no_ack=True):
                found.append(message.headers["task"])
        return found

    cache.clear()
    take_out()
    return take_out
