"""The client programs of PostgreSQL."""

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config.services.errors import ServiceError


def run_client(programs: Path, name: str, *words: str, url: str) -> None:
    """Run ``pg_dump`` or ``pg_restore`` on a database; its address stays out of the process list.

    Raises:
        ServiceError: it is not there, or it failed; its own words explain why.
    """
    place = urlsplit(url)
    environment = os.environ | {
        "PGHOST": place.hostname or "",
        "PGPORT": str(place.port or ""),
        "PGUSER": unquote(place.username or ""),
        "PGPASSWORD": unquote(place.password or ""),
        "PGDATABASE": unquote(place.path.lstrip("/")),
    }
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
