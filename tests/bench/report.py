"""The report of a measurement in Markdown."""

from tests.bench.operations import OPERATIONS
from tests.bench.verdicts import (
    BUFFERS_AT_MOST,
    CPU_AT_MOST,
    CROWD,
    beside_peers,
    budgets,
    folder_of_a_million,
    growths,
)

HEAD = """# Benchmark

Written by `{command}`; do not edit. The figures with all rounds' spreads are in `{json}`.

| | |
|---|---|
{facts}

How it is measured, and what was rejected: `docs/decisions/0015-how-we-measure.md`. In short: the real pages
over HTTP with real sessions and keys, a connection for each request; PostgreSQL, Valkey and gunicorn as `up`
starts them (DEBUG off), no worker and no clockwork beside them; everybody works in phường Hạc Thành, the
biggest commune; {rounds} rounds of {seconds:g} s, interleaved over operations, clients and folders after one
discarded round; medians, in brackets the smallest and the largest round. Each folder was vacuumed and
analysed before. The clients run on the same machine as the office and share its processors; their own time
has its column.

"""
REMARKS = """## What the figures do not say

- Sign-in is Argon2 (19 MiB, twice) and little else: it is slow because guessing passwords must be.
- Without a worker the messages of intake and move stay in the outbox; their delivery costs more.
- All clients are the same clerk of one commune, each with a session of its own: they contend for the numbers
  of one day, which clerks of different communes would not.
- Where fewer cases are open than 200 pages hold, the last page is asked for (see the table of folders).
- Statements and pages are the database's own count (`pg_stat_statements`, planning and foreign-key checks
  among the pages).
- One key of the interface may ask 600 times a minute; here it is not held back.
- The bare page is that of fifty rows; the one without a query shows what web server and Django cost alone.
"""


def markdown(facts, samples, summaries, *, rounds, seconds, command, json):
    """The whole report.

    Args:
        facts: rows of the first table. samples: size and ranks by folder, from the smallest to the biggest.
    """
    folders = list(samples)
    told = folder_of_a_million({name: sample["cases"] for name, sample in samples.items()})
    clients = sorted({key[2] for key in summaries})
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts)
    head = HEAD.format(command=command, json=json, rounds=rounds, seconds=seconds, facts=rows)
    parts = [head, _folders(samples), _budgets(summaries, told)]
    parts += [_growths(summaries, folders, many) for many in clients]
    parts.append(_peers(summaries, told))
    parts += [_figures(summaries, name, many) for many in clients for name in folders]
    return "\n".join([*parts, REMARKS])


def table(heads, rows):
    """A table; the first column is words, the others are figures."""
    rule = "|---|" + "---:|" * (len(heads) - 1)
    return "\n".join([_line(heads), rule, *map(_line, rows), ""])


def _line(cells):
    return f"| {' | '.join(map(str, cells))} |"


def _yes(holds):
    return "yes" if holds else "**no**"


def _folders(samples):
    rows = [
        (
            name,
            f"{each['cases']:,}",
            f"{each['commune_cases']:,}",
            f"{each['running']:,}",
            f"{each['deep_row']:,}",
        )
        for name, each in samples.items()
    ]
    heads = ("folder", "cases", "in Hạc Thành", "open there", "rows before the deep page")
    return "## Folders\n\n" + table(heads, rows)


def _budgets(summaries, folder):
    rows = [(each.subject, each.found, each.budget, _yes(each.holds)) for each in budgets(summaries, folder)]
    return f"## Budgets, in {folder}\n\n" + table(("budget", "found", "allowed", "holds"), rows)


def _growths(summaries, folders, clients):
    rows = [
        (
            each.operation,
            f"{each.smaller} → {each.bigger}",
            f"{each.sql[0]:.1f} → {each.sql[1]:.1f}",
            f"{each.buffers:.2f}",
            f"{each.cpu:.2f}",
            _yes(each.holds),
        )
        for each in growths(summaries, folders, clients)
    ]
    allowed = f"buffers × (≤ {BUFFERS_AT_MOST})", f"CPU × (≤ {CPU_AT_MOST})"
    heads = ("operation", "from → to", "SQL", *allowed, "holds")
    return f"## From size to size, {_clients(clients)}\n\n" + table(heads, rows)


def _peers(summaries, folder):
    rows = [
        (
            operation.words,
            f"{speed:.0f}",
            f"{operation.peers:g}",
            f"{times:.1f}",
            f"{operation.ahead}",
            _yes(times >= operation.ahead),
        )
        for operation, speed, times in beside_peers(summaries, folder)
    ]
    heads = ("operation", "requests/s", "best of three peers", "ratio", "wished", "reached")
    words = (
        f"## For orientation: peers, in {folder} at {CROWD} clients\n\n"
        "The peers were measured on other days on two processors, and answer other questions"
        " (their case is JSON only, ours is shown as a page and as JSON): a direction, no comparison."
    )
    return f"{words}\n\n{table(heads, rows)}"


def _figures(summaries, folder, clients):
    rows = []
    for operation in OPERATIONS:
        summed = summaries.get((folder, operation.name, clients))
        if summed:
            rows.append((operation.name, *(_cell(name, summed[name]) for name in SHOWN)))
    return f"## {folder}, {_clients(clients)}\n\n" + table(("operation", *SHOWN.values()), rows)


SHOWN = {
    "per_second": "requests/s", "p50": "p50 ms", "p95": "p95 ms", "sql": "SQL", "buffers": "buffers",
    "web": "web CPU ms", "database": "database CPU ms", "client": "client CPU ms", "bytes": "bytes",
}  # fmt: skip
BARE_SPREAD = {"sql", "bytes", "client"}


def _cell(name, spread):
    if name in BARE_SPREAD:
        return f"{spread.median:,.0f}" if name == "bytes" else f"{spread.median:.2f}"
    digits = 0 if max(spread.most, 1) >= 100 else 1
    return f"{spread.median:,.{digits}f} ({spread.least:,.{digits}f}–{spread.most:,.{digits}f})"


def _clients(count):
    return "1 client" if count == 1 else f"{count} clients"
