"""``manage.py test``: the tests in the locked environment, on their own throw-away server."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

from config.services.folder import ROOT

Words = tuple[str, ...]

SIDE_BY_SIDE: Final[Words] = (
    *("-n", str((os.cpu_count() or 1) + 1)),  # one more than processors: some wait for an office to start
    *("--dist", "loadgroup", "--no-loadscope-reorder"),  # groups and their order: tests/conftest.py
)


def main(words: Sequence[str]) -> int:
    """Run pytest with the given words; without any, everything.

    Returns:
        Its exit code; a run that was killed counts by the number of its signal.
    """
    return abs(run(tuple(words) or SIDE_BY_SIDE))


def run(words: Words) -> int:
    """Run pytest in a process of its own; its exit code."""
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=ROOT, check=False).returncode
