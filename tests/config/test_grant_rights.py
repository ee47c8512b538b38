import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

OWN_TABLES = (
    "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND "
)


def tables(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_application_role_may_add_to_history_and_never_change_it():
    guarded = tables(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE proname IN ('cases_guard_history', 'refuse_history_change') ORDER BY 1"
    )
    changeable = tables(OWN_TABLES + "has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')")
    readable = tables(
        OWN_TABLES + "has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')"
    )

    assert {"cases_caseevent", "cases_clockevent", "staff_accesslog", "staff_signinevent"} <= set(guarded)
    assert set(guarded) & set(changeable) == set()
    assert set(guarded) <= set(readable)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "fault"),
    [("nobody_here", "there is no such role"), ("postgres", "it is the owner or a superuser")],
)
def test_wrong_role_is_refused_with_the_reason(role, fault):
    with pytest.raises(CommandError, match=f"{role} cannot be the application role: {fault}"):
        call_command("grant_rights", role)
