"""How many cases fall to which commune and on which day, and which of them still run. Pure."""

import random
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any, Final

from cases.generator.batches import Arrival
from cases.generator.working_time import OpenDay

RUNNING_SHARE: Final = 0.03
PATIENCE_DAYS: Final = 9
"""Mean age in working days of the cases that still run."""
WEEKDAYS: Final = (1.25, 1.05, 1.0, 0.95, 0.9, 0.6, 0.6)
MONTHS: Final = (0.9, 0.75, 1.1, 1.05, 1.05, 1.1, 1.15, 1.2, 1.05, 1.0, 1.0, 0.95)


@dataclass(frozen=True)
class Wish:
    """What is to be generated; the same wish into an empty database is the same cases."""

    count: int
    seed: int
    until: date
    share: float

    def as_json(self) -> dict[str, Any]:
        """The wish as it is remembered."""
        return {
            "count": self.count,
            "seed": self.seed,
            "until": self.until.isoformat(),
            "commune_share": self.share,
        }


def shared_out(wish: Wish, communes: Sequence[str], *, biggest: str) -> dict[str, int]:
    """Cases per commune by its number: the biggest has its share, the others differ as communes do."""
    chance = random.Random(f"{wish.seed}/communes")  # noqa: S311 (invented cases)
    first = round(wish.count * wish.share) if len(communes) > 1 else wish.count
    others = [gso for gso in communes if gso != biggest]
    weights = [chance.lognormvariate(0, 0.45) for _ in others]
    edges = [0, *accumulate(weights)]
    rest, whole = wish.count - first, edges[-1] or 1
    marks = [round(rest * edge / whole) for edge in edges]
    counts = {gso: marks[n + 1] - marks[n] for n, gso in enumerate(others)}
    return {biggest: first} | dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def arrivals(chance: random.Random, days: Sequence[OpenDay], count: int) -> list[Arrival]:
    """Who comes when, in order; what still runs came mostly lately."""
    edges = list(accumulate(WEEKDAYS[d.day.weekday()] * MONTHS[d.day.month - 1] for d in days))
    drawn = []
    for _ in range(count):
        number = bisect_right(edges, chance.random() * edges[-1])
        day = days[min(number, len(days) - 1)]
        # A case of the last minute of the last day would have no minute left to be finished in.
        drawn.append((min(number, len(days) - 1), day.first + int(chance.random() * max(day.minutes - 1, 1))))
    drawn.sort()
    running = _running(chance, [number for number, _minute in drawn])
    return [Arrival(days[number], minute, n in running) for n, (number, minute) in enumerate(drawn)]


def _running(chance: random.Random, numbers: Sequence[int]) -> frozenset[int]:
    """Which of them still run: the newest, but for some that drag on."""
    wanted = len(numbers) * RUNNING_SHARE
    exact = int(wanted) + (chance.random() < wanted % 1)
    weighed = [(number - chance.expovariate(1 / PATIENCE_DAYS), n) for n, number in enumerate(numbers)]
    return frozenset(n for _weight, n in sorted(weighed, reverse=True)[:exact])
