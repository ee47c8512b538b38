"""People are found by the words of their names, cases by the end of their codes, each by an index of the commune."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Reverse

# Immutable, so that an index may use it. Every word carries the commune: one index serves all of them apart.
CREATE_WORDS = """
CREATE FUNCTION commune_words(commune bigint, words text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN array_to_tsvector(string_to_array(
        commune::text || ':' || replace(words, ' ', ' ' || commune::text || ':'), ' '
    ))
"""
DROP_WORDS = "DROP FUNCTION commune_words(bigint, text)"


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_heartbeat_of_pruning")]

    operations = [
        migrations.RunSQL(CREATE_WORDS, DROP_WORDS),
        migrations.RemoveIndex(model_name="caseparty", name="cases_party_by_name"),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(fields=["commune", "name_fold", "case"], name="cases_party_by_name"),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(fields=["commune", "case"], name="cases_party_by_case"),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("commune"),
                    models.F("name_fold"),
                    function="commune_words",
                    output_field=models.TextField(),
                ),
                name="cases_party_by_words",
                fastupdate=False,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(models.F("commune"), Reverse("code"), name="cases_by_end_of_code"),
        ),
    ]
