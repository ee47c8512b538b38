"""Statements written once: filled in they are what the ORM would have written, and no value is lost."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.statements import Sql, WrittenOnce

VALUES = st.fixed_dictionaries(
    {
        "key": st.integers(min_value=-(2**31), max_value=2**31),
        "words": st.text(),
        "mark": st.binary(),
        "day": st.dates(),
        "moment": st.datetimes(timezones=st.just(UTC)),
        "token": st.uuids(),
    }
)


def as_the_orm_would(kind, *, key, words, mark, day, moment, token):
    """Own constants, values more than once, and values that cannot be hashed among them."""
    params = (kind, words, [1], day, key, mark, moment, token, key, None, date(2026, 9, 2))
    return Sql(f"SELECT {kind}", params)


@given(kind=st.sampled_from("ab"), values=VALUES)
def test_statement_filled_in_is_the_statement_written_anew(kind, values):
    statement, params = ONCE.filled_in(kind, **values)
    anew = as_the_orm_would(kind, **values)

    assert statement.text == anew.text
    assert tuple(params) == anew.params


ONCE = WrittenOnce(as_the_orm_would)


def test_statement_is_written_once_for_each_kind():
    written = []

    def write(kind, *, key):
        written.append(kind)
        return Sql("SELECT %s", (key,))

    once = WrittenOnce(write)
    for kind in ("a", "b", "a", "b"):
        for key in range(3):
            assert once.filled_in(kind, key=key)[1] == [key]

    assert written == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key", 7),
        ("words", "an"),
        ("mark", b"\x07"),
        ("day", date(2026, 9, 2)),
        ("moment", datetime(2026, 9, 2, tzinfo=UTC)),
        ("token", UUID(int=1)),
    ],
)
def test_statement_that_loses_a_value_says_so_instead_of_answering_for_another(name, value):
    def forgets(**values):
        return Sql("SELECT %s", tuple(kept for told, kept in values.items() if told != name))

    with pytest.raises(LookupError, match=name):
        WrittenOnce(forgets).filled_in(**{name: value})


@pytest.mark.parametrize("value", [None, 1.5, True])
def test_statement_takes_no_value_that_it_could_not_find_again(value):
    once = WrittenOnce(lambda *, key: Sql("SELECT %s", (key,)))

    with pytest.raises(LookupError):
        once.filled_in(key=value)
    assert once.filled_in(key=0)[1] == [0]
