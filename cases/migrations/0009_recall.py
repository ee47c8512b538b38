"""Consent to the use of data declared earlier: a table that is only added to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD_TABLE = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON cases_recallconsent
    FOR EACH ROW EXECUTE FUNCTION cases_guard_history();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON cases_recallconsent
    FOR EACH STATEMENT EXECUTE FUNCTION cases_guard_history();
DO $$
DECLARE
    grantee_name text;
BEGIN
    FOR grantee_name IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_name = 'cases_recallconsent' AND grantee <> current_user
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON cases_recallconsent FROM %I', grantee_name);
    END LOOP;
END $$;
"""
UNGUARD_TABLE = """
DROP TRIGGER refuse_truncate ON cases_recallconsent;
DROP TRIGGER refuse_change ON cases_recallconsent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_queues"),
        ("staff", "0002_history_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecallConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("intake_key", models.UUIDField(verbose_name="khóa nhập")),
                ("source_code", models.CharField(max_length=40, verbose_name="hồ sơ đã khai")),
                ("agreed_at", models.DateTimeField(verbose_name="đồng ý lúc")),
                ("commune", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="staff.commune")),
                ("officer", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "đồng ý dùng lại dữ liệu",
                "ordering": ["-agreed_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("commune", "intake_key", "source_code"), name="cases_recallconsent_once_a_form")
                ],
            },
        ),
        migrations.RunSQL(GUARD_TABLE, UNGUARD_TABLE),
    ]
