"""One moment of the whole office in one folder: database, files, and the keys apart from both."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from config.archive.census import MEANT_FOR_HERE, broken_histories, count_tables
from config.archive.manifest import (
    DATABASE,
    FILES,
    KEYS,
    KEYS_FILE,
    WITH_THE_KEYS,
    part_digests,
    write_manifest,
)
from config.archive.scans import named_files, pack_files, said_missing
from config.services.binaries import postgres_programs
from config.services.client import run_client
from config.services.errors import ServiceError
from config.services.folder import DataFolder


def back_up(target: Path, *, taken_at: str) -> Mapping[str, Any]:
    """Write a backup into a new folder while the office works on; returns its manifest.

    The dump, the count of rows and the names of files see the same moment. Files are copied afterwards: a
    file is written before the row that names it and never changed, so every row of the dump finds its file.

    Raises:
        ServiceError: the folder is not empty, there are no keys, a program failed, or files are missing.
    """
    if not _source_of(KEYS_FILE).is_file():
        message = f"There are no keys at {_source_of(KEYS_FILE)}; MOTCUA_KEYS names their file."
        raise ServiceError(message)
    if target.exists() and any(target.iterdir()):
        message = f"{target} is not empty. Name a new folder."
        raise ServiceError(message)
    target.mkdir(parents=True, exist_ok=True)
    target.chmod(0o700)
    with transaction.atomic():
        tables, broken = _dump(target / DATABASE)
        awaited = set(named_files())
    folder = Path(settings.MEDIA_ROOT)
    pack_files(folder, target / FILES, awaited)
    if awaited:
        message = f"No backup: {said_missing(awaited, folder)} MOTCUA_DATA_DIR names the folder above it."
        raise ServiceError(message)
    _copy_keys(target / KEYS)
    manifest = {
        "taken_at": taken_at,
        "demo": DataFolder(settings.DATA_DIR).made_by_up.exists(),
        "parts": part_digests(target),
        "broken_histories": broken,
        "tables": tables,
    }
    write_manifest(target, manifest)
    return manifest


def _dump(path: Path) -> tuple[Mapping[str, Any], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    words = ["--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={path}"]
    words += [f"--exclude-table-data={table}" for table in sorted(MEANT_FOR_HERE)]
    run_client(postgres_programs(settings.DATA_DIR), "pg_dump", *words, place=connection.settings_dict)
    return count_tables(), broken_histories()


def _copy_keys(target: Path) -> None:
    """The keys that open personal numbers lie apart, so that they can be kept elsewhere than the dump."""
    target.mkdir(mode=0o700)
    for name in WITH_THE_KEYS:
        source = _source_of(name)
        if source.is_file():
            shutil.copyfile(source, target / name)
            (target / name).chmod(0o600)


def _source_of(name: str) -> Path:
    named = os.environ.get("MOTCUA_KEYS")
    return Path(named) if named and name == KEYS_FILE else settings.DATA_DIR / name
