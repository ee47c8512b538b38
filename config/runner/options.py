"""The words after ``manage.py up``, and what they mean for this installation."""

import argparse
import os
import shutil
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from config.services.errors import ServiceError
from config.services.processes import wait_until

LEAST_FREE_BYTES = 1024**3
ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - recognised here, bound only when asked for


@dataclass(frozen=True)
class Options:
    """What the person at the terminal asked for."""

    host: str
    port: int
    data_dir: str | None
    is_check: bool
    clock: datetime | None

    @property
    def address(self) -> str:
        """The host name by which visitors reach this machine."""
        return lan_address() if self.host == ANY_ADDRESS else self.host

    @property
    def url(self) -> str:
        """The public address."""
        return f"http://{self.address}:{self.port}"

    def environment(self, now: datetime) -> dict[str, str]:
        """The settings that follow from these options."""
        names = {self.address, "127.0.0.1", "localhost", socket.gethostname()}
        public = os.environ.get("PUBLIC_URL") or self.url
        names |= {urlsplit(public).hostname or self.address, *os.environ.get("ALLOWED_HOSTS", "").split(",")}
        settings = {"PUBLIC_URL": public, "ALLOWED_HOSTS": ",".join(sorted(names - {""}))}
        if self.clock:
            settings["MOTCUA_NOW_OFFSET"] = str(round((self.clock - now).total_seconds()))
        return settings


def parse(words: Sequence[str]) -> Options:
    """Read the words; unknown ones end the start with an explanation."""
    parser = argparse.ArgumentParser(
        prog="manage.py up",
        description="Starts the whole office on this machine: database, queue, web and workers.",
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web pages (default 8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for the local network"
    )
    parser.add_argument("--data-dir", help="folder that keeps everything (default: .motcua in this checkout)")
    parser.add_argument(
        "--check", action="store_true", help="run the main scenario once, stop, and exit with 0 or 1"
    )
    parser.add_argument(
        "--clock",
        type=local_moment,
        help="let the office live at another local moment, such as 2026-11-20T08:30",
    )
    found = parser.parse_args(words)
    return Options(found.host, found.port, found.data_dir, found.check, found.clock)


def local_moment(text: str) -> datetime:
    """A moment without a zone is Vietnamese local time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def machine_now() -> datetime:
    """The machine's own clock, from which ``--clock`` is counted."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


def lan_address() -> str:
    """The address of this machine in its local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))
        address: str = probe.getsockname()[0]
        return address
    return "127.0.0.1"


def free_bytes(folder: Path) -> int:
    """What is left on the disk of a folder that may not be there yet."""
    existing = next(path for path in [folder, *folder.parents] if path.exists())
    return shutil.disk_usage(existing).free


def is_disk_low(folder: Path) -> bool:
    """Whether the database could soon not write; an office that is there already opens all the same."""
    return free_bytes(folder) < LEAST_FREE_BYTES


def require_free_disk(folder: Path) -> None:
    """Refuse to begin an office where the database could soon not write."""
    if is_disk_low(folder):
        free = free_bytes(folder)
        message = (
            f"The disk of {folder} has only {free // 1024**2} MB left; at least 1024 MB are needed. "
            "Free some space, or choose another disk with --data-dir."
        )
        raise ServiceError(message)


def require_free_port(host: str, port: int, *, seconds: float = 4) -> None:
    """Refuse a port that another program uses; the web of a start that just ended is given a moment."""

    def is_free() -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except PermissionError as error:
                message = (
                    f"Port {port} may not be used by this account: {error.strerror}. Choose one above 1024."
                )
                raise ServiceError(message) from error
            except OSError:
                return False
            return True

    if not wait_until(is_free, seconds=seconds):
        message = (
            f"Port {port} of {host} is taken by another program. "
            f"Choose another one: python3 manage.py up --port {port + 1}"
        )
        raise ServiceError(message)
