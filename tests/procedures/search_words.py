"""What the search tests look through: the words of the whole real catalogue, and the lists of queries."""

import csv
import json
from functools import cache
from pathlib import Path

import procedures
from procedures.search import Entry, SearchIndex

PROJECT_DATA = Path(procedures.__file__).parent / "data"
TEST_DATA = Path(__file__).parent / "data"


@cache
def catalogue():
    """Every entry of the data files, also those that are not listed: they are distractors too."""
    found = []
    for path in sorted((PROJECT_DATA / "catalogue").glob("*.json")):
        sector = json.loads(path.read_text(encoding="utf-8"))
        fields = {field["code"]: field["name"] for field in sector["fields"]}
        for record in sector["procedures"]:
            keywords = (word.strip() for word in record.get("keywords", "").split(";"))
            found.append(
                Entry(
                    record["code"],
                    record["name"],
                    fields[record["field"]],
                    tuple(word for word in keywords if word),
                )
            )
    return tuple(found)


@cache
def synonyms():
    return json.loads((PROJECT_DATA / "synonyms.json").read_text(encoding="utf-8"))


@cache
def index():
    return SearchIndex(catalogue(), synonyms())


def queries(name):
    """The lines of a list: what was typed, and the codes of which one must be found."""
    with (TEST_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [(row["query"], frozenset(row["expected_any_of"].split("|"))) for row in rows]


def missed(asked, among=None):
    """Of (query, expected codes), the queries without an expected code among the first three."""
    search = (among or index()).search
    return [
        query for query, expected in asked if expected.isdisjoint(hit.code for hit in search(query, limit=3))
    ]
