"""Fill a demonstration with any number of invented cases, for measuring."""

import os
import secrets
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from cases.generator.plans import Wish
from cases.generator.runs import generate, remember
from staff import clock
from staff.language import RECORD

SEEDS = 2**31


class Command(BaseCommand):
    help = "Write invented cases by bulk load (only where MOTCUA_DEMO is set, or with --force)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, required=True, help="how many cases")
        parser.add_argument("--seed", type=int, help="the same seed gives the same cases; drawn if left out")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day (default: yesterday)")
        parser.add_argument(
            "--commune-share", type=float, default=0.12, help="share of the biggest commune (default: 0.12)"
        )
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes side by side")
        parser.add_argument("--force", action="store_true", help="also into data that is no demonstration")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check the wish, write it and say how fast it went."""
        wish = _wish(options)
        if not settings.DEMO and not options["force"]:
            message = "Invented cases go only into a demonstration. With --force they go in here too."
            raise CommandError(message)
        self.stdout.write(f"seed {wish.seed}, the year until {wish.until}")
        with translation.override(RECORD):
            outcome = generate(wish, workers=max(1, options["workers"]), say=self.stdout.write)
        remember(Path(settings.DATA_DIR), wish, outcome)
        self.stdout.write(
            f"{outcome.cases:,} cases, {outcome.rows:,} rows in {outcome.seconds:,.1f} s:"
            f" {outcome.rows_per_second:,.0f} rows/s, {outcome.ratio:.0%} of a bare COPY"
        )


def _wish(options: dict[str, Any]) -> Wish:
    today = clock.localdate(clock.now())
    until = options["until"] or date.fromordinal(today.toordinal() - 1)
    if options["count"] < 1 or not 0 < options["commune_share"] <= 1 or until >= today:
        message = "--count is at least 1, --commune-share above 0 and at most 1, --until a day that is over."
        raise CommandError(message)
    seed = secrets.randbelow(SEEDS) if options["seed"] is None else options["seed"]
    return Wish(options["count"], seed, until, options["commune_share"])
