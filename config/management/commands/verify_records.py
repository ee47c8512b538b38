"""Whether the records are whole, and the same as those of a backup, scans included."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from config.archive.census import broken_histories, count_tables, differences
from config.archive.manifest import read_manifest
from config.archive.scans import missing_files, said_missing


class Command(BaseCommand):
    """Recompute every history's chain; with a manifest also every table's fingerprint and every file."""

    help = "Check the chain of every history and, with --against, the rows of every table and the files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The manifest of a backup, if any."""
        parser.add_argument("--against", type=Path, help="manifest.json of a backup")

    def handle(self, *_args: Any, against: Path | None, **_options: Any) -> None:
        """Say what does not agree; nothing does when it ends without an error."""
        with transaction.atomic():
            tables, broken = count_tables(), broken_histories()
            missing = missing_files() if against else []
        problems = [f"{code}: its history does not add up" for code in broken]
        if against:
            problems += differences(read_manifest(against.parent)["tables"], tables)
        if missing:
            problems.append(said_missing(missing, Path(settings.MEDIA_ROOT)))
        if problems:
            raise CommandError("\n".join(problems))
        rows = sum(table["rows"] for table in tables.values())
        self.stdout.write(f"{rows} rows in {len(tables)} tables, every history is whole")
