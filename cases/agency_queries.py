"""Narrowing cases by who decides: the commune itself, or an agency outside it."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from cases.choices import RUNNING, CaseKind, State
from cases.narrowing import Narrowing
from cases.queues import PageKey
from staff.keysets import beyond

if TYPE_CHECKING:
    from cases.models import Case


class AgencyCases(Narrowing["Case"]):
    """Adjectives of cases that know of agencies."""

    def counted_in_form_07a(self) -> Self:
        """Cases of which the commune reports: its own, and no correction of a result it gave.

        What an agency outside the commune decides is reported by that agency.

        Legal source: Thông tư 09/2026/TT-BTP, biểu 07a.
        """
        return self.filter(kind=CaseKind.ORDINARY, competent_agency=None)

    def at_agencies(self) -> Self:
        """Cases that an agency outside the commune decides, nearest promise first, with a unique tail."""
        sent = self.filter(competent_agency__isnull=False)
        joined = sent.select_related("competent_agency", "procedure", "sending__handover")
        return joined.order_by("due_at", "code")

    def unreturned(self) -> Self:
        """Cases with which the counter is not done."""
        return self.filter(state__in=[*RUNNING, State.RESOLVED])

    def page_by_due(self, *, after: PageKey | None, size: int) -> tuple[list["Case"], PageKey | None]:
        """One page forward by promise and code, and the key of the next one; never an OFFSET."""
        key = beyond(("due_at", "code"), (after.value, after.code)) if after else Q()
        rows = list(self.filter(key)[: size + 1])
        last = rows[size - 1] if len(rows) > size else None
        return rows[:size], PageKey(last.due_at, last.code) if last else None
