"""Numbers of the office, without gaps: the counter's row stays locked until the case is written or given up.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 28 (case code: agency, day, serial in the day).
"""

from datetime import date

from django.db import connection


def next_case_code(commune_id: int, org_code: str, day: date) -> str:
    """The next code of the day, ``{org_code}-{yyMMdd}-{serial}``; past 9999 the serial grows."""
    serial = _next("cases_dailycounter", "day", commune_id, day)
    return f"{org_code}-{day:%y%m%d}-{serial:04d}"


def next_register_number(commune_id: int, year: int) -> int:
    """The next number in the centre's register book of the year."""
    return _next("cases_registercounter", "year", commune_id, year)


def next_slip_number(commune_id: int, year: int) -> int:
    """The next number of a guidance or refusal slip in the year."""
    return _next("cases_slipcounter", "year", commune_id, year)


def next_handover_number(commune_id: int, year: int) -> int:
    """The next number of a list of papers sent to other communes in the year."""
    return _next("cases_handovercounter", "year", commune_id, year)


def _next(table: str, column: str, commune_id: int, value: date | int) -> int:
    statement = (
        f"INSERT INTO {table} (commune_id, {column}, last) VALUES (%s, %s, 1)"  # noqa: S608 (own literals)
        f" ON CONFLICT (commune_id, {column}) DO UPDATE SET last = {table}.last + 1 RETURNING last"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [commune_id, value])
        (serial,) = cursor.fetchone()
    return int(serial)
