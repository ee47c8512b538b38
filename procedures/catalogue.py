"""The search index of the catalogue, kept in the memory of each process.

Every look asks the database for the number of the catalogue's last change, one row by its key; the index is
built again only when that number has grown, or the local date is another one.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from procedures.catalogue_files import DATA
from procedures.models import CatalogueRevision, ProcedureVersion
from procedures.search import Entry, Hit, SearchIndex

DEFAULT_HITS = 10


@dataclass(frozen=True)
class _Built:
    entries: tuple[Entry, ...]
    index: SearchIndex


def search(query: str, *, day: date, limit: int = DEFAULT_HITS) -> list[Hit]:
    """Listed procedures in force on the day that answer the query, best first."""
    return _current(day).index.search(query, limit=limit)


def entries(day: date) -> tuple[Entry, ...]:
    """What can be found on the day, in the order of the posting board."""
    return _current(day).entries


def forget() -> None:
    """Build the index again at the next look, for a database that went back to an earlier revision."""
    _build.cache_clear()


def _current(day: date) -> _Built:
    return _build(CatalogueRevision.objects.current_number(), day)


@lru_cache(maxsize=4)
def _build(revision: int, day: date) -> _Built:
    """The index of one revision and day; the revision is the reason to build again."""
    versions = ProcedureVersion.objects.in_force(day).listed().for_list()
    found = tuple(
        Entry(
            code=version.procedure.code,
            name=version.name,
            field=version.procedure.field.name,
            keywords=tuple(word.strip() for word in version.procedure.keywords.split(";") if word.strip()),
        )
        for version in versions
    )
    return _Built(found, SearchIndex(found, _synonyms()))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, list[str]]:
    """What people say, and the terms or codes that they mean."""
    words: dict[str, list[str]] = json.loads((DATA / "synonyms.json").read_text(encoding="utf-8"))
    return words
