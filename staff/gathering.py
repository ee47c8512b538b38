"""Several lists in one statement: each becomes one column of JSON, and its rows become objects again.

A page that shows ten lists of one case asks the database once instead of ten times. The questions are those
of the ORM, so they narrow and order as they do everywhere else. Lists that every request asks for, with other
values, are a ``Question``: their statement is written once.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final, Self
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from staff.statements import WrittenOnce

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
    """A list of whole rows, with the whole rows that its ``select_related`` names.

    Args:
        queryset: a hundred columns at most in the row of each table.
        with_officers: the foreign keys whose full names come along.
    """

    queryset: QuerySet[Any, Any]
    with_officers: Sequence[str] = ()


@dataclass(frozen=True)
class Values:
    """A list of plain values, numbers and words alone: what ``values_list`` gives."""

    queryset: QuerySet[Any, Any]


def gather(lists: Mapping[str, Rows | Values]) -> dict[str, list[Any]]:
    """Every list by its name, in the order that its question has."""
    statement = _write(lists)
    return statement.ask(statement.params)


class Question:
    """Lists that are asked for again and again: their statement is written at the first time.

    Args:
        lists: gives the lists for what kind they are and for the values that differ from time to time, with
            which it does no more than hand them on to the ORM.
    """

    def __init__(self, lists: Callable[..., Mapping[str, Rows | Values]]) -> None:
        self._statement = WrittenOnce(lambda *kind, **values: _write(lists(*kind, **values)))

    def gather(self, *kind: Hashable, **values: Any) -> dict[str, list[Any]]:
        """Every list by its name, for these values; see ``WrittenOnce.filled_in``.

        Raises:
            LookupError: a value has no place in the statement, because ``lists`` changed or dropped it.
        """
        statement, params = self._statement.filled_in(*kind, **values)
        return statement.ask(params)


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


@dataclass(frozen=True)
class _Statement:
    """Lists as one statement: what each is read as, in the order of its columns."""

    names: tuple[str, ...]
    readers: Mapping[str, Callable[[Sequence[Any]], Any]]
    sql: str
    params: tuple[Any, ...]

    def ask(self, params: Sequence[Any]) -> dict[str, list[Any]]:
        """The lists, with these parameters; those that are empty by their question cost nothing."""
        found: dict[str, list[Any]] = {name: [] for name in self.names}
        if not self.readers:
            return found
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            answered = cursor.fetchone()
        for (name, reader), text in zip(self.readers.items(), answered, strict=True):
            if text:
                found[name] = list(map(reader, json.loads(text)))
        return found


def _write(lists: Mapping[str, Rows | Values]) -> _Statement:
    asked = {name: part for name, part in lists.items() if not part.queryset.query.is_empty()}
    columns = [_column(part) for part in asked.values()]
    return _Statement(
        names=tuple(lists),
        readers={name: _reader(part) for name, part in asked.items()},
        sql=f"SELECT {', '.join(sql for sql, _params in columns)}",
        params=tuple(value for _sql, params in columns for value in params),
    )


def _column(part: Rows | Values) -> tuple[str, tuple[Any, ...]]:
    queryset, rows = part.queryset, dict[tuple[str, ...], _Row]()
    if isinstance(part, Rows):
        rows = {(): _Row.whole(queryset.model)} | {join.path: join.row for join in _joins(part)}
        names = ["__".join((*path, name)) for path, row in rows.items() for name in row.names]
        queryset = queryset.values_list(*names)
    sql, params = queryset.query.sql_with_params()
    width = len(queryset.query.values_select) + len(queryset.query.annotation_select)
    letters = [f"c{number}" for number in range(width)]
    rest = iter(letters)
    shown = [_array(islice(rest, len(row.names))) for row in rows.values()] or letters
    columns = ", ".join(letters)
    return f"(SELECT json_agg({_array(shown)})::text FROM ({sql}) AS listed ({columns}))", params  # noqa: S608 (the ORM's own SQL)


def _array(parts: Iterable[str]) -> str:
    return f"json_build_array({', '.join(parts)})"


def _reader(part: Rows | Values) -> Callable[[Sequence[Any]], Any]:
    """What makes one row of a list out of its JSON."""
    if isinstance(part, Values):
        return tuple
    own, joins = _Row.whole(part.queryset.model), _joins(part)

    def read(rows: Sequence[Sequence[Any]]) -> Model:
        made: dict[tuple[str, ...], Model] = {(): own.read(rows[0])}
        for join, row in zip(joins, rows[1:], strict=True):
            if owner := made.get(join.path[:-1]):
                joined = None if row[0] is None else join.row.read(row)
                join.hang(joined, owner)
                if joined is not None:
                    made[join.path] = joined
        return made[()]

    return read


@dataclass(frozen=True)
class _Row:
    """The columns of a table that are read, the key first among those of another."""

    model: type[Model]
    names: Sequence[str]
    special: Sequence[tuple[int, Callable[[str], Any]]]

    @classmethod
    def whole(cls, model: type[Model]) -> Self:
        """Every column of a table."""
        return cls.of(model, [field.attname for field in model._meta.concrete_fields])  # noqa: SLF001 (Django's public name)

    @classmethod
    def of(cls, model: type[Model], names: Sequence[str]) -> Self:
        """These columns of a table."""
        kinds = {field.attname: field.get_internal_type() for field in model._meta.concrete_fields}  # noqa: SLF001
        read_back = [(number, READERS.get(kinds[name])) for number, name in enumerate(names)]
        return cls(model, names, [(number, reader) for number, reader in read_back if reader])

    def read(self, row: Sequence[Any]) -> Model:
        values = list(row[: len(self.names)])
        for number, reader in self.special:
            if values[number] is not None:
                values[number] = reader(values[number])
        return self.model.from_db(connection.alias, self.names, values)


@dataclass(frozen=True)
class _Join:
    """Another row that comes along: the keys that lead to it, and the last of them as a field."""

    path: tuple[str, ...]
    field: Any
    row: _Row

    def hang(self, joined: Model | None, owner: Model) -> None:
        """Let the owner answer with this row, or that there is none, as ``select_related`` does."""
        self.field.set_cached_value(owner, joined)
        if joined is not None and self.field.one_to_one:
            self.field.remote_field.set_cached_value(joined, owner)


def _joins(part: Rows) -> list[_Join]:
    """What comes along with a row, owners first; each begins with its key, NULL where there is none."""
    model, whole = part.queryset.model, part.queryset.query.select_related or {}
    if whole is True:
        message = f"Rows of {model.__name__} bring along what select_related names, and it names nothing."
        raise ValueError(message)
    officers: list[tuple[str, Any]] = [(key, model._meta.get_field(key)) for key in part.with_officers]  # noqa: SLF001 (Django's public name)
    named = [
        _Join((key,), field, _Row.of(field.related_model, ["id", "full_name"])) for key, field in officers
    ]
    return named + list(_whole(model, whole, ()))


def _whole(model: type[Model], tree: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[_Join]:
    for key, further in tree.items():
        field = model._meta.get_field(key)  # noqa: SLF001 (Django's public name)
        related: Any = field.related_model
        yield _Join((*path, key), field, _Row.whole(related))
        yield from _whole(related, further, (*path, key))
