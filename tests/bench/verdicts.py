"""The budgets of the issue, held against the figures. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from tests.bench.figures import ratio
from tests.bench.operations import BARE_ROWS, OPERATIONS

BUFFERS_AT_MOST, CPU_AT_MOST = 1.2, 1.3
SAME_SQL = 0.25
"""Statements a request may differ by: the words of a search decide one of its statements."""
QUEUE_AT_LEAST, CATALOGUE_AT_MOST = 0.5, 3.0
CROWD = 8
MILLION = 1_000_000


@dataclass(frozen=True)
class Verdict:
    """One budget: whose, what was found, what is allowed, and whether it holds."""

    subject: str
    found: str
    budget: str
    holds: bool


@dataclass(frozen=True)
class Growth:
    """How an operation of one client grows from one folder to the next: statements, and two ratios."""

    operation: str
    smaller: str
    bigger: str
    sql: tuple[float, float]
    buffers: float
    cpu: float

    @property
    def holds(self):
        """Whether it costs the same in the bigger folder."""
        is_same = abs(self.sql[1] - self.sql[0]) <= SAME_SQL
        return is_same and self.buffers <= BUFFERS_AT_MOST and self.cpu <= CPU_AT_MOST


def growths(summaries, folders, clients):
    """Every operation of the office from each folder to the next bigger one.

    Args:
        summaries: spreads by name, by folder, operation and number of clients.
        folders: names from the smallest to the biggest.
    """
    found = []
    for smaller, bigger in pairwise(folders):
        for operation in OPERATIONS:
            one = summaries.get((smaller, operation.name, clients))
            two = summaries.get((bigger, operation.name, clients))
            if operation.is_bare or not one or not two:
                continue
            found.append(
                Growth(
                    operation.name,
                    smaller,
                    bigger,
                    (one["sql"].median, two["sql"].median),
                    ratio(two["buffers"].median, one["buffers"].median),
                    ratio(two["cpu"].median, one["cpu"].median),
                )
            )
    return found


def folder_of_a_million(sizes):
    """The folder in which the budgets of one size are judged: the one nearest to a million cases."""
    return min(sizes, key=lambda name: abs(sizes[name] - MILLION))


def budgets(summaries, folder):
    """Statements of each operation, and the queue and the catalogue beside the bare pages."""
    return [*_statements(summaries, folder), *_beside_bare(summaries, folder)]


def _statements(summaries, folder):
    for operation in OPERATIONS:
        there = [each for key, each in summaries.items() if key[:2] == (folder, operation.name)]
        if operation.most_sql and there:
            asked = max(round(each["sql"].median) for each in there)
            yield Verdict(
                f"SQL: {operation.words}",
                str(asked),
                f"≤ {operation.most_sql}",
                asked <= operation.most_sql,
            )


def _beside_bare(summaries, folder):
    speed = {
        key[1]: each["per_second"].median for key, each in summaries.items() if key[::2] == (folder, CROWD)
    }
    if {"queue50", BARE_ROWS} <= speed.keys():
        share = ratio(speed["queue50"], speed[BARE_ROWS])
        yield Verdict(
            f"queue of 50 rows beside the bare page of 50 rows, {CROWD} clients",
            f"{share:.0%}",
            f"≥ {QUEUE_AT_LEAST:.0%}",
            share >= QUEUE_AT_LEAST,
        )
    if {"catalogue", BARE_ROWS} <= speed.keys():
        times = ratio(speed[BARE_ROWS], speed["catalogue"])
        yield Verdict(
            f"catalogue search beside the bare page of 50 rows, {CROWD} clients",
            f"{times:.1f} ×",
            f"≤ {CATALOGUE_AT_MOST:.0f} ×",
            times <= CATALOGUE_AT_MOST,
        )


def beside_peers(summaries, folder):
    """For orientation: operation, requests a second, those of the best peer, the ratio, and the wish."""
    for operation in OPERATIONS:
        summed = summaries.get((folder, operation.name, CROWD))
        if operation.peers and summed:
            speed = summed["per_second"].median
            yield operation, speed, ratio(speed, operation.peers)
