"""Hits of the search as sentences: how long, how much, where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from procedures.models import ProcedureVersion
from procedures.offers import Way, ways
from procedures.quotes import exemption_terms
from procedures.search import Hit
from staff.clock import localdate
from staff.queries import current_calendar


@dataclass(frozen=True)
class ShownHit:
    """One hit: the version, the cheapest way, the dearest way, and the words that matched."""

    version: ProcedureVersion
    matched: str
    ways: Sequence[Way]


def shown_hits(found: Sequence[Hit], *, at: datetime) -> list[ShownHit]:
    """The versions of the hits in their order, with what they cost and how long they take."""
    if not found:
        return []
    versions = ProcedureVersion.objects.in_force(localdate(at)).listed().for_detail()
    by_code = {
        version.procedure.code: version
        for version in versions.filter(procedure__code__in=[hit.code for hit in found])
    }
    calendar, exemptions = current_calendar(), exemption_terms(localdate(at))
    return [
        ShownHit(
            version,
            hit.matched,
            ways(version, situation=None, at=at, calendar=calendar, exemptions=exemptions),
        )
        for hit in found
        if (version := by_code.get(hit.code))
    ]
