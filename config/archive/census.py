"""What a database holds: rows and a fingerprint per table, and whether every history is whole."""

from itertools import groupby
from operator import attrgetter
from typing import TypedDict

from django.db import connection
from django.db.backends.utils import CursorWrapper

from cases.history import event_hash
from cases.models import CaseEvent

# The text of a moment depends on the session; a fingerprint must not.
SAME_WORDS = "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1"
MEANT_FOR_HERE = frozenset({"cases_casechange"})
"""Tables whose rows mean nothing in another database: they name its transactions by number."""

COME_AND_GO = MEANT_FOR_HERE | {"django_session"}
"""Tables whose rows need not survive: officers sign in again."""


class TableCount(TypedDict):
    """The rows of one table and the sum of their hashes, which does not depend on their order."""

    rows: int
    fingerprint: str


def count_tables() -> dict[str, TableCount]:
    """Every table of the office as the present transaction sees it; call it inside one."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_WORDS)
        names = connection.introspection.table_names(cursor)
        return {name: _count(cursor, name) for name in names if name not in COME_AND_GO}


def _count(cursor: CursorWrapper, table: str) -> TableCount:
    name = connection.ops.quote_name(table)
    cursor.execute(
        f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {name} t"  # noqa: S608
    )
    rows, fingerprint = cursor.fetchone()
    return {"rows": rows, "fingerprint": fingerprint}


def broken_histories() -> list[str]:
    """Codes of cases whose chain of events does not add up: an event changed, missing or out of order."""
    events = CaseEvent.objects.select_related("case").order_by("case_id", "seq").iterator(chunk_size=2000)
    return [
        history[0].case.code
        for history in (list(group) for _, group in groupby(events, key=attrgetter("case_id")))
        if not _is_whole(history)
    ]


def _is_whole(history: list[CaseEvent]) -> bool:
    expected = ""
    for number, event in enumerate(history, start=1):
        if (event.seq, event.prev_hash, event.hash) != (number, expected, event_hash(event)):
            return False
        expected = event.hash
    return True


def differences(before: dict[str, TableCount], now: dict[str, TableCount]) -> list[str]:
    """What two counts do not agree on, one sentence per table."""
    return [
        f"{name}: {_said(before.get(name))} before, {_said(now.get(name))} now"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]


def _said(count: TableCount | None) -> str:
    return f"{count['rows']} rows ({count['fingerprint']})" if count else "no table"
