"""Statements that the ORM writes once and that every request fills in with values of its own.

The ORM takes longer to write the questions of a page than the database to answer them. With stand-ins written
in, a statement shows where each value goes.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from psycopg import Binary

STAND_INS: Final[Mapping[type, Callable[[int], Any]]] = {
    int: lambda number: -2_000_000_000 - number,
    str: lambda number: f"\ue000{number}",
    bytes: lambda number: b"\x00%d" % number,
    date: lambda number: date.fromordinal(1 + number),
    datetime: lambda number: datetime.fromtimestamp(-60_000_000_000 + number, tz=UTC),
    UUID: lambda number: UUID(int=number + 1),
}
"""Values that no question asks for, by which a value's places in a statement are found."""

MOST_KINDS: Final = 512
"""Kinds of one statement that are remembered: those of a province, by rights, fields and filters."""


class Statement(Protocol):
    """Whatever is asked with parameters."""

    @property
    def params(self) -> tuple[Any, ...]:
        """Its parameters, in the order of their places."""


class Sql(NamedTuple):
    """A statement as it goes to the database."""

    text: str
    params: tuple[Any, ...]


Written = TypeVar("Written", bound=Statement)


class WrittenOnce(Generic[Written]):
    """A statement that is asked again and again: written at the first time, filled in at every time.

    Args:
        write: gives the statement for what kind it is and for the values that differ from time to time. It is
            called with stand-ins, so it may hand values on to the ORM and do nothing else with them.
    """

    def __init__(self, write: Callable[..., Written]) -> None:
        self._write = write
        self._written = lru_cache(maxsize=MOST_KINDS)(self._with_places)

    def filled_in(self, *kind: Hashable, **values: Any) -> tuple[Written, list[Any]]:
        """The statement of this kind and its parameters for these values.

        Args:
            values: numbers, words, bytes, days, moments or UUIDs, never None.

        Raises:
            LookupError: a value has no place in the statement, because ``write`` changed or dropped it.
        """
        types = tuple((name, type(value)) for name, value in values.items())
        statement, places = self._written(kind, types)
        params = list(statement.params)
        for number, name in places:
            stand_in, value = params[number], values[name]
            # Whole numbers carry the width of their column in their type.
            params[number] = type(stand_in)(value) if isinstance(stand_in, int) else value
        return statement, params

    def _with_places(
        self, kind: tuple[Hashable, ...], types: tuple[tuple[str, type], ...]
    ) -> tuple[Written, list[tuple[int, str]]]:
        stand_ins = {name: STAND_INS[of](number) for number, (name, of) in enumerate(types)}
        statement = self._write(*kind, **stand_ins)
        found = {value: name for name, value in stand_ins.items()}
        bare = [param.obj if isinstance(param, Binary) else param for param in statement.params]
        places = [
            (number, found[param])
            for number, param in enumerate(bare)
            if isinstance(param, Hashable) and param in found
        ]
        if lost := stand_ins.keys() - {name for _number, name in places}:
            message = f"No place for {sorted(lost)} in the statement."
            raise LookupError(message)
        return statement, places
