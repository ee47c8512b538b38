"""A backup is taken while two clerks work, and becomes an office elsewhere."""

import os
import signal
import subprocess
import sys

from config.services import processes
from config.services.folder import ROOT
from tests.faults.clerks import CLERKS, Counter, drain_output, found_in_queue, signed_in
from tests.offices import UP, clean_environment, office, open_place, opened


def manage(*words, data_dir=None):
    environment = clean_environment() | ({"MOTCUA_DATA_DIR": str(data_dir)} if data_dir else {})
    argv = [sys.executable, "manage.py", *map(str, words)]
    answer = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return answer.returncode, answer.stdout + answer.stderr


def test_backup_under_load_becomes_the_same_office_elsewhere():
    port = processes.free_port()
    with open_place() as folder, open_place() as elsewhere:
        backup = folder.path.parent / "backup"
        with office(folder, port) as (process, _said):
            drain_output(process)
            counters = [Counter(opened(folder, port, process), username) for username in CLERKS]
            for counter in counters:
                counter.start()
            processes.wait_until(
                lambda: all(counter.acknowledged or counter.problem for counter in counters), seconds=60
            )
            before = {name: code for counter in counters for name, code in counter.acknowledged.items()}
            taken = manage("backup", backup, data_dir=folder.path)
            for counter in counters:
                counter.stop.set()
            for counter in counters:
                counter.join(timeout=60)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        assert taken[0] == 0, taken[1]
        assert before

        again = manage("backup", backup, data_dir=folder.path)
        over = manage("restore", backup, "--data-dir", folder.path)
        restored = manage("restore", backup, "--data-dir", elsewhere.path)
        checked = subprocess.run(
            [*UP, "--check", "--port", str(port), "--data-dir", str(elsewhere.path)],
            cwd=ROOT, env=clean_environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        with office(elsewhere, port) as (process, _said):
            drain_output(process)
            there = opened(elsewhere, port, process)
            clerk = signed_in(there.url, CLERKS[0], there.passwords[CLERKS[0]])
            found = found_in_queue(clerk, before)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
        os.truncate(backup / "database.dump", 1000)
        damaged = manage("restore", backup, "--data-dir", elsewhere.path.with_name("third"))

    assert again == (1, f"CommandError: {backup} is not empty. Name a new folder.\n")
    assert over == (1, f"{folder.path} already holds data. Name an empty folder with --data-dir.\n")
    assert restored == (0, "Restored. Every row and every history agrees with the backup.\n")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert found == {name: [code] for name, code in before.items()}
    assert damaged == (1, f"{backup / 'database.dump'} is missing or damaged.\n")
