"""The data folder: everything that one installation keeps, and the rule who may start on it."""

import fcntl
import hashlib
import json
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.services.binaries import can_enter
from config.services.errors import ServiceError
from config.services.processes import service_user

ROOT = Path(__file__).resolve().parent.parent.parent
SYSTEM_STATE = Path("/var/lib")
LOG_LIMIT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class DataFolder:
    """Where things are inside the data folder."""

    path: Path

    @property
    def postgres(self) -> Path:
        """The database."""
        return self.path / "postgres"

    @property
    def valkey(self) -> Path:
        """The queue's memory."""
        return self.path / "valkey"

    @property
    def state(self) -> Path:
        """What a running start tells the other commands."""
        return self.path / "running.json"

    @property
    def made_by_up(self) -> Path:
        """Says that ``up`` made this data, so that demo accounts may exist in it."""
        return self.path / "made-by-up"

    @property
    def demo_accounts(self) -> Path:
        """The sign-ins of the demo."""
        return self.path / "demo-accounts.json"

    def log_file(self, name: str) -> Path:
        """The log of one part."""
        return self.path / "log" / f"{name}.log"

    def open_log(self, name: str) -> IO[bytes]:
        """A log to append to; a long one is put aside first."""
        path = self.log_file(name)
        if path.exists() and path.stat().st_size > LOG_LIMIT_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def create(self) -> bool:
        """Make the folder with its keys; true when no data was here before."""
        is_new = not self.postgres.exists()
        mode = 0o711 if service_user() else 0o700
        place = next(path for path in self.path.parents if path.exists())
        if not can_enter(place):
            message = f"The account that runs PostgreSQL cannot enter {place}. Choose another --data-dir."
            raise ServiceError(message)
        for path in (self.path, self.path / "log"):
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(mode)
        words = ("secret_key", "superuser", "owner", "app", "valkey")
        write_once(self.path / "secrets.json", {word: secrets.token_urlsafe(48) for word in words})
        write_once(self.path / "keys.json", {"1": secrets.token_hex(32), "index": secrets.token_hex(32)})
        return is_new

    def secrets(self) -> dict[str, str]:
        """The generated key and passwords."""
        words: dict[str, str] = json.loads((self.path / "secrets.json").read_text(encoding="utf-8"))
        return words


def write_once(path: Path, content: dict[str, str]) -> None:
    """Write a file that only its owner reads, unless it is already there."""
    if path.exists():
        return
    half_made = path.with_suffix(".new")
    half_made.unlink(missing_ok=True)
    half_made.touch(mode=0o600)
    half_made.write_text(json.dumps(content, indent=2), encoding="utf-8")
    half_made.rename(path)


def find_folder(chosen: str | None = None) -> DataFolder:
    """The folder of this checkout.

    It lies in the checkout, or under the system's state directory when the servers' account cannot enter
    the checkout.
    """
    named = chosen or os.environ.get("MOTCUA_DATA_DIR")
    if named:
        return DataFolder(Path(named).resolve())
    if can_enter(ROOT):
        return DataFolder(ROOT / ".motcua")
    digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    return DataFolder(SYSTEM_STATE / f"motcua-{digest}")


class StarterLock:
    """Admits one starter to a data folder; the kernel opens it again when the starter is gone."""

    def __init__(self, folder: DataFolder) -> None:
        self.path = folder.path / "starter.lock"
        self.file: IO[str] | None = None

    def acquire(self) -> bool:
        """Whether this process is now the starter."""
        file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()} {' '.join(sys.argv)}")
        file.flush()
        self.file = file
        return True

    def release(self) -> None:
        """Let the next starter in."""
        if self.file:
            self.file.close()
            self.file = None

    def holder(self) -> str:
        """The process number and command of the present starter."""
        return self.path.read_text(encoding="utf-8") or "unknown"
