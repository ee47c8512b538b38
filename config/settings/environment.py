"""What the environment says about one installation."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DEFAULT_DATABASE_URL = "postgresql://motcua_app@127.0.0.1:5432/motcua"


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

    An address without a password takes the one of DATABASE_PASSWORD or its file.
    """
    parts = urlsplit(url)
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
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def field_keys(data_dir: Path) -> dict[str, str]:
    """The keys that encrypt personal numbers: ``{"1": hex, "index": hex}`` in a file of the installation."""
    path = Path(os.environ.get("MOTCUA_KEYS") or data_dir / "keys.json")
    if not path.is_file():
        return {}
    keys: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return keys
