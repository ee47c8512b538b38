"""A step of a case stays in its page of the table where there is room, and writes two indexes fewer."""

from django.db import migrations

# A case is written some six times on its way. In a full page each version lands in another page, and neither
# page is told by the index alone until the next VACUUM, nor are the cases beside it.
ROOM_FOR_THE_NEXT_VERSION = "ALTER TABLE cases_case SET (fillfactor = 85)"
# Nobody looks for the beginning of a code or a token; each version of a case was written into these two as well.
UNUSED = ("cases_case_code_afd6bdc8_like", "cases_case_tracking_token_2bcf934e_like")


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_money_taken_elsewhere")]

    operations = [
        migrations.RunSQL(ROOM_FOR_THE_NEXT_VERSION, "ALTER TABLE cases_case RESET (fillfactor)"),
        *(migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", migrations.RunSQL.noop) for name in UNUSED),
    ]
