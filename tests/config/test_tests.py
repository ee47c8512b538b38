import signal

import pytest

from config.runner.tests import SIDE_BY_SIDE, WITH_A_BROWSER, WITH_FAULTS, main, rounds_of, run_at_once
from config.services.folder import ROOT


def test_all_tests_run_in_two_rounds():
    assert rounds_of([]) == [(SIDE_BY_SIDE,), (WITH_A_BROWSER, WITH_FAULTS)]


def test_what_is_named_runs_alone():
    assert rounds_of(["tests/procedures", "-k", "deadline"]) == [(("tests/procedures", "-k", "deadline"),)]


def test_exit_code_is_that_of_pytest():
    assert main(["--version"]) == 0
    assert main(["--no-such-word"]) != 0


def test_a_run_that_was_killed_beside_a_good_one_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "killed.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert run_at_once([("--version",), ("-p", "killed")]) == signal.SIGKILL


def test_exit_code_of_runs_at_once_is_the_worst_and_both_are_heard(capfd):
    assert run_at_once([("--version",), ("--no-such-word",)]) != 0

    said = capfd.readouterr()
    assert f"pytest {pytest.__version__}" in said.out + said.err
    assert "--no-such-word" in said.out


def test_no_folder_of_tests_is_left_out_of_both_rounds():
    ignored = {word.removeprefix("--ignore=") for word in SIDE_BY_SIDE if word.startswith("--ignore=")}

    assert ignored == {*WITH_A_BROWSER, *WITH_FAULTS}
    assert all((ROOT / folder).is_dir() for folder in ignored)
