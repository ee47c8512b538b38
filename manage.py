#!/usr/bin/env python3
"""The one door to the project: `up`, `test` and `restore`; every other word is a Django command."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told so
    sys.exit("Một Cửa needs Python 3.11 or newer.")

from importlib import import_module

from config import bootstrap

DOORS = {"up": "config.runner.up", "test": "config.runner.tests", "restore": "config.archive.restore"}


def main() -> None:
    """Prepare the environment, then hand the words to the one who knows them."""
    words = sys.argv[1:]
    command = words[0] if words else "help"
    bootstrap.ensure_environment("test" if command == "test" else "run")
    door = import_module(DOORS.get(command, "config.runner.django_command"))
    sys.exit(door.main(words[1:] if command in DOORS else words))


if __name__ == "__main__":
    main()
