"""Starting, recognising and ending the processes of the services."""

import ctypes
import os
import pwd
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from config.services.errors import ServiceError

PR_SET_PDEATHSIG = 1
Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class ServiceUser:
    """The account that runs the servers when the start was made by root, whom PostgreSQL refuses."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """What makes a child run under this account and no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def service_user() -> ServiceUser | None:
    """``nobody`` when root starts, otherwise the starter itself."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("nobody")
    return ServiceUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account() -> str:
    """The name of the account that runs the servers."""
    user = service_user()
    return user.name if user else pwd.getpwuid(os.geteuid()).pw_name


def as_service_user() -> dict[str, Any]:
    """Popen arguments for a server process."""
    user = service_user()
    return user.popen_arguments() if user else {}


def give_to_service_user(path: Path) -> None:
    """Hand a file or folder to the account that runs the servers."""
    user = service_user()
    if user:
        os.chown(path, user.uid, user.gid)


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """Let the kernel signal the child when its starter is gone, even by ``kill -9`` (Linux only)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def arrange() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:
                os._exit(1)

    return arrange


def spawn(
    argv: Sequence[str | Path],
    *,
    log: IO[bytes],
    death_signal: signal.Signals,
    env: dict[str, str] | None = None,
    cwd: Path | str = "/",
    user: dict[str, Any] | None = None,
) -> Process:
    """Start a child in its own session that never outlives its starter.

    Must be called from a thread that lives as long as the starter: the kernel watches the thread.
    """
    return subprocess.Popen(
        [str(part) for part in argv],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=env,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=die_with_parent(death_signal),  # noqa: PLW1509 - no thread is running yet
        **(user or {}),
    )


def stop(process: Process, number: signal.Signals, *, seconds: float) -> None:
    """Ask a child to end, and end it when it does not."""
    if process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)


def end_family(process: Process) -> None:
    """End what a dead child has left behind in its session, such as web workers that hold the port."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def send_signal(pid: int, number: signal.Signals) -> None:
    """Signal a process that may have ended meanwhile."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def end_leftover(pid_file: Path, pattern: str, polite: signal.Signals, *, what: str) -> None:
    """End the server of an earlier start, known by its pid file and by its command line.

    Such a server is usually ending already, so it is given time before it is asked.
    """
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return

    def is_gone() -> bool:
        return re.search(pattern, command_line(pid)) is None

    if wait_until(is_gone, seconds=5):
        return
    send_signal(pid, polite)
    if not wait_until(is_gone, seconds=15):
        message = f"The {what} of an earlier start (process {pid}) does not end. End it and start again."
        raise ServiceError(message)


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command_line(pid: int) -> str:
    """The command line of a running process, empty when there is none."""
    if Path("/proc/self").exists():
        try:
            return (
                Path(f"/proc/{pid}/cmdline")
                .read_bytes()
                .replace(b"\0", b" ")
                .decode(errors="replace")
                .strip()
            )
        except OSError:
            return ""
    answer = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Whether the condition came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(pause)
    return condition()
