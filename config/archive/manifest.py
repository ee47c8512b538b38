"""What a backup folder consists of; read before there is a database, hence without Django."""

import json
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from config.services.errors import ServiceError

DATABASE, FILES, MANIFEST, KEYS = "database.dump", "files.tar", "manifest.json", "keys"
PARTS = (DATABASE, FILES)
KEYS_FILE = "keys.json"
WITH_THE_KEYS = (KEYS_FILE, "demo-accounts.json")


def part_digests(source: Path) -> dict[str, str]:
    """The sha256 of each part."""
    return {name: _digest(source / name) for name in PARTS}


def _digest(path: Path) -> str:
    with path.open("rb") as part:
        return file_digest(part, "sha256").hexdigest()


def write_manifest(target: Path, manifest: Mapping[str, Any]) -> None:
    """A folder without its manifest is no backup, so it is written when everything else is on the disk."""
    path = target / MANIFEST
    half_made = path.with_suffix(".new")
    half_made.write_text(json.dumps(manifest, indent=1, ensure_ascii=False), encoding="utf-8")
    half_made.rename(path)


def read_manifest(source: Path) -> Mapping[str, Any]:
    """The manifest of a backup whose parts are as they were written.

    Raises:
        ServiceError: no backup, or a part has changed since.
    """
    path = source / MANIFEST
    if not path.is_file():
        message = f"{source} holds no finished backup: {MANIFEST} is missing."
        raise ServiceError(message)
    manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name, expected in manifest["parts"].items():
        if not (source / name).is_file() or _digest(source / name) != expected:
            message = f"{source / name} is missing or damaged."
            raise ServiceError(message)
    return manifest
