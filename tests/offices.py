"""A whole office on this machine for tests: the real command, its own folder, its own ports."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.services.folder import ROOT, DataFolder
from config.testing import OF_AN_INSTALLATION

UP = [sys.executable, "manage.py", "up"]


@contextmanager
def open_place():
    """An empty place that the servers' account may enter, unlike pytest's own folders."""
    place = Path(tempfile.mkdtemp(prefix="motcua-test-folder-"))
    place.chmod(0o711)
    yield DataFolder(place / "data")
    shutil.rmtree(place, ignore_errors=True)


def clean_environment():
    """The environment without what belongs to this test run."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in {*OF_AN_INSTALLATION, "DJANGO_SETTINGS_MODULE"}
    }


@contextmanager
def office(folder, port, *words):
    """A running start; ended hard if the test did not end it."""
    process = subprocess.Popen(
        [*UP, "--port", str(port), "--data-dir", str(folder.path), *words],
        cwd=ROOT,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process, wait_for(process, "Press Ctrl-C to stop.")
        finally:
            process.kill()


def wait_for(process, line):
    """Everything that was said up to this line."""
    said = []
    for found in process.stdout:
        said.append(found.rstrip("\n"))
        if found.rstrip("\n") == line:
            return said
    pytest.fail("\n".join(["The start ended:", *said]))


@dataclass(frozen=True)
class OpenOffice:
    """An office that is open: its address, its folder, its runner and who signs in with which password."""

    url: str
    folder: DataFolder
    process: subprocess.Popen
    passwords: dict


def opened(folder, port, process):
    """What a test needs to know of a running start."""
    rows = json.loads((folder.path / "demo-accounts.json").read_text(encoding="utf-8"))
    passwords = {row["username"]: row["password"] for row in rows}
    return OpenOffice(f"http://127.0.0.1:{port}", folder, process, passwords)
