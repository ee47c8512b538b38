"""Fill a data folder that ``up`` created with invented officers and cases."""

import json
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases.demo import write_cases
from staff import clock
from staff.demo import PEOPLE, create_demo_accounts
from staff.models import Officer

SIGN_INS = "demo-accounts.json"
AT_WORK_SINCE = timedelta(days=400)


class Command(BaseCommand):
    """Invented people and cases, for trying out; never in production."""

    help = "Load invented accounts and cases (only where MOTCUA_DEMO is set)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write accounts and cases, and the sign-ins beside the data; a second run adds nothing."""
        if not settings.DEMO:
            message = "Demo data is loaded only into data that `up` created."
            raise CommandError(message)
        path, at = Path(settings.DATA_DIR) / SIGN_INS, clock.now()
        with transaction.atomic():
            if Officer.objects.filter(username=PEOPLE[0].username).exists():
                self.stdout.write("demo data is there already")
                return
            password = f"mot-cua-{secrets.token_hex(3)}-demo"
            people = create_demo_accounts(password, day=clock.localdate(at) - AT_WORK_SINCE)
            written = write_cases(at=at)
            # Written before the commit: a start that is cut off here begins anew and writes the file again.
            _keep_sign_ins(path, people, password)
        self.stdout.write(f"{len(people)} accounts, {written} cases")


def _keep_sign_ins(path: Path, people: list[tuple[str, str, str, str]], password: str) -> None:
    rows = [
        {"username": username, "name": name, "role": role, "commune": commune, "password": password}
        for username, name, role, commune in people
    ]
    path.touch(mode=0o600)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
