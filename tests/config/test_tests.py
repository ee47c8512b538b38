import signal

import pytest

from config.runner.tests import SIDE_BY_SIDE, main
from tests.conftest import group_of


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("faults/test_backup.py", "offices"),
        ("bench/test_command.py", "offices"),
        ("browser/test_keys.py", "test_keys"),
        ("staff/test_text.py", ""),
        ("test_repository.py", ""),
    ],
)
def test_offices_that_are_killed_and_browsers_of_a_file_wait_for_each_other(path, group):
    assert group_of(path) == group


def test_all_run_side_by_side_in_their_groups():
    assert SIDE_BY_SIDE[:1] + SIDE_BY_SIDE[2:] == ("-n", "--dist", "loadgroup", "--no-loadscope-reorder")


def test_exit_code_is_that_of_pytest():
    assert main(["--version"]) == 0
    assert main(["--no-such-word"]) != 0


def test_a_run_that_was_killed_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "killed.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert main(["-p", "killed"]) == signal.SIGKILL


def test_without_a_word_everything_runs(monkeypatch):
    monkeypatch.setattr("config.runner.tests.SIDE_BY_SIDE", ("--no-such-word",))

    assert main([]) != 0
