"""What the requests ask for, drawn by seed from the data of a folder before anything is measured."""

import csv
import random
from dataclasses import dataclass
from datetime import timedelta

from config.services.folder import ROOT

BIG = "14797"  # phường Hạc Thành, which holds 12 % of all generated cases
CLIENTS_AT_MOST = 16
MOVED_EACH = 8
"""Cases a client moves to and fro, as many as a commune of the smallest folder has for eight clients."""
CODES = 3000
NAMES = 600
BEARERS = (range(2, 4), range(8, 15), range(21, 10**9))
"""In how many cases somebody of a name is: a few, half a page, more than a page."""
DEEP_PAGE, SMALL = 200, 20
EVERYDAY = ROOT / "tests" / "procedures" / "data" / "everyday-queries.csv"
OPEN = (
    "('submitted', 'registered', 'not_accepted', 'in_progress', 'awaiting_approval', 'awaiting_completion',"
    " 'awaiting_supplement', 'awaiting_payment')"
)


@dataclass
class Sample:
    """Everything that was drawn from one folder.

    ``deep_row`` is the rank of the row before the deep page; ``movable`` are the cases with the fewest steps,
    which no run before this one has given a longer history than a case ever has.
    """

    commune: int
    cases: int
    running: int
    codes: list[str]
    tokens: list[str]
    names: list[str]
    numbers: list[str]
    fields: list[str]
    deep_keys: list[str]
    deep_row: int
    movable: list[tuple[str, int]]
    words: list[str]


def drawn(connection, seed):
    """A sample of the big commune; the same seed draws the same from the same data.

    The words of the catalogue are the same in every folder: they decide how many statements a search takes.
    """
    chance = random.Random(f"{seed}/sample")
    commune = one(connection, "SELECT id FROM staff_commune WHERE gso_code = %s", [BIG])
    found = cases_of(connection, commune, chance)
    running = one(
        connection, f"SELECT count(*) FROM cases_case WHERE commune_id = %s AND state IN {OPEN}", [commune]
    )
    deep_row, keys = deep_keys(connection, commune, running)
    movable = connection.execute(
        "SELECT code, version FROM cases_case WHERE commune_id = %s AND state = 'in_progress'"
        " ORDER BY version, code LIMIT %s",
        [commune, CLIENTS_AT_MOST * MOVED_EACH],
    )
    with EVERYDAY.open(encoding="utf-8") as file:
        words = [row["query"] for row in csv.DictReader(file) if row["expected_any_of"]]
    phones = connection.execute(
        "SELECT phone FROM cases_caseparty WHERE case_id = ANY(%s) AND phone <> '' ORDER BY id",
        [[row[0] for row in found[:NAMES]]],
    )
    return Sample(
        commune=commune,
        cases=one(connection, "SELECT sum(last) FROM cases_registercounter WHERE commune_id = %s", [commune]),
        running=running,
        codes=[row[1] for row in found],
        tokens=[row[2] for row in found],
        names=names_of(connection, found)[:NAMES],
        numbers=mixed([row[1][-9:] for row in found[:NAMES]], [f"0{phone[3:]}" for (phone,) in phones]),
        fields=full_fields(connection, commune),
        deep_keys=keys,
        deep_row=deep_row,
        movable=shuffled(movable.fetchall(), chance),
        words=shuffled(words, random.Random(f"{seed}/words")),
    )


def full_fields(connection, commune):
    """The three fields with the most cases in progress, as far as these fill a page; one in any case."""
    rows = connection.execute(
        "SELECT field_code, count(*) FROM cases_case WHERE commune_id = %s AND state = 'in_progress'"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3",
        [commune],
    )
    [first, *others] = rows.fetchall()
    return [first[0], *(code for code, cases in others if cases > SMALL)]


def one(connection, statement, values):
    """The only value of the only row."""
    return connection.execute(statement, values).fetchone()[0]


def cases_of(connection, commune, chance):
    """Cases from any day of the commune's year: key, code, token, name of the principal."""
    first, last = connection.execute(
        "SELECT min(received_on), max(received_on) FROM cases_case WHERE commune_id = %s", [commune]
    ).fetchone()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = []
    for day in days:
        rows = connection.execute(
            "SELECT id, code, tracking_token, principal_name FROM cases_case"
            " WHERE commune_id = %s AND received_on = %s ORDER BY code",
            [commune, day],
        ).fetchall()
        found += chance.sample(rows, min(len(rows), CODES // len(days) + 2))
    return shuffled(found, chance)


def names_of(connection, found):
    """Names of principals, in turn of those that few, many and very many cases know, as far as there are any.

    In a bigger folder more people share a name; drawn as they come, its answers would be three times as long.
    """
    rows = connection.execute(
        "SELECT id, (SELECT count(DISTINCT p.case_id) FROM cases_caseparty p"
        " WHERE p.commune_id = k.commune_id AND p.name_fold = k.principal_fold)"
        " FROM cases_case k WHERE id = ANY(%s)",
        [[row[0] for row in found]],
    )
    bearers = dict(rows.fetchall())
    classes = [[name for key, _code, _token, name in found if bearers[key] in borne] for borne in BEARERS]
    return mixed(*filter(None, classes))


def deep_keys(connection, commune, running):
    """The keys of pages 200 and around of all that is open, by due date; where there are fewer, the last."""
    rank = min((DEEP_PAGE - 1) * SMALL, running - SMALL - 1)
    rows = connection.execute(
        f"SELECT due_at AT TIME ZONE 'UTC', code FROM cases_case WHERE commune_id = %s AND state IN {OPEN}"
        " ORDER BY due_at, code OFFSET %s LIMIT %s",
        [commune, max(0, rank - SMALL), SMALL],
    )
    return rank, [f"{due.isoformat()}+00:00,{code}" for due, code in rows]


def shuffled(values, chance):
    """The same in a drawn order."""
    return chance.sample(values, len(values))


def mixed(*lists):
    """One of each in turn."""
    return [value for row in zip(*lists, strict=False) for value in row]
