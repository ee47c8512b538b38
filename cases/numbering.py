"""Numbers of the office, without gaps: the counter's row stays locked until the case is written or given up.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 28 (case code: agency, day, serial in the day).
"""

from datetime import date

from django.db import connection


def next_case_numbers(commune_id: int, org_code: str, day: date) -> tuple[int, str]:
    """The next number in the register book of the year and the next code of the day, in one statement.

    The book is locked before the day, so two registrations of one commune never wait in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH book AS ({_upsert('cases_registercounter', 'year')}),"  # noqa: S608 (own literals)
            f" code AS ({_upsert('cases_dailycounter', 'day', 'FROM book')})"
            " SELECT book.last, code.last FROM book, code",
            [commune_id, day.year, commune_id, day],
        )
        number, serial = cursor.fetchone()
    return number, f"{org_code}-{day:%y%m%d}-{serial:04d}"


def next_slip_number(commune_id: int, year: int) -> int:
    """The next number of a guidance or refusal slip in the year."""
    return _next("cases_slipcounter", "year", commune_id, year)


def next_handover_number(commune_id: int, year: int) -> int:
    """The next number of a list of papers sent to other communes in the year."""
    return _next("cases_handovercounter", "year", commune_id, year)


def _next(table: str, column: str, commune_id: int, value: date | int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_upsert(table, column), [commune_id, value])
        (serial,) = cursor.fetchone()
    return int(serial)


def _upsert(table: str, column: str, after: str = "") -> str:
    """One more on a counter, which begins at 1; ``after`` names what has to be done before."""
    kind = "date" if column == "day" else "integer"
    return (
        f"INSERT INTO {table} (commune_id, {column}, last) SELECT %s::bigint, %s::{kind}, 1 {after}"
        f" ON CONFLICT (commune_id, {column}) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
