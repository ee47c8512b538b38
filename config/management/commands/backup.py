"""A backup of the whole office, taken while it works."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.archive.backup import back_up
from config.services.errors import ServiceError
from staff import clock


class Command(BaseCommand):
    """Database, files and keys of one moment in one new folder."""

    help = "Write a backup into a new folder; keep its folder `keys` apart from the rest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("target", type=Path)

    def handle(self, *_args: Any, target: Path, **_options: Any) -> None:
        """Write it and say what it holds."""
        try:
            manifest = back_up(target.resolve(), taken_at=clock.now().isoformat())
        except ServiceError as error:
            raise CommandError(str(error)) from error
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{target}: {rows} rows in {len(manifest['tables'])} tables")
        if manifest["broken_histories"]:
            message = f"Histories that do not add up: {', '.join(manifest['broken_histories'][:20])}"
            raise CommandError(message)
