"""A trigger notes for every transaction in the cases of which communes it wrote (``cases/counts.py``)."""

import django.db.models.deletion
from django.db import migrations, models

NOTE = """
CREATE FUNCTION cases_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO cases_casechange (commune_id, xact)
            SELECT DISTINCT commune_id, pg_current_xact_id()::text::bigint FROM newer ON CONFLICT DO NOTHING;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO cases_casechange (commune_id, xact)
            SELECT DISTINCT commune_id, pg_current_xact_id()::text::bigint FROM older ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO cases_casechange (commune_id, xact)
            SELECT commune_id, pg_current_xact_id()::text::bigint
            FROM (SELECT commune_id FROM older UNION SELECT commune_id FROM newer) AS written
            ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON cases_case REFERENCING NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_change();
CREATE TRIGGER note_update AFTER UPDATE ON cases_case REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_change();
CREATE TRIGGER note_delete AFTER DELETE ON cases_case REFERENCING OLD TABLE AS older
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_change();
"""
NO_NOTE = """
DROP TRIGGER note_delete ON cases_case;
DROP TRIGGER note_update ON cases_case;
DROP TRIGGER note_insert ON cases_case;
DROP FUNCTION cases_note_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_room_for_the_next_version"),
        ("staff", "0005_sign_ins_by_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("xact", models.BigIntegerField(verbose_name="giao dịch")),
                ("noticed_at", models.DateTimeField(null=True, verbose_name="thấy lúc")),
                (
                    "commune",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="staff.commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "thay đổi của hồ sơ",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "xact"), name="cases_casechange_once_a_transaction"
                    )
                ],
            },
        ),
        migrations.RunSQL(NOTE, NO_NOTE),
    ]
