"""How many cases are open by state and promise, kept for as long as that stays true.

Counting reads up to a thousand entries of an index for each number, and most looks at a queue come while
nobody has written anything. So what was counted is kept in the shared cache, beside the snapshot of the
database in which it was true. A trigger notes in the cases of which communes a transaction wrote
(``CaseChange``). A count holds until a note is visible that was not when it was taken, or until a promise
passes; the statement that asks for the strip finds out, and counts anew in the same go. No writer waits for
another one, and what an officer has just done shows in her next look.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.core.cache import cache

from cases.choices import RUNNING
from cases.models import Case, CaseChange
from cases.queries import STATES_OF_VIEW
from cases.queues import FAR_AHEAD, Moment, QueueFilter
from staff.actor import Actor
from staff.rights import Capability
from staff.statements import Sql

Params = tuple[Any, ...]

KEPT_SECONDS: Final = 300
"""Notes of writers are kept much longer (``cases.actions.pruning``)."""

CASES: Final = Case._meta.db_table  # noqa: SLF001
CHANGES: Final = CaseChange._meta.db_table  # noqa: SLF001

PLACE: Final = f"concat(pg_postmaster_start_time(), ' ', pg_relation_filepath('{CASES}'))"
"""Where snapshots can be compared: elsewhere after a restore, a fail-over, or once the table was emptied."""

HOLDS: Final = f"""
    %s = {PLACE} AND NOT EXISTS (
        SELECT 1 FROM {CHANGES}
        WHERE commune_id = %s AND xact >= pg_snapshot_xmin(nullif(%s, '')::pg_snapshot)::text::bigint
            AND NOT pg_visible_in_snapshot(xact::text::xid8, nullif(%s, '')::pg_snapshot)
    )
"""  # noqa: S608 (names of tables)

COUNTED: Final = f"""
    json_build_object(
        'cells', %s, 'until', %s, 'place', {PLACE}, 'seen', pg_current_snapshot()::text,
        'settled', pg_current_xact_id_if_assigned() IS NULL
    )
"""


@dataclass(frozen=True)
class Counted:
    """How many cases are in a state and promised in a span.

    True at every moment from ``since`` until ``until``, in every snapshot of ``place`` that shows the cases
    of the commune as ``seen`` did. The empty one knows nothing.
    """

    cells: Sequence[tuple[str, str, int]] = ()
    since: datetime = FAR_AHEAD
    until: datetime = FAR_AHEAD
    place: str = ""
    seen: str = ""

    def by_view(self, waiting: Collection[str], spans: Collection[str]) -> dict[str, int]:
        """The counts of the strip; ``waiting`` are the states that wait for whoever looks.

        What is handed over or waits to be is late no more: only running cases count in a span.
        """
        states_of = {**STATES_OF_VIEW, "me": waiting} | dict.fromkeys(spans, RUNNING)
        return {
            view: sum(
                number
                for state, span, number in self.cells
                if state in states and (view == span or view not in spans)
            )
            for view, states in states_of.items()
        }


UNKNOWN: Final = Counted()


def key_of(actor: Actor, chosen: QueueFilter, moment: Moment) -> str:
    """Under what the counts are kept: whoever sees the same cases under the same filter asks for the same."""
    seen = actor.commune_id, actor.may(Capability.VIEW_CASES), sorted(actor.field_codes)
    asked = repr((seen, sorted(chosen.conditions.items()), moment.day, moment.until))
    return f"counts:1:{sha256(asked.encode()).hexdigest()}"


def recall(key: str, at: datetime) -> Counted:
    """What was counted under this key, unless a promise has passed since."""
    kept = Counted(*cache.get(key, ()))
    return kept if kept.since <= at <= kept.until else UNKNOWN


def keep(key: str, at: datetime, told: str) -> Counted:
    """What the database has counted at this moment, and told; kept unless its own transaction has written.

    Such a transaction counts what may still be undone.
    """
    found = json.loads(told)
    until = datetime.fromisoformat(found["until"]) if found["until"] else FAR_AHEAD
    counted = Counted(found["cells"] or (), at, until, found["place"], found["seen"])
    if found["settled"]:
        cache.set(key, astuple(counted), KEPT_SECONDS)
    return counted


def unless_known(cells: tuple[str, Params], commune_id: int, at: datetime, place: str, seen: str) -> Sql:
    """The SQL of the counts, as ``keep`` reads them; of NULL while what was seen there still holds."""
    promises = Case.objects.filter(commune_id=commune_id).running().filter(due_at__gte=at)
    until = promises.order_by("due_at").values("due_at")[:1].query.sql_with_params()
    counted = COUNTED % (cells[0], f"({until[0]})")
    holds = (place, commune_id, seen, seen)
    return Sql(
        f"(SELECT CASE WHEN {HOLDS} THEN NULL ELSE {counted} END)::text", (*holds, *cells[1], *until[1])
    )
