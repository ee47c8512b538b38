"""Which cases an officer sees, and which of them a filter leaves: conditions on the row of a case.

They hold for the cases and for the notes of what was written into them: both name the same columns.
"""

from collections.abc import Collection
from typing import Any, Final, Self, TypeVar

from django.db.models import BooleanField, Model, QuerySet
from django.db.models.expressions import RawSQL

from cases.choices import RUNNING, State
from cases.queues import NOBODY, QueueFilter
from staff.actor import Actor
from staff.rights import Capability

OPEN_STATES: Final = (*RUNNING, State.RESOLVED)
"""Cases that are not handed over yet."""

Row = TypeVar("Row", bound=Model)


class Narrowing(QuerySet[Row]):
    """Conditions on commune, field, state, holder and the way in which a case came."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The cases that this officer may open: those of the membership's commune, in its fields.

        Clerk and handler see the fields of the membership (none listed = all), director and signatory all
        of the commune, everybody else none.
        """
        if actor is None or actor.commune_id is None or not actor.may(Capability.VIEW_CASES):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(field_code__in=actor.field_codes) if actor.field_codes else mine

    def narrowed(self, chosen: QueueFilter) -> Self:
        """The cases that fulfil the conditions of the filter, except that of the state: see ``in_states``."""
        holder = None if chosen.holder == NOBODY else chosen.holder
        told: dict[str, Any] = {
            "field": {"field_code": chosen.field},
            "holder": {"holder_id": holder},
            "channel": {"channel": chosen.channel},
            "point": {"reception_point_id": chosen.point},
        }
        shown = self
        for name in chosen.conditions:
            shown = shown.filter(**told.get(name, {}))
        return shown

    def in_states(self, states: Collection[State], *, only: str = "") -> Self:
        """The cases in one of these states; ``only`` names one that a filter asks for.

        The state is said once: to the planner two conditions on it are independent of one another, and it
        would read and sort thousands of rows where it expects three.
        """
        asked = [state for state in states if state == only] if only else list(states)
        return self.filter(state__in=asked) if asked else self.none()


class ChangeQuerySet(Narrowing[Any]):
    """Notes of what was written into open cases."""

    def not_seen_in(self, snapshot: str) -> Self:
        """What is visible now and was not in a snapshot (``pg_current_snapshot()`` as text, or nothing).

        What came from another place by a restore numbers other transactions, and is passed over.
        """
        known = "nullif(%s, '')::pg_snapshot"
        begun = RawSQL(f"pg_snapshot_xmin({known})::text::bigint", [snapshot])  # noqa: S611 (no words of others)
        unseen = RawSQL(  # noqa: S611 (no words of others)
            f"NOT pg_visible_in_snapshot(xact::text::xid8, {known})", [snapshot], output_field=BooleanField()
        )
        return self.filter(unseen, xact__gte=begun, place=RawSQL("cases_place()", ()))
