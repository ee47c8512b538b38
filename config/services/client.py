"""The client programs of PostgreSQL."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from config.services.errors import ServiceError

VARIABLES = {"HOST": "HOST", "PORT": "PORT", "USER": "USER", "PASSWORD": "PASSWORD", "DATABASE": "NAME"}


def run_client(programs: Path, name: str, *words: str, place: Mapping[str, Any]) -> None:
    """Run ``pg_dump`` or ``pg_restore`` on a database; its password stays out of the process list.

    Args:
        place: HOST, PORT, USER, PASSWORD and NAME as in Django's settings.

    Raises:
        ServiceError: it is not there, or it failed; its own words explain why.
    """
    environment = os.environ | {f"PG{key}": str(place.get(name) or "") for key, name in VARIABLES.items()}
    try:
        answer = subprocess.run(
            [programs / name, *words], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        message = f"There is no {programs / name}; name PostgreSQL's programs in MOTCUA_POSTGRES_BIN."
        raise ServiceError(message) from error
    if answer.returncode:
        message = f"{name} failed:\n{answer.stderr.strip()[-4000:]}"
        raise ServiceError(message)
