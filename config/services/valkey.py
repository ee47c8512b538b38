"""One Valkey on the loopback address: the queue's wake-up calls and the cache."""

import re
import signal
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from config.services import processes
from config.services.errors import ServiceError


@dataclass(frozen=True)
class Server:
    """A server that is, or will be, at this port."""

    program: Path
    data: Path
    port: int
    password: str = field(repr=False)

    @property
    def url(self) -> str:
        """The address for its clients."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


def start(server: Server, log: IO[bytes]) -> processes.Process:
    """Start the server; its password stands in a file, for command lines are public."""
    server.data.mkdir(mode=0o700, exist_ok=True)
    processes.give_to_service_user(server.data)
    pid_file = server.data / "valkey.pid"
    settings = server.data / "valkey.conf"
    processes.end_leftover(pid_file, re.escape(str(settings)), signal.SIGTERM, what="Valkey")
    settings.touch(mode=0o600)
    settings.write_text(
        f"bind 127.0.0.1\nport {server.port}\nrequirepass {server.password}\ndir {server.data}\n"
        f'pidfile {pid_file}\nappendonly yes\nsave ""\nmaxmemory-policy noeviction\nset-proc-title no\n',
        encoding="utf-8",
    )
    processes.give_to_service_user(settings)
    return processes.spawn(
        [server.program, settings],
        log=log,
        death_signal=signal.SIGTERM,
        user=processes.as_service_user(),
    )


def is_ready(server: Server) -> bool:
    """Whether the server answers."""
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=2) as connection:
            connection.sendall(f"AUTH {server.password}\r\nPING\r\nQUIT\r\n".encode())
            with connection.makefile("rb") as answer:
                return b"PONG" in answer.read()
    except OSError:
        return False


def wait_ready(server: Server, process: processes.Process, log: Path) -> None:
    """Return when the server answers; say where its log is when it does not."""
    processes.wait_until(lambda: process.poll() is not None or is_ready(server), seconds=30)
    if process.poll() is not None or not is_ready(server):
        stop(process)
        message = f"Valkey did not start; {log} says why."
        raise ServiceError(message)


def stop(process: processes.Process) -> None:
    """A stop that keeps what was queued."""
    processes.stop(process, signal.SIGTERM, seconds=10)
