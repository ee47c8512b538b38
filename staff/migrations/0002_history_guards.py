"""History is only added to: the database refuses every other statement, whoever asks."""

from django.db import migrations

CREATE_FUNCTIONS = """
CREATE FUNCTION refuse_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history table %: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_published_calendar_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'calendar table %: TRUNCATE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_TABLE_NAME = 'staff_calendarrevision' THEN
        IF OLD.published_at IS NOT NULL THEN
            RAISE EXCEPTION 'calendar revision % is published', OLD.number USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF EXISTS (
        SELECT FROM staff_calendarrevision r
        WHERE r.published_at IS NOT NULL
          AND r.id IN (
              CASE WHEN TG_OP <> 'INSERT' THEN OLD.revision_id END,
              CASE WHEN TG_OP <> 'DELETE' THEN NEW.revision_id END
          )
    ) THEN
        RAISE EXCEPTION 'a published calendar revision is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION refuse_published_calendar_change();
DROP FUNCTION refuse_history_change();
"""

GUARD_HISTORY = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_history_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_history_change();
"""
GUARD_CALENDAR = """
CREATE TRIGGER refuse_change BEFORE {events} ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_published_calendar_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_published_calendar_change();
"""
UNGUARD = """
DROP TRIGGER refuse_truncate ON {table};
DROP TRIGGER refuse_change ON {table};
"""

HISTORY_TABLES = ("staff_accesslog", "staff_signinevent")
CALENDAR_TABLES = {
    "staff_calendarrevision": "UPDATE OR DELETE",
    "staff_calendaryear": "INSERT OR UPDATE OR DELETE",
    "staff_calendarday": "INSERT OR UPDATE OR DELETE",
}


class Migration(migrations.Migration):

    dependencies = [("staff", "0001_initial")]

    operations = [
        migrations.RunSQL(CREATE_FUNCTIONS, DROP_FUNCTIONS),
        *(
            migrations.RunSQL(GUARD_HISTORY.format(table=table), UNGUARD.format(table=table))
            for table in HISTORY_TABLES
        ),
        *(
            migrations.RunSQL(
                GUARD_CALENDAR.format(table=table, events=events), UNGUARD.format(table=table)
            )
            for table, events in CALENDAR_TABLES.items()
        ),
    ]
