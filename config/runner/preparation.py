"""Everything between an empty database and the first visitor; what has not changed is not done again."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from config.bootstrap import lock_file
from config.runner.output import Output
from config.services.errors import ServiceError
from config.services.folder import ROOT, DataFolder

APPS = ("config", "staff", "procedures", "cases")


@dataclass(frozen=True)
class Step:
    """One Django command and the files whose change makes it necessary again."""

    line: str
    command: tuple[str, ...]
    sources: tuple[Path, ...]
    is_owner: bool = False


def steps(*, is_demo: bool) -> list[Step]:
    """The commands in their order."""
    code = tuple(ROOT / app for app in APPS)
    migrations = (*(ROOT / app / "migrations" for app in APPS), lock_file("run"))
    chosen = [
        Step(
            "Preparing the tables …",
            ("migrate", "--no-input", "--verbosity=0", "--skip-checks"),
            migrations,
            is_owner=True,
        ),
        Step("Granting rights …", ("grant_rights",), migrations, is_owner=True),
        Step("Loading communes, calendars and procedures …", ("load_reference",), code, is_owner=True),
        Step(
            "Collecting styles and scripts …",
            ("collectstatic", "--no-input", "--clear", "--verbosity=0"),
            (ROOT / "static", lock_file("run")),
        ),
    ]
    if is_demo:
        chosen.append(Step("Filling in the demo office …", ("load_demo",), code))
    return chosen


def prepare(folder: DataFolder, environment: Mapping[str, str], output: Output, *, is_demo: bool) -> None:
    """Do the steps whose sources have changed since they were last done on this data."""
    marks = read_marks(folder)
    for step in steps(is_demo=is_demo):
        name, mark = step.command[0], fingerprint(step.sources)
        if marks.get(name) == mark:
            continue
        output.say(step.line)
        run_django(step, environment)
        marks[name] = mark
        marks_file(folder).write_text(json.dumps(marks), encoding="utf-8")


def marks_file(folder: DataFolder) -> Path:
    """Lies inside the database's own folder, so that it never outlives the data it speaks of."""
    return folder.postgres / "motcua-prepared.json"


def read_marks(folder: DataFolder) -> dict[str, str]:
    """What was done, without what has been deleted since."""
    path = marks_file(folder)
    marks: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not (folder.path / "static" / "staticfiles.json").exists():
        marks.pop("collectstatic", None)
    return marks


def fingerprint(sources: Iterable[Path]) -> str:
    """One value for the content of files and folders."""
    total = hashlib.sha256()
    for source in sources:
        for path in sorted([source] if source.is_file() else source.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def run_django(step: Step, environment: Mapping[str, str]) -> None:
    """Run one command in its own process; its last words explain a failure."""
    merged = os.environ | dict(environment)
    if step.is_owner:
        merged["DATABASE_URL"] = merged["MIGRATION_DATABASE_URL"]
    argv = [sys.executable, str(ROOT / "manage.py"), *step.command]
    answer = subprocess.run(argv, cwd=ROOT, env=merged, capture_output=True, text=True, check=False)
    if answer.returncode:
        message = f"`{' '.join(step.command)}` failed:\n{(answer.stdout + answer.stderr).strip()[-4000:]}"
        raise ServiceError(message)
