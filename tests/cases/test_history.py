import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from cases.choices import State
from cases.models import CaseEvent

STATEMENTS = [
    "UPDATE cases_caseevent SET reason = 'khác'",
    "DELETE FROM cases_caseevent",
    "TRUNCATE cases_caseevent CASCADE",
    "UPDATE cases_clockevent SET at = now()",
    "DELETE FROM cases_clockevent",
    "DELETE FROM cases_destructionrecord",
    "SELECT cases_destroy_history(1, 'QĐ 1', now())",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_history_cannot_be_changed_by_the_application(case_at, statement):
    case_at(State.IN_PROGRESS)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert CaseEvent.objects.count() == 2


def test_history_setting_of_the_door_does_not_open_it_for_the_application(case_at):
    case_at(State.REGISTERED)

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('motcua.destruction_order', 'QĐ 1', true)")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_caseevent")

    assert CaseEvent.objects.count() == 1
