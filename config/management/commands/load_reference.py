from typing import Any

from django.core.management.base import BaseCommand

from procedures import imports
from staff import reference


class Command(BaseCommand):
    help = "Loads the communes, the calendars and the catalogue of procedures. Safe to run again."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load what the office needs before its first case."""
        reference.load()
        imports.load_catalogue()
