from config.runner.tests import SIDE_BY_SIDE, WITH_A_WHOLE_OFFICE, main, rounds_of
from config.services.folder import ROOT


def test_all_tests_run_in_two_rounds():
    assert rounds_of([]) == [SIDE_BY_SIDE, WITH_A_WHOLE_OFFICE]


def test_what_is_named_runs_alone():
    assert rounds_of(["tests/procedures", "-k", "deadline"]) == [("tests/procedures", "-k", "deadline")]


def test_exit_code_is_that_of_pytest():
    assert main(["--version"]) == 0
    assert main(["--no-such-word"]) != 0


def test_no_folder_of_tests_is_left_out_of_both_rounds():
    ignored = {word.removeprefix("--ignore=") for word in SIDE_BY_SIDE if word.startswith("--ignore=")}

    assert ignored == set(WITH_A_WHOLE_OFFICE)
    assert all((ROOT / folder).is_dir() for folder in ignored)
