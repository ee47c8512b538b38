"""``manage.py test``: the tests in the locked environment, on their own throw-away server."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from config.services.folder import ROOT

WITH_A_WHOLE_OFFICE: Final = ("tests/bench", "tests/browser", "tests/faults")
"""These start a real office, with a browser or a killer beside it: one after the other."""
SIDE_BY_SIDE: Final = ("-n", "auto", *(f"--ignore={folder}" for folder in WITH_A_WHOLE_OFFICE))


def main(words: Sequence[str]) -> int:
    """Run pytest with the given words; without any, everything."""
    return max(run(each) for each in rounds_of(words))


def rounds_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The words of each run; the second one is made even when the first has failed."""
    return [tuple(words)] if words else [SIDE_BY_SIDE, WITH_A_WHOLE_OFFICE]


def run(words: Sequence[str]) -> int:
    """One run of pytest; its exit code."""
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, check=False).returncode
