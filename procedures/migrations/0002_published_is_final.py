"""The database refuses every change to a published version and to what hangs on it."""

from django.db import migrations

CHILDREN = ["situation", "channelterms", "requiredpaper", "feeitem", "legalbasis"]
WITH_SITUATION = ["channelterms", "requiredpaper", "feeitem"]

VERSION_GUARD = """
CREATE FUNCTION procedures_guard_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published procedure version cannot be deleted'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'procedures_published_version_is_final';
    END IF;
    IF OLD.valid_to IS NULL AND NEW.valid_to IS NOT NULL
       AND to_jsonb(NEW) - 'valid_to' = to_jsonb(OLD) - 'valid_to' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published procedure version can only be closed, once'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'procedures_published_version_is_final';
END $$;
CREATE TRIGGER procedures_version_is_final BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_guard_version();
"""

# FOR SHARE waits for a publication that runs at the same moment, and then sees it.
PART_GUARD = """
CREATE FUNCTION procedures_guard_version_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published timestamptz;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT published_at INTO published FROM procedures_procedureversion
            WHERE id = OLD.version_id FOR SHARE;
        IF published IS NOT NULL THEN
            RAISE EXCEPTION 'part of a published procedure version cannot be changed or deleted'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'procedures_published_part_is_final';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    SELECT published_at INTO published FROM procedures_procedureversion WHERE id = NEW.version_id FOR SHARE;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'nothing can be added to a published procedure version'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'procedures_published_part_is_final';
    END IF;
    RETURN NEW;
END $$;
"""

SITUATION_GUARD = """
CREATE FUNCTION procedures_guard_situation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.situation_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM procedures_situation s WHERE s.id = NEW.situation_id AND s.version_id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'the situation belongs to another procedure version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'procedures_situation_of_same_version';
    END IF;
    RETURN NEW;
END $$;
"""


def _part_triggers() -> tuple[str, str]:
    """Statements that hang the guards on every part of a version, and that take them away."""
    create, drop = [], []
    for table in CHILDREN:
        create.append(
            f"CREATE TRIGGER procedures_{table}_is_final "
            f"BEFORE INSERT OR UPDATE OR DELETE ON procedures_{table} "
            "FOR EACH ROW EXECUTE FUNCTION procedures_guard_version_part();"
        )
        drop.append(f"DROP TRIGGER procedures_{table}_is_final ON procedures_{table};")
    for table in WITH_SITUATION:
        create.append(
            f"CREATE TRIGGER procedures_{table}_own_situation BEFORE INSERT OR UPDATE ON procedures_{table} "
            "FOR EACH ROW EXECUTE FUNCTION procedures_guard_situation();"
        )
        drop.append(f"DROP TRIGGER procedures_{table}_own_situation ON procedures_{table};")
    return "\n".join(create), "\n".join(drop)


CREATE_PARTS, DROP_PARTS = _part_triggers()


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.RunSQL(
            VERSION_GUARD,
            "DROP TRIGGER procedures_version_is_final ON procedures_procedureversion;"
            "DROP FUNCTION procedures_guard_version();",
        ),
        migrations.RunSQL(
            PART_GUARD + SITUATION_GUARD + CREATE_PARTS,
            DROP_PARTS
            + "DROP FUNCTION procedures_guard_version_part(); DROP FUNCTION procedures_guard_situation();",
        ),
    ]
