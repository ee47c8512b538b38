"""The long run over the fault list: ``python3 -m tests.faults.endurance --writes 30000``.

It makes an office of its own on a small disk of its own, strikes every fault as often as it takes, ends by
itself, and leaves a report as JSON and Markdown. The exit code says whether everything held.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from config.runner.options import machine_now
from config.services import processes
from config.services.folder import ROOT
from tests.faults.audit import audit
from tests.faults.faults import FAULTS, MORNING
from tests.faults.place import open_office
from tests.faults.run import Run


def main(words):
    """Run, report, and say how it went."""
    asked = parse(words)
    started = time.monotonic()
    with open_office(asked.port or processes.free_port(), MORNING) as place:
        run = Run(place, few=50, is_long=True)
        stopped = work(run, asked, started)
        run.settle()
        found = audit(place, run.tally.writes, since=run.since)
    report = facts(run, found, stopped, seconds=round(time.monotonic() - started))
    for suffix, text in ((".json", json.dumps(report, ensure_ascii=False, indent=1)), (".md", told(report))):
        asked.report.with_suffix(suffix).write_text(text + "\n", encoding="utf-8")
    print(told(report))
    return 0 if report["held"] and not report["stopped"] else 1


def parse(words):
    parser = argparse.ArgumentParser(prog="python3 -m tests.faults.endurance", description=__doc__)
    parser.add_argument("--writes", type=int, default=30_000, help="acknowledged writes (default 30000)")
    parser.add_argument("--round", type=int, default=10_000, help="writes in one round over the list")
    parser.add_argument("--systems", type=int, default=6, help="writers at the interface")
    parser.add_argument("--clerks", type=int, default=2, help="writers at the pages")
    parser.add_argument("--minutes", type=int, default=240, help="end earlier after so many minutes")
    parser.add_argument("--port", type=int, default=0, help="port of the office (default: any)")
    parser.add_argument("--report", type=Path, default=Path("faults-report"), help="where, without suffix")
    return parser.parse_args(words)


def work(run, asked, started):
    """Round after round over the list until enough is acknowledged; why it ended before, if it did."""
    each = max(run.few, asked.round // len(FAULTS))
    with run.at_work(asked.systems, asked.clerks):
        while True:
            for name, fault in FAULTS.items():
                if len(run.tally.writes) >= asked.writes and set(FAULTS) <= set(run.recoveries):
                    return ""
                if time.monotonic() - started > asked.minutes * 60:
                    return f"ended after {asked.minutes} minutes"
                try:
                    run.strike(name, fault, writes=each)
                except AssertionError as problem:
                    run.problems.append(f"{name}: {problem!r}")
                    return f"ended in {name}"
                say(run, name)


def say(run, name):
    print(
        f"{machine_now():%H:%M:%S} {len(run.tally.writes):>6} {name}: {run.recoveries[name][-1]}",
        flush=True,
    )


def facts(run, found, stopped, *, seconds):
    """Everything that the report tells."""
    tally = run.tally
    writes = Counter(write.fault for write in tally.writes)
    kinds = Counter(write.kind for write in tally.writes)
    problems = run.problems + [str(writer.problem) for writer in run.writers if writer.problem]
    held = not (any(found.values()) or tally.refusals or problems)
    return {
        "held": held,
        "stopped": stopped,
        "date": f"{machine_now():%Y-%m-%d %H:%M} UTC",
        "commit": commit(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[2]:.1f}",
        "seconds": seconds,
        "acknowledged": len(tally.writes),
        "kinds": dict(kinds),
        "answers": {str(status): tally.count(status) for status in {key[1] for key in tally.answers}},
        "faults": [
            {
                "fault": name,
                "times": len(run.recoveries.get(name, ())),
                "writes": writes[name],
                "answers": {str(key[1]): n for key, n in tally.answers.items() if key[0] == name},
                "slowest": {
                    part: max((each[part] for each in run.recoveries.get(name, ())), default=None)
                    for part in ("held", "write", "green")
                },
            }
            for name in FAULTS
        ],
        "notes": run.notes,
        "found": {name: values[:20] for name, values in found.items()},
        "counts": {name: len(values) for name, values in found.items()},
        "refusals": tally.refusals[:20],
        "problems": problems,
        "messages": {"asked": len(run.place.gateway.asked), "keys": len(run.place.gateway.sent)},
        "runner starts": run.place.starts,
    }


def commit():
    answer = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def told(report):
    """The report in Markdown."""
    held = "everything held" if report["held"] else "NOT everything held"
    held += f" ({report['stopped']})" if report["stopped"] else ""
    what = f"{report['acknowledged']} acknowledged writes in {report['seconds']} s"
    lines = [
        f"{report['date']}, commit {report['commit']}, {report['machine']}: {what}, {held}",
        "",
        "| fault | times | writes | answers | held s | next write s | green s |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in report["faults"]:
        answers = ", ".join(f"{status} {number}" for status, number in sorted(row["answers"].items()))
        slowest = row["slowest"]
        lines.append(
            f"| {row['fault']} | {row['times']} | {row['writes']} | {answers} "
            f"| {slowest['held']} | {slowest['write']} | {slowest['green']} |"
        )
    counts = ", ".join(f"{name} {number}" for name, number in report["counts"].items())
    messages = report["messages"]
    lines += [
        "",
        f"Found: {counts}. Refusals: {len(report['refusals'])}.",
        f"Text messages: {messages['keys']} keys, asked {messages['asked']} times.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
