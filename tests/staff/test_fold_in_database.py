"""The database folds text exactly as Python does."""

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staff.text import FOLD_SOURCE, fold

LETTERS = st.sampled_from(FOLD_SOURCE + "abcxyzABCXYZ 0123456789.-,'đĐơƯ")
ANYTHING = st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cn"])
TEXTS = st.lists(st.text(LETTERS, max_size=30) | st.text(ANYTHING, max_size=30), min_size=20, max_size=60)


def fold_in_database(texts):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vn_fold(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x(t, i) ORDER BY i", [texts]
        )
        return [folded for (folded,) in cursor.fetchall()]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_vn_fold_equals_fold_for_any_text(db, texts):
    assert fold_in_database(texts) == [fold(text) for text in texts]


def test_vn_fold_knows_every_letter_of_the_table(db):
    assert fold_in_database(list(FOLD_SOURCE)) == [fold(letter) for letter in FOLD_SOURCE]


def test_vn_fold_of_a_decomposed_name_equals_the_composed_one(db):
    composed, decomposed = "Định Hòa", "Đi\u0323nh Ho\u0300a"

    assert fold_in_database([composed, decomposed]) == ["dinh hoa", "dinh hoa"]
