"""Several lists in one statement: each becomes one column of JSON, and its rows become objects again.

A page that shows ten lists of one case asks the database once instead of ten times. The questions are those
of the ORM, so they narrow and order as they do everywhere else.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model, QuerySet

READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "BinaryField": lambda text: bytes.fromhex(text.removeprefix("\\x")),
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}
"""How a value is read back from JSON; whatever is not named here is the same in both."""


@dataclass(frozen=True)
class Rows:
    """A list of whole rows; ``with_officers`` names the foreign keys whose full names come along."""

    queryset: QuerySet[Any, Any]
    with_officers: Sequence[str] = ()


@dataclass(frozen=True)
class Values:
    """A list of plain values, numbers and words alone: what ``values_list`` gives."""

    queryset: QuerySet[Any, Any]


def gather(lists: Mapping[str, Rows | Values]) -> dict[str, list[Any]]:
    """Every list by its name, in the order that its question has."""
    asked = {name: part for name, part in lists.items() if not part.queryset.query.is_empty()}
    found: dict[str, list[Any]] = {name: [] for name in lists}
    if not asked:
        return found
    columns = [_column(part) for part in asked.values()]
    with connection.cursor() as cursor:
        sql = ", ".join(sql for sql, _params in columns)
        cursor.execute(f"SELECT {sql}", [value for _sql, params in columns for value in params])
        answered = cursor.fetchone()
    for (name, part), text in zip(asked.items(), answered, strict=True):
        rows = json.loads(text or "[]")
        found[name] = (
            [_object(part, row) for row in rows] if isinstance(part, Rows) else list(map(tuple, rows))
        )
    return found


def hold(owner: Model, name: str, rows: Sequence[Any]) -> None:
    """Let ``owner.<name>.all()`` answer these rows, exactly as a prefetch does."""
    manager = getattr(owner, name)
    held = manager.all()
    held._result_cache, held._prefetch_done = list(rows), True  # noqa: SLF001 (what prefetch_related sets)
    if not hasattr(owner, "_prefetched_objects_cache"):
        setattr(owner, "_prefetched_objects_cache", {})  # noqa: B010 (as Django does it)
    getattr(owner, "_prefetched_objects_cache")[name] = held  # noqa: B009
    for row in rows:
        manager.field.set_cached_value(row, owner)


def let_go(owner: Model) -> None:
    """Forget the lists that were held: the next look asks the database."""
    owner.__dict__.pop("_prefetched_objects_cache", None)


def _fields(part: Rows) -> "list[Field[Any, Any]]":
    return list(part.queryset.model._meta.concrete_fields)  # noqa: SLF001 (Django's public name)


def _column(part: Rows | Values) -> tuple[str, tuple[Any, ...]]:
    queryset = part.queryset
    if isinstance(part, Rows):
        names = [field.attname for field in _fields(part)]
        queryset = queryset.values_list(*names, *(f"{key}__full_name" for key in part.with_officers))
    sql, params = queryset.query.sql_with_params()
    width = len(queryset.query.values_select) + len(queryset.query.annotation_select)
    letters = ", ".join(f"c{number}" for number in range(width))
    return f"(SELECT json_agg(json_build_array({letters}))::text FROM ({sql}) AS listed ({letters}))", params  # noqa: S608 (the ORM's own SQL)


def _object(part: Rows, row: Sequence[Any]) -> Model:
    fields = _fields(part)
    values = [_value(field, value) for field, value in zip(fields, row, strict=False)]
    made: Model = part.queryset.model.from_db(connection.alias, [field.attname for field in fields], values)
    for key, full_name in zip(part.with_officers, row[len(fields) :], strict=True):
        if full_name is not None:
            relation = made._meta.get_field(key)  # noqa: SLF001 (Django's public name)
            officer = relation.related_model.from_db(  # type: ignore[union-attr]
                connection.alias, ["id", "full_name"], [getattr(made, f"{key}_id"), full_name]
            )
            setattr(made, key, officer)
    return made


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    reader = READERS.get(field.get_internal_type())
    return reader(value) if reader and value is not None else value
