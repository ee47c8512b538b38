"""``manage.py test``: the tests in the locked environment, on their own throw-away server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO, Final

from config.services.folder import ROOT

Words = tuple[str, ...]

WITH_A_BROWSER: Final[Words] = ("tests/browser",)
WITH_FAULTS: Final[Words] = ("tests/bench", "tests/faults")
"""These start a real office, with a browser or a killer beside it; each folder goes one after the other."""
SIDE_BY_SIDE: Final[Words] = (
    *("-n", str((os.cpu_count() or 1) + 1)),  # one more than processors: some wait for an office to start
    *(f"--ignore={folder}" for folder in (*WITH_A_BROWSER, *WITH_FAULTS)),
)


def main(words: Sequence[str]) -> int:
    """Run pytest with the given words; without any, everything."""
    return max(run_at_once(each) for each in rounds_of(words))


def rounds_of(words: Sequence[str]) -> list[tuple[Words, ...]]:
    """The runs of each round, which go at once; the second round is made even when the first has failed."""
    return [(tuple(words),)] if words else [(SIDE_BY_SIDE,), (WITH_A_BROWSER, WITH_FAULTS)]


def run_at_once(runs: Sequence[Words]) -> int:
    """Run pytest for each of them; what the later ones say is shown when the first has ended.

    Returns:
        The worst exit code; a run that was killed counts by the number of its signal.
    """
    with ExitStack() as ends:
        beside = []
        for words in runs[1:]:
            said = ends.enter_context(tempfile.TemporaryFile())
            beside.append((begun(words, said), said))
        codes = [begun(runs[0]).wait()]
        for process, said in beside:
            codes.append(process.wait())
            said.seek(0)
            sys.stdout.write(said.read().decode(errors="replace"))
            sys.stdout.flush()
    return max(map(abs, codes))


def begun(words: Words, said: IO[bytes] | None = None) -> "subprocess.Popen[bytes]":
    """A run that has begun; it says what it finds here, or into a file."""
    argv = [sys.executable, "-m", "pytest", *words]
    return subprocess.Popen(argv, cwd=ROOT, stdout=said, stderr=said and subprocess.STDOUT)
