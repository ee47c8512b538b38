import signal

from config.runner.tests import IN_GROUPS, SIDE_BY_SIDE, WITH_AN_OFFICE, main, rounds_of
from config.services.folder import ROOT


def test_all_tests_run_in_two_rounds():
    assert rounds_of([]) == [SIDE_BY_SIDE, IN_GROUPS]


def test_what_is_named_runs_alone():
    assert rounds_of(["tests/procedures", "-k", "deadline"]) == [("tests/procedures", "-k", "deadline")]


def test_exit_code_is_that_of_pytest():
    assert main(["--version"]) == 0
    assert main(["--no-such-word"]) != 0


def test_a_run_that_was_killed_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "killed.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert main(["-p", "killed"]) == signal.SIGKILL


def test_second_round_is_made_and_counts_when_the_first_was_good(monkeypatch):
    monkeypatch.setattr("config.runner.tests.SIDE_BY_SIDE", ("--version",))
    monkeypatch.setattr("config.runner.tests.IN_GROUPS", ("--no-such-word",))

    assert main([]) != 0


def test_no_folder_of_tests_is_left_out_of_both_rounds():
    ignored = {word.removeprefix("--ignore=") for word in SIDE_BY_SIDE if word.startswith("--ignore=")}

    assert ignored == set(WITH_AN_OFFICE) == {word for word in IN_GROUPS if word.startswith("tests/")}
    assert all((ROOT / folder).is_dir() for folder in ignored)
