"""Where a page of a list begins: beyond the row with which the last one ended."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.lookups import GreaterThan, LessThan

NOTHING_TO_CONVERT: Final = BooleanField()
"""Django asks for the type of a row, which has none, and uses it for nothing here."""


def beyond(columns: Sequence[str], place: Sequence[Any], *, descending: bool = False) -> Q:
    """What follows a place in the order of these columns; a value may be an expression.

    It is one comparison of rows: an index of the columns in this order is entered at the place itself.
    With conditions joined by OR it would be read from its beginning, or from the first row that ties.
    """
    row = Func(*map(F, columns), function="ROW", output_field=NOTHING_TO_CONVERT)
    values = (value if hasattr(value, "resolve_expression") else Value(value) for value in place)
    there = Func(*values, function="ROW", output_field=NOTHING_TO_CONVERT)
    return Q(LessThan(row, there) if descending else GreaterThan(row, there))
