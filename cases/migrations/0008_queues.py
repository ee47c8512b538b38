"""People in Vietnamese order, and the ways by which a search finds them."""

import unicodedata

from django.db import migrations, models

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
# One sign for each letter and each tone, in the order of dictionaries; byte order is then their order.
SIGNS = [
    (unicodedata.normalize("NFC", letter + mark), chr(65 + rank), str(tone))
    for rank, letter in enumerate(ALPHABET)
    for tone, mark in enumerate(TONES if letter in VOWELS else ("",))
]
SIGNS += [(letter.upper(), sign, tone) for letter, sign, tone in SIGNS]
WRITTEN, LETTERS, MARKS = ("".join(part) for part in zip(*SIGNS, strict=True))

# Given name first; letters before tones, word by word. Immutable, so that a generated column may use it.
CREATE = f"""
CREATE FUNCTION vn_name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(
        translate(word, '{WRITTEN}', '{LETTERS}') || E'\\x01' || translate(word, '{WRITTEN}', '{MARKS}'),
        ' ' ORDER BY place
    )
    FROM regexp_split_to_table(
        regexp_replace(btrim(normalize(name, NFC)), '^(.*)[ ]([^ ]+)$', '\\2 \\1'), ' +'
    ) WITH ORDINALITY AS words (word, place)
)
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_files")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION vn_name_key(text)"),
        migrations.AddField(
            model_name="case",
            name="principal_sort",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("principal_name"), function="vn_name_key", output_field=models.TextField()
                ),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(fields=["commune", "name_fold"], name="cases_party_by_name"),
        ),
        migrations.AddIndex(
            model_name="caseparty",
            index=models.Index(
                fields=["commune", "phone"],
                name="cases_party_by_phone",
                condition=models.Q(("phone", ""), _negated=True),
            ),
        ),
    ]
