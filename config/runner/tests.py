"""``manage.py test``: the tests in the locked environment, on their own throw-away server."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from config.services.folder import ROOT

Words = tuple[str, ...]

WITH_AN_OFFICE: Final[Words] = ("tests/browser", "tests/faults", "tests/bench")
"""These start a real office, with a browser or a killer beside it, in the groups of ``tests/conftest.py``."""
SIDE_BY_SIDE: Final[Words] = (
    *("-n", str((os.cpu_count() or 1) + 1)),  # one more than processors: some wait for an office to start
    *(f"--ignore={folder}" for folder in WITH_AN_OFFICE),
)
IN_GROUPS: Final[Words] = ("-n", "2", "--dist", "loadgroup", *WITH_AN_OFFICE)


def main(words: Sequence[str]) -> int:
    """Run pytest with the given words; without any, everything.

    Returns:
        The worst exit code; a run that was killed counts by the number of its signal.
    """
    return max(abs(run(each)) for each in rounds_of(words))


def rounds_of(words: Sequence[str]) -> list[Words]:
    """The runs, one after the other; the second is made even when the first has failed."""
    return [tuple(words)] if words else [SIDE_BY_SIDE, IN_GROUPS]


def run(words: Words) -> int:
    """Run pytest in a process of its own; its exit code."""
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, check=False).returncode
