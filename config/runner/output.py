"""What the start says: each line at once, on the terminal and in the log."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO


class Output:
    """Speaks to the person who started, and remembers it in a file."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def say(self, line: str) -> None:
        """One line, visible at once."""
        self._tell(sys.stdout, line)

    def complain(self, line: str) -> None:
        """One line about a failure, where failures belong."""
        self._tell(sys.stderr, line)

    def _tell(self, stream: IO[str], line: str) -> None:
        """A full disk or a terminal that is gone takes the line, not the office."""
        with suppress(OSError):
            print(line, file=stream, flush=True)
        with suppress(OSError), self.log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
