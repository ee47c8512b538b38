"""The command: starts the offices, measures, ends them, writes the report."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from config.services.errors import ServiceError
from config.services.folder import ROOT
from tests.bench import figures, report, rounds
from tests.bench.client import AnswerError
from tests.bench.offices import opened
from tests.bench.operations import BY_NAME, OPERATIONS, crew_of
from tests.bench.samples import drawn


def parsed():
    """The words of the command."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench")
    parser.add_argument(
        "--folder", type=Path, action="append", required=True, help="a data folder with cases"
    )
    parser.add_argument("--clients", default="1,8", help="how many at once (default: 1,8)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count (default: 5)")
    parser.add_argument("--seconds", type=float, default=4, help="of each round (default: 4)")
    parser.add_argument("--operations", default="", help="only these, by name, separated by commas")
    parser.add_argument("--seed", default="1", help="draws what is asked for (default: 1)")
    parser.add_argument("--report", type=Path, help="Markdown to write; the figures go beside it as JSON")
    return parser.parse_args()


def ask_to_stop(*_):
    """Whoever ends the command ends the offices too."""
    raise KeyboardInterrupt


def main():
    """Start every office, measure, end them, write the report; 0 when everything was measured."""
    words = parsed()
    os.umask(0o077)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    try:
        measure(words)
    except KeyboardInterrupt:
        print("Stopped before the end; no report was written.", file=sys.stderr)
        return 130
    except (AnswerError, ServiceError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def measure(words):
    """The measurement."""
    chosen = [BY_NAME[name] for name in words.operations.split(",")] if words.operations else OPERATIONS
    clients = sorted({int(many) for many in words.clients.split(",")})
    samples, askings = {}, []
    with ExitStack() as ends:
        offices = [ends.enter_context(opened(folder, say)) for folder in words.folder]
        for office in sorted(offices, key=lambda each: each.cases):
            with office.connect() as connection:
                sample = drawn(connection, words.seed)
            samples[office.name] = {
                "cases": office.cases,
                "commune_cases": sample.cases,
                "running": sample.running,
                "deep_row": sample.deep_row,
            }
            askings.append(rounds.Asking(crew_of(office, sample, words.seed, max(clients))))
        found = rounds.interleaved(
            askings, chosen, clients=clients, rounds=words.rounds, seconds=words.seconds, say=say
        )
        server = askings[0].crew.office.services.postgres.connect()
        facts = [*machine(), ("PostgreSQL", server.execute("SHOW server_version").fetchone()[0])]
    summaries = {key: figures.summary(each) for key, each in found.items()}
    if words.report:
        write(words, facts, samples, summaries)


def say(line):
    """Tell whoever waits how far it is."""
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", flush=True)  # noqa: TID251 - the machine's own clock


def machine():
    """What was measured, on what, when."""
    commit = subprocess.run(
        ["git", "-C", ROOT, "log", "-1", "--format=%h %s"], capture_output=True, text=True, check=True
    ).stdout.strip()
    with Path("/proc/cpuinfo").open() as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        ("date", f"{datetime.now(UTC):%d/%m/%Y %H:%M} UTC"),  # noqa: TID251 - the machine's own clock
        ("commit", commit),
        ("machine", f"{len(names)} × {names[0] if names else platform.machine()}, {memory:.0f} GiB"),
        ("load before the report", " ".join(f"{each:.1f}" for each in os.getloadavg())),
        (
            "Python, Django, gunicorn",
            f"{platform.python_version()} of {sys.base_prefix}, {version('django')}, {version('gunicorn')}",
        ),
    ]


def write(words, facts, samples, summaries):
    """The report, and the figures beside it."""
    figures_file = words.report.with_suffix(".json")
    kept = {
        "facts": dict(facts),
        "rounds": words.rounds,
        "seconds": words.seconds,
        "folders": samples,
        "figures": {
            f"{folder} {name} {many}": figures.as_json(each)
            for (folder, name, many), each in summaries.items()
        },
    }
    figures_file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = report.markdown(
        facts,
        samples,
        summaries,
        rounds=words.rounds,
        seconds=words.seconds,
        command="python3 -m tests.bench "
        + " ".join([*(f"--folder {folder.name}" for folder in words.folder), f"--seconds {words.seconds:g}"]),
        json=figures_file.name,
    )
    words.report.write_text(text, encoding="utf-8")
