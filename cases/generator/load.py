"""Writes batches of invented cases by COPY, as the application role: it needs to add rows and no more."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils import translation

from cases.generator.batches import Arrival, Batch, Desk, Numbers, numbers_needed
from cases.generator.rows import COLUMNS, Rows
from staff.language import RECORD
from staff.scope import enter

BATCH: Final = 5_000
ROUNDS: Final = 3
DRAFTS_PER_CASE: Final = 2
COUNTERS: Final = (
    ("cases_dailycounter", "day", "date"),
    ("cases_registercounter", "year", "smallint"),
)


@dataclass(frozen=True)
class Written:
    """What was written, and how long it took."""

    cases: int
    rows: int
    seconds: float


def write_commune(desk: Desk, chance: random.Random, arrivals: Sequence[Arrival]) -> Written:
    """Write the cases of one commune in the order in which they came, a transaction per batch."""
    began, rows = time.perf_counter(), 0
    for start in range(0, len(arrivals), BATCH):
        with transaction.atomic():
            _wait_for_no_disk()
            rows += _copied(built(desk, chance, arrivals[start : start + BATCH]))
    return Written(len(arrivals), rows, time.perf_counter() - began)


def _wait_for_no_disk() -> None:
    """Commit without waiting for the disk: a power cut may cost the last batches, each of them as a whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def built(desk: Desk, chance: random.Random, arrivals: Sequence[Arrival]) -> Rows:
    """The rows of one batch, numbered; the counters stay locked until the transaction ends."""
    commune = desk.counter.commune.pk
    enter(commune)
    days, years = numbers_needed(arrivals)
    numbers = Numbers(
        cases=keys("cases_case", len(arrivals)),
        drafts=_drawn("cases_draft", len(arrivals)),
        results=_drawn("cases_caseresult", len(arrivals)),
        registers=_taken(COUNTERS[1], commune, years),
        serials=_taken(COUNTERS[0], commune, days),
    )
    with translation.override(RECORD):
        return Batch(desk, numbers, chance).write(arrivals)


def keys(table: str, count: int) -> list[int]:
    """So many new keys of a table, in order."""
    statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [table, count])
        return [key for (key,) in cursor.fetchall()]


def _drawn(table: str, size: int) -> Iterator[int]:
    """Keys without end, asked for by the hundred."""
    while True:
        yield from keys(table, max(20, min(size, 500)))


def _taken(counter: tuple[str, str, str], commune: int, wanted: Mapping[Any, int]) -> dict[Any, int]:
    """Move the counters on by as many as are wanted; the last numbers given before, by day or year."""
    table, column, kind = counter
    ordered = sorted(wanted)
    statement = (
        f"INSERT INTO {table} (commune_id, {column}, last)"  # noqa: S608 (own literals)
        f" SELECT %s, value, taken FROM unnest(%s::{kind}[], %s::int[]) AS wanted (value, taken)"
        f" ON CONFLICT (commune_id, {column}) DO UPDATE SET last = {table}.last + EXCLUDED.last"
        f" RETURNING {column}, last"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [commune, ordered, [wanted[value] for value in ordered]])
        return {value: last - wanted[value] for value, last in cursor.fetchall()}


def _copied(rows: Rows) -> int:
    """Copy every table's rows; how many."""
    return sum(copy(table, as_bytes(lines)) and len(lines) for table, lines in rows.items() if lines)


def as_bytes(lines: Sequence[str]) -> bytes:
    """Rows as they go over the wire."""
    return "\n".join([*lines, ""]).encode()


def copy(table: str, data: bytes) -> int:
    """COPY rows into a table; how many bytes."""
    statement = f"COPY {table} ({', '.join(COLUMNS[table])}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as stream:
        stream.write(data)
    return len(data)


def bare_speed(desk: Desk, chance: random.Random, arrivals: Sequence[Arrival]) -> float:
    """Rows a second of COPY alone: rows of one batch, kept in memory, into the very same tables.

    The best of three rounds, each rolled back, so that nothing of it stays.
    """
    with transaction.atomic():
        rows = built(desk, chance, arrivals)
        data = {table: as_bytes(lines) for table, lines in rows.items() if lines}
        seconds = [_round(data) for _ in range(ROUNDS)]
        transaction.set_rollback(True)
    return sum(map(len, rows.values())) / min(seconds)


def _round(data: Mapping[str, bytes]) -> float:
    mark = transaction.savepoint()
    began = time.perf_counter()
    for table, content in data.items():
        copy(table, content)
    seconds = time.perf_counter() - began
    transaction.savepoint_rollback(mark)
    return seconds
