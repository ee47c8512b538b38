"""History of cases: no UPDATE, no DELETE, no TRUNCATE, for any role; one audited door for lawful destruction."""

from django.db import migrations

HISTORY_TABLES = ["cases_caseevent", "cases_clockevent", "cases_destructionrecord"]

GUARD = """
CREATE FUNCTION cases_guard_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'cases_destructionrecord'
       AND coalesce(current_setting('motcua.destruction_order', true), '') <> ''
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'history table %: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cases_history_is_only_added_to';
END $$;
"""

GUARD_TABLE = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_guard_history();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_guard_history();
"""

# Whoever may connect beside the owner keeps SELECT and INSERT only.
REVOKE = """
DO $$
DECLARE
    grantee_name text;
BEGIN
    FOR grantee_name IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_name = '{table}' AND grantee <> current_user
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM %I', grantee_name);
    END LOOP;
END $$;
"""

# The one door: the owner alone, with the number of the order, which stays on record.
DOOR = """
CREATE FUNCTION cases_destroy_history(the_case bigint, order_reference text, destroyed_at timestamptz)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    destroyed integer;
BEGIN
    IF coalesce(order_reference, '') = '' THEN
        RAISE EXCEPTION 'history is destroyed by order only' USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('motcua.destruction_order', order_reference, true);
    DELETE FROM cases_clockevent WHERE case_id = the_case;
    DELETE FROM cases_caseevent WHERE case_id = the_case;
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    PERFORM set_config('motcua.destruction_order', '', true);
    INSERT INTO cases_destructionrecord (case_code, order_reference, destroyed_at, events)
        SELECT code, order_reference, destroyed_at, destroyed FROM cases_case WHERE id = the_case;
    RETURN destroyed;
END $$;
REVOKE EXECUTE ON FUNCTION cases_destroy_history(bigint, text, timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD, "DROP FUNCTION cases_guard_history();"),
        *[
            migrations.RunSQL(
                GUARD_TABLE.format(table=table) + REVOKE.format(table=table),
                f"DROP TRIGGER refuse_truncate ON {table}; DROP TRIGGER refuse_change ON {table};",
            )
            for table in HISTORY_TABLES
        ],
        migrations.RunSQL(DOOR, "DROP FUNCTION cases_destroy_history(bigint, text, timestamptz);"),
    ]
