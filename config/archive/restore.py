"""``manage.py restore``: a backup becomes a data folder on which ``up`` starts."""

import argparse
import shutil
import sys
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.archive.manifest import DATABASE, FILES, KEYS, MANIFEST, WITH_THE_KEYS, read_manifest
from config.runner.preparation import Step, run_django
from config.services import postgres
from config.services.client import run_client
from config.services.embedded import EmbeddedServices
from config.services.errors import ServiceError
from config.services.folder import DataFolder, StarterLock, find_folder
from config.settings.environment import database


def main(words: Sequence[str]) -> int:
    """Read the words, restore, and say what was found; 0 when the count agrees with the manifest."""
    parser = argparse.ArgumentParser(
        prog="manage.py restore", description="Makes a new data folder out of a backup."
    )
    parser.add_argument("source", type=Path, help="the folder that `manage.py backup` wrote")
    parser.add_argument("--data-dir", help="the new data folder (default: .motcua in this checkout)")
    parser.add_argument("--keys", type=Path, help="the folder of the keys, when they are kept elsewhere")
    asked = parser.parse_args(words)
    try:
        restore(asked.source, find_folder(asked.data_dir), keys=asked.keys or asked.source / KEYS)
    except ServiceError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    print("Restored. Every row and every history agrees with the backup.", flush=True)
    return 0


def restore(source: Path, folder: DataFolder, *, keys: Path) -> None:
    """Write the backup into an empty data folder and prove that it is the same.

    Raises:
        ServiceError: damaged backup, a folder with data, no keys, or a count that differs.
    """
    manifest = read_manifest(source)
    if folder.postgres.exists():
        message = f"{folder.path} already holds data. Name an empty folder with --data-dir."
        raise ServiceError(message)
    if not (keys / "keys.json").is_file():
        message = f"There is no keys.json in {keys}; name the folder of the keys with --keys."
        raise ServiceError(message)
    folder.path.mkdir(parents=True, exist_ok=True)
    for name in WITH_THE_KEYS:
        if (keys / name).is_file():
            shutil.copyfile(keys / name, folder.path / name)
            (folder.path / name).chmod(0o600)
    folder.create()
    lock = StarterLock(folder)
    if not lock.acquire():
        message = f"Another start already uses {folder.path}: process {lock.holder()}"
        raise ServiceError(message)
    try:
        _fill(source, folder, manifest)
    finally:
        lock.release()


def _fill(source: Path, folder: DataFolder, manifest: Mapping[str, Any]) -> None:
    with tarfile.open(source / FILES) as pack:
        pack.extractall(folder.path, filter="data")
    services = EmbeddedServices(folder)
    process = services.start_postgres(is_empty=True)
    try:
        _load(services.postgres, source / DATABASE)
        step = Step("", ("verify_records", "--against", str(source / MANIFEST)), (), is_owner=True)
        run_django(step, services.environment())
    finally:
        postgres.stop(process)
    if manifest["demo"]:
        folder.made_by_up.touch()


def _load(server: postgres.Server, dump: Path) -> None:
    """As the owner, in one transaction: all of it or nothing."""
    words = (
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={postgres.DATABASE}",
        str(dump),
    )
    run_client(server.programs, "pg_restore", *words, place=database(server.url(postgres.OWNER_ROLE)))
