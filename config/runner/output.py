"""What the start says: each line at once, on the terminal and in the log."""

import sys
from pathlib import Path


class Output:
    """Speaks to the person who started, and remembers it in a file."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def say(self, line: str) -> None:
        """One line, visible at once."""
        print(line, flush=True)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def complain(self, line: str) -> None:
        """One line about a failure, where failures belong."""
        print(line, file=sys.stderr, flush=True)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
