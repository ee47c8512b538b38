"""One run from the wish to the last row: prepare, measure a bare COPY, load commune by commune, remember."""

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from cases.generator.batches import Arrival, Desk
from cases.generator.counters import Counter, counters, staff_communes
from cases.generator.load import BATCH, Written, bare_speed, write_commune
from cases.generator.offers import Catalogue
from cases.generator.plans import Wish, arrivals, shared_out
from cases.generator.promises import Promises
from staff.demo import HAC_THANH
from staff.models import Commune
from staff.queries import current_calendar

REMEMBERED: Final = "generated.json"
A_YEAR: Final = timedelta(days=364)
AHEAD: Final = timedelta(days=200)
BIGGEST: Final = HAC_THANH


@dataclass(frozen=True)
class Outcome:
    """What a run wrote, how fast, and how fast COPY alone wrote the same rows in the same run."""

    cases: int
    rows: int
    officers: int
    seconds: float
    rows_per_second: float
    bare_rows_per_second: float

    @property
    def ratio(self) -> float:
        """The speed of the load as a share of the bare COPY's."""
        return self.rows_per_second / self.bare_rows_per_second if self.bare_rows_per_second else 0


class Run:
    """Everything that the processes of one run share."""

    def __init__(self, wish: Wish, communes: Sequence[Commune]) -> None:
        self.wish = wish
        calendar = current_calendar()
        first = wish.until - A_YEAR
        last = min(wish.until + AHEAD, date(max(calendar.years), 12, 31))
        self.officers = staff_communes(communes, first=first, until=wish.until, seed=wish.seed)
        ready = counters(communes, calendar, first=first, until=wish.until, last=last)
        self._counters = {counter.commune.gso_code: counter for counter in ready}
        self._catalogue, self._promises = Catalogue(calendar), Promises(calendar)
        self.shares = shared_out(wish, list(self._counters), biggest=BIGGEST)

    def write(self, gso: str) -> Written:
        """Write the share of one commune."""
        return write_commune(self._desk(gso), *self._people(gso))

    def measure(self) -> float:
        """The speed of a bare COPY of the first cases of the biggest commune."""
        chance, people = self._people(BIGGEST)
        return bare_speed(self._desk(BIGGEST), chance, people[:BATCH]) if people else 0

    def _people(self, gso: str) -> tuple[random.Random, list[Arrival]]:
        chance = random.Random(f"{self.wish.seed}/{gso}")  # noqa: S311 (invented cases)
        counter = self._counters[gso]
        days = [day for day in counter.time.days if day.day <= self.wish.until]
        return chance, arrivals(chance, days, self.shares[gso])

    def _desk(self, gso: str) -> Desk:
        counter: Counter = self._counters[gso]
        over = [day for day in counter.time.days if day.day <= self.wish.until][-1]
        return Desk(
            counter=counter,
            catalogue=self._catalogue,
            promises=self._promises,
            seed=self.wish.seed,
            horizon=over.first + over.minutes - 1,
        )


def generate(
    wish: Wish, *, workers: int, say: Callable[[str], Any], communes: Sequence[Commune] | None = None
) -> Outcome:
    """Write what is wished for; several workers share the communes out among them.

    Args:
        communes: those that receive cases, the biggest among them; None means every commune.
    """
    run = Run(wish, list(Commune.objects.order_by("gso_code")) if communes is None else communes)
    say(f"{run.officers} officers added; measuring a bare COPY")
    bare = run.measure()
    say(f"bare COPY: {bare:,.0f} rows/s; loading {wish.count:,} cases with {workers} workers")
    began = time.perf_counter()
    chosen = [gso for gso, count in run.shares.items() if count]
    done = _together(run, chosen, workers) if workers > 1 else [run.write(gso) for gso in chosen]
    seconds = time.perf_counter() - began
    rows = sum(written.rows for written in done)
    return Outcome(
        cases=sum(written.cases for written in done),
        rows=rows,
        officers=run.officers,
        seconds=round(seconds, 2),
        rows_per_second=round(rows / seconds, 1),
        bare_rows_per_second=round(bare, 1),
    )


_runs: list[Run] = []


def _together(run: Run, communes: Sequence[str], workers: int) -> list[Written]:
    """Communes side by side in processes that inherit everything prepared; no connection crosses over."""
    _let_go()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_runs.append, initargs=(run,)) as pool:
        return list(pool.map(_write, communes))


def _let_go() -> None:
    """Close every connection, and the pools too: their threads would not live on in another process."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()


def _write(gso: str) -> Written:
    return _runs[0].write(gso)


def remember(folder: Path, wish: Wish, outcome: Outcome) -> None:
    """Keep what was asked for and what came of it, so that the same cases can be made again."""
    path = folder / REMEMBERED
    kept = remembered(folder)
    ratio = round(outcome.ratio, 3)
    kept.append(wish.as_json() | asdict(outcome) | {"ratio": ratio})
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def remembered(folder: Path) -> list[dict[str, Any]]:
    """Every run into this folder's data, in order."""
    path = folder / REMEMBERED
    loaded: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return loaded
