"""What the environment says about one installation."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

DEFAULT_DATABASE_URL = "postgresql://motcua_app@127.0.0.1:5432/motcua"
PREPARED: Final[Mapping[str, Any]] = {"server_side_binding": True, "prepare_threshold": 3}
"""What a connection was asked more than three times the database parses and plans once; see decision 0022."""


def flag(name: str) -> bool:
    """A switch is on when its variable says so."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def secret(name: str) -> str:
    """A secret from its variable, or from the file that ``<name>_FILE`` names."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, "")


def words(name: str) -> list[str]:
    """A comma-separated list without blanks."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """The Django settings for a PostgreSQL address; its query becomes connection options.

    An address without a password takes the one of DATABASE_PASSWORD or its file. Behind a pooler that gives
    each transaction another connection (DATABASE_POOLER) nothing is left on a connection.
    """
    parts, is_pooled = urlsplit(url), flag("DATABASE_POOLER")
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL must begin with postgresql:// and not with {parts.scheme!r}."
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or secret("DATABASE_PASSWORD"),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": is_pooled,
        "OPTIONS": dict({} if is_pooled else PREPARED) | dict(parse_qsl(parts.query)),
    }


def field_keys(data_dir: Path) -> dict[str, str]:
    """The keys that encrypt personal numbers: ``{"1": hex, "index": hex}`` in a file of the installation."""
    path = Path(os.environ.get("MOTCUA_KEYS") or data_dir / "keys.json")
    if not path.is_file():
        return {}
    keys: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return keys
