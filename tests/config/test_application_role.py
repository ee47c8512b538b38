"""The application role cannot change, empty, disarm or go round any table of history."""

import re

import pytest
from django.db import DatabaseError, connection, transaction

pytestmark = pytest.mark.django_db
GUARDED = """
    SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgname = 'refuse_change' AND p.proname LIKE '%%history%%' ORDER BY 1
"""
CHANGEABLE = frozenset(
    [
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "cases_agencysending",
        "cases_case",
        "cases_casechange",
        "cases_casefile",
        "cases_casepaper",
        "cases_caseparty",
        "cases_caseresult",
        "cases_dailycounter",
        "cases_draft",
        "cases_feeobligation",
        "cases_foreignarrival",
        "cases_foreignreception",
        "cases_handovercounter",
        "cases_heartbeat",
        "cases_issueddocument",
        "cases_officernotice",
        "cases_outboxmessage",
        "cases_paperhandover",
        "cases_receptionslip",
        "cases_registercounter",
        "cases_slipcounter",
        "cases_strangecodeattempt",
        "cases_trackingattempt",
        "cases_typeddraft",
        "cases_webhook",
        "django_content_type",
        "django_migrations",
        "django_session",
        "procedures_cataloguerevision",
        "procedures_channelterms",
        "procedures_exemptionrule",
        "procedures_feeitem",
        "procedures_field",
        "procedures_legalbasis",
        "procedures_procedure",
        "procedures_procedureversion",
        "procedures_requiredpaper",
        "procedures_searchmiss",
        "procedures_sector",
        "procedures_situation",
        "procedures_usualtime",
        "staff_agency",
        "staff_apianswer",
        "staff_apitoken",
        "staff_calendarday",
        "staff_calendarrevision",
        "staff_calendaryear",
        "staff_centre",
        "staff_commune",
        "staff_formercommune",
        "staff_membership",
        "staff_officer",
        "staff_openinghours",
        "staff_receptionpoint",
    ]
)
"""Tables whose rows may change or go; some of them guard single columns."""
ATTACKS = (
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER refuse_change",
    "DROP TRIGGER refuse_change ON {table}",
    "ALTER TABLE {table} DROP CONSTRAINT {table}_pkey",
    "ALTER TABLE {table} ADD COLUMN more text",
    "ALTER TABLE {table} OWNER TO motcua_app",
    "ALTER TABLE {table} RENAME TO other",
    "CREATE RULE quiet AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "DROP TABLE {table}",
)
ESCAPES = (
    "SET ROLE motcua_owner",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION motcua_owner",
    "SET session_replication_role = replica",
    "ALTER ROLE motcua_app SUPERUSER",
    "CREATE ROLE other",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE public.mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION file_fdw",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "SELECT pg_read_file('/etc/passwd')",
    "ALTER DATABASE motcua OWNER TO motcua_app",
)


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def refused(statement):
    """Whether the database says no; the words name the reason."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return re.search(
        r"permission denied|must be|must have|refused|not allowed|does not exist", str(caught.value)
    )


def test_every_table_is_history_or_is_known_to_change():
    """A new table is guarded, or named here by somebody who has thought of it."""
    tables = set(
        rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
    )

    assert tables - set(rows(GUARDED)) == CHANGEABLE


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_table_of_history_yields(attack):
    for table in rows(GUARDED):
        assert refused(attack.format(table=table)), table


@pytest.mark.parametrize("escape", ESCAPES)
def test_application_role_has_no_way_out(escape):
    assert refused(escape)


def test_application_role_owns_nothing_and_belongs_to_no_role():
    assert rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert rows("SELECT proname FROM pg_proc WHERE proowner = current_user::regrole") == []
    assert (
        rows("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole") == []
    )


def test_every_guard_of_history_is_armed():
    disarmed = (
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'refuse_%%' AND tgenabled <> 'O'"
    )

    assert rows(disarmed) == []
