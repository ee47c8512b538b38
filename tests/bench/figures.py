"""The arithmetic of a measurement. Pure."""

import math
from dataclasses import asdict, dataclass, fields
from statistics import median


@dataclass(frozen=True)
class Round:
    """One operation in one folder by some clients for some seconds; all but the first three are per request.

    Times are milliseconds of wall clock (p50, p95) or processor (web, database, client); buffers are
    PostgreSQL's shared pages of 8 kB, hit or read, planning included; bytes are whole answers with heads.
    """

    requests: int
    seconds: float
    per_second: float
    p50: float
    p95: float
    sql: float
    buffers: float
    web: float
    database: float
    client: float
    bytes: float

    @property
    def cpu(self):
        """Milliseconds of processor that the office spends on a request."""
        return self.web + self.database


@dataclass(frozen=True)
class Spread:
    """The median of several rounds between the smallest and the largest."""

    median: float
    least: float
    most: float


NAMES = (*(field.name for field in fields(Round)), "cpu")


def percentile(values, share):
    """The smallest value that at least this share of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def round_of(waits, seconds, spent):
    """A round from the wall times of its requests, in seconds, and from what was spent altogether.

    Args:
        spent: sums under the names sql, buffers, bytes, and web, database, client in seconds of processor.
    """
    count = len(waits)
    shares = {name: spent[name] / count for name in ("sql", "buffers", "bytes")}
    shares |= {name: spent[name] * 1000 / count for name in ("web", "database", "client")}
    return Round(
        requests=count,
        seconds=seconds,
        per_second=count / seconds,
        p50=percentile(waits, 0.5) * 1000,
        p95=percentile(waits, 0.95) * 1000,
        **shares,
    )


def summary(rounds):
    """Each figure of some rounds as a spread, by name."""
    found = {}
    for name in NAMES:
        values = [getattr(each, name) for each in rounds]
        found[name] = Spread(median(values), min(values), max(values))
    return found


def as_json(summed):
    """A summary with as many digits as mean something."""
    return {
        name: {key: float(f"{value:.4g}") for key, value in asdict(spread).items()}
        for name, spread in summed.items()
    }


def ratio(part, whole):
    """How many times the whole goes into the part; nothing divides by nothing."""
    return part / whole if whole else math.inf if part else 1.0
