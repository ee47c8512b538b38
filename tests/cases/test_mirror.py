"""What the receiving commune learns of a case, and what it does not."""

import pytest
from django.db import connection, transaction

from cases import actions
from cases.actions import Elsewhere
from cases.choices import Action, State
from cases.history import record_event
from cases.mirror import tell_receiver
from cases.models import Case, CaseEvent, ForeignReception
from staff.models import Commune
from staff.scope import enter
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clerk):
    there = Commune.objects.get(gso_code="14845")
    row = actions.register_elsewhere(an_intake(clerk), Elsewhere(there.pk), by=clerk, at=FRIDAY_MORNING)
    return Case.objects.get(code=row.case_code)


def working_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.commune', true)")
        return cursor.fetchone()[0]


def test_tell_receiver_leaves_the_transaction_with_the_case(case):
    with transaction.atomic():
        enter(case.commune_id)
        case.state = State.IN_PROGRESS
        tell_receiver(case)

        assert working_for() == str(case.commune_id)
    assert ForeignReception.objects.get().state == "in_progress"


def test_tell_receiver_of_an_own_case_asks_nothing(case_at, django_assert_num_queries):
    own = case_at("registered")
    with django_assert_num_queries(0):
        tell_receiver(own)


def test_record_event_brings_the_row_up_to_date(case, people):
    case.state = State.WITHDRAWN
    record_event(case, Action.WITHDRAW, by=people["mai.lt"], at=FRIDAY_MORNING, reason="Đổi ý")

    assert ForeignReception.objects.get().state == "withdrawn"


def test_record_event_of_the_system_names_the_system(case):
    entered = CaseEvent.objects.get(case=case, kind="enter")

    assert (entered.actor["name"], entered.actor["officer"]) == ("Hệ thống", None)
