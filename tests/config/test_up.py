"""The one command, tried on its own folder: a first start with demo data takes about twenty seconds."""

import json
import os
import signal
import subprocess
import urllib.request

from config import check
from config.services import processes
from config.services.folder import ROOT
from tests.offices import UP, clean_environment, office, wait_for


def status(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/schema/", timeout=20) as answer:
        return answer.status


def test_up_starts_refuses_a_second_start_mends_and_stops(folder):
    port = processes.free_port()
    with office(folder, port) as (process, said):
        assert f"Ready: http://127.0.0.1:{port}" in said
        assert "Sign in as:" in said
        assert status(port) == 200
        rows = json.loads((folder.path / "demo-accounts.json").read_text(encoding="utf-8"))
        assert check.run(f"http://127.0.0.1:{port}", rows) == []

        second = subprocess.run(
            [*UP, "--port", str(processes.free_port()), "--data-dir", str(folder.path)],
            cwd=ROOT,
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr.startswith(f"Another start already uses {folder.path}: process {process.pid} ")

        database = int((folder.postgres / "postmaster.pid").read_text().split("\n")[0])
        os.kill(database, signal.SIGKILL)
        wait_for(process, "PostgreSQL runs again.")
        assert status(port) == 200

        process.send_signal(signal.SIGTERM)
        assert wait_for(process, "Stopped.")[-2:] == ["Stopping …", "Stopped."]
        assert process.wait(10) == 0

    with office(folder, port) as (process, said):
        assert "Preparing the tables …" not in said
        children = children_of(process.pid)
        assert len(children) == 5
        process.send_signal(signal.SIGKILL)

    assert processes.wait_until(lambda: not any(map(processes.command_line, children)), seconds=20)


def children_of(pid):
    answer = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True
    )
    return [int(word) for word in answer.stdout.split()]
