"""Which rows of cases received for other communes an officer may see: narrowing only, no writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db.models import QuerySet

from cases.choices import State
from cases.queues import PageKey
from staff.actor import Actor
from staff.clock import LOCAL
from staff.keysets import beyond
from staff.rights import Capability

if TYPE_CHECKING:
    from cases.models import ForeignReception, PaperHandover

OVER: Final = (State.RETURNED, State.WITHDRAWN, State.STOPPED, State.CLOSED)
"""Nothing is left for the counter to do."""


@dataclass(frozen=True)
class ForeignPage:
    """One page of the list with the key of the next one."""

    rows: Sequence["ForeignReception"]
    next_key: PageKey | None


class ForeignQuerySet(QuerySet["ForeignReception"]):
    """Rows of the receiving commune."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The rows of the membership's commune, in its fields, for those who receive cases."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.REGISTER_CASE):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(field_code__in=actor.field_codes) if actor.field_codes else mine

    def open(self) -> Self:
        """Rows with which the counter is not done."""
        return self.exclude(state__in=OVER)

    def paper_at_hand(self) -> Self:
        """Rows whose papers are still at the counter."""
        return self.filter(handover=None, paper_arrived_on=None).exclude(papers=[])

    def taken_on(self, actor: Actor, day: date) -> Self:
        """Rows with which this commune's counter took money on a day, in the order in which they came."""
        begins = datetime.combine(day, time(), LOCAL)
        taken = self.filter(commune_id=actor.home_id, taken_vnd__gt=0)
        of_day = taken.filter(received_at__gte=begins, received_at__lt=begins + timedelta(days=1))
        return of_day.select_related("competent", "received_by").order_by("received_at", "pk")

    def for_list(self) -> Self:
        """What a line and the page of a row show, nearest promise first, with a unique tail."""
        joined = self.select_related("competent", "handover", "received_by", "reception_point")
        return joined.order_by("due_at", "case_code")

    def page(self, *, after: PageKey | None, size: int) -> ForeignPage:
        """One page by keyset; never an OFFSET."""
        later = self.filter(beyond(("due_at", "case_code"), (after.value, after.code))) if after else self
        rows = list(later[: size + 1])
        last = rows[size - 1] if len(rows) > size else None
        return ForeignPage(rows[:size], PageKey(last.due_at, last.case_code) if last else None)


class HandoverQuerySet(QuerySet["PaperHandover"]):
    """Lists of papers sent to other communes."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The lists of the membership's commune, for those who receive cases."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.REGISTER_CASE):
            return self.none()
        return self.filter(commune_id=actor.commune_id)

    def newest(self) -> Self:
        """The last ten lists."""
        return self.select_related("competent", "agency").order_by("-year", "-serial")[:10]
