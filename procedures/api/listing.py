"""The page of the catalogue that an address asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from procedures import catalogue
from procedures.api.pages import page_of
from procedures.models import ProcedureVersion

MOST_FOUND: Final = 100


@dataclass(frozen=True)
class Listing:
    """The versions of one page in the order of the list, with the queries of its neighbours."""

    results: Sequence[ProcedureVersion]
    next: str | None
    previous: str | None


def listing_of(asked: Mapping[str, Any], *, path: str, day: date) -> Listing:
    """Procedures on the posting board: best first for words, else all by code.

    Raises:
        ProcedureError: ``page_key_unknown``.
    """
    page = page_of(
        _codes(asked["q"], day), size=int(asked["size"]), after=asked["after"], before=asked["before"]
    )
    versions = ProcedureVersion.objects.in_force(day).for_list().filter(procedure__code__in=page.keys)
    by_code = {version.procedure.code: version for version in versions}
    return Listing(
        results=[by_code[code] for code in page.keys if code in by_code],
        next=_link(path, asked, after=page.next_key),
        previous=_link(path, asked, before=page.previous_key),
    )


def _codes(words: str, day: date) -> Sequence[str]:
    if words:
        return [hit.code for hit in catalogue.search(words, day=day, limit=MOST_FOUND)]
    return sorted(entry.code for entry in catalogue.entries(day))


def _link(path: str, asked: Mapping[str, Any], **key: str | None) -> str | None:
    """The same question, one page on; None where there is none."""
    if None in key.values():
        return None
    kept = {name: asked[name] for name in ("q", "size") if asked[name]}
    return f"{path}?{urlencode(kept | key)}"
