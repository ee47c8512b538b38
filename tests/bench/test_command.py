"""The command itself, once, on a small office: everything is answered, within its statements, and ended."""

import json
import subprocess
import sys

from config.services import processes
from config.services.folder import ROOT, StarterLock
from tests.bench.operations import OPERATIONS
from tests.offices import clean_environment, open_place


def done(folder, *words):
    """One command on a data folder, to its end."""
    answer = subprocess.run(
        [sys.executable, *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False,
        env=clean_environment() | {"MOTCUA_DATA_DIR": str(folder.path)},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_operation_is_answered_within_its_statements():
    with open_place() as folder:
        report, once = folder.path.with_name("report.md"), ("--rounds", 1, "--seconds", 0.3, "--clients", 1)
        done(folder, "manage.py", "up", "--check", "--port", processes.free_port())
        done(folder, "manage.py", "generate_cases", "--count", 4000, "--seed", 5, "--workers", 1)
        done(folder, "-m", "tests.bench", "--folder", folder.path, "--report", report, *once)
        figures = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["figures"]
        text = report.read_text(encoding="utf-8")
        lock = StarterLock(folder)
        is_free = lock.acquire()
        lock.release()

    measured = {each: figures[f"data {each.name} 1"] for each in OPERATIONS}
    asked = {each.name: round(found["sql"]["median"]) for each, found in measured.items() if each.most_sql}
    assert {
        name: sql for name, sql in asked.items() if sql > {e.name: e.most_sql for e in OPERATIONS}[name]
    } == {}
    assert [each.name for each, found in measured.items() if found["per_second"]["median"] <= 0] == []
    assert "| SQL: queue, first 20 rows | 8 | ≤ 9 | yes |" in text
    assert is_free
