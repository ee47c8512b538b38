"""The office that things happen to: a disk of its own, a gateway, a service manager that starts it again.

The service manager does what systemd does in real service: when the runner has ended, it is started again.
Nothing else is done by hand. The disk is a file system of its own, so that it can be full.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from config.runner.options import machine_now
from config.services import postgres, processes
from config.services.folder import ROOT, DataFolder
from tests.offices import UP, clean_environment
from tests.servers.sms_gateway import TOKEN, sms_gateway

MEGABYTE = 1024**2
AMPLE_MB, SMALL_MB = 4096, 300
START_SECONDS = 300
AS_ROOT = [] if os.geteuid() == 0 else ["sudo", "-n"]


class NeverCame(AssertionError):
    """What an office that recovers by itself would have done."""


class Place:
    """One office from its first start to its end."""

    def __init__(self, port, clock):
        self.port, self.offset = port, 0
        self.set_clock(clock)
        self.root = Path(tempfile.mkdtemp(prefix="motcua-faults-"))
        self.root.chmod(0o711)
        self.folder = DataFolder(self.root / "disk" / "data")
        self.url = f"http://127.0.0.1:{port}"
        self.gateway, self.runner, self.is_open = None, None, False
        self.starts, self.spawned, self.managing = 0, [], threading.Lock()

    def set_clock(self, moment):
        """What the clock on the wall shows from the next start on."""
        self.offset = round((moment - machine_now()).total_seconds())

    def environment(self):
        return clean_environment() | {
            "MOTCUA_NOW_OFFSET": str(self.offset),
            "SMS_GATEWAY_URL": self.gateway.url,
            "SMS_GATEWAY_TOKEN": TOKEN,
            **dict.fromkeys(("API_PER_MINUTE_TOKEN", "API_PER_MINUTE_ADDRESS"), "1000000"),
        }

    def spawn(self, *words, port=None):
        """Call the runner; what it says goes into a file."""
        argv = [*UP, "--port", str(port or self.port), "--data-dir", str(self.folder.path), *words]
        with (self.root / "said.txt").open("ab") as said:
            runner = subprocess.Popen(argv, cwd=ROOT, env=self.environment(), stdout=said, stderr=said)
        self.spawned.append(runner)
        return runner

    def begin(self):
        """The first start invents people; then the office stops being a demonstration and sends messages."""
        self.runner = self.spawn()
        self.wait(self.folder.state.exists, "the first start", seconds=START_SECONDS)
        self.wait(self.answers, "the first pages")
        self.end_runner()
        self.folder.made_by_up.unlink()
        self.is_open = True
        threading.Thread(target=self.manage, daemon=True).start()
        self.wait(self.answers, "the pages")

    def manage(self):
        """Start the runner again whenever it has ended, as a service manager does."""
        while self.is_open:
            with self.managing:
                if self.is_open and self.runner.poll() is not None:
                    self.runner = self.spawn()
                    self.starts += 1
            time.sleep(0.5)

    def adopt(self, runner):
        """From now on the service manager looks after this one."""
        with self.managing:
            self.runner = runner

    def end_runner(self):
        self.runner.send_signal(signal.SIGTERM)
        self.runner.wait(60)

    def close(self):
        with self.managing:
            self.is_open = False
        self.end_runner()
        for runner in self.spawned:
            runner.wait(60)

    def passwords(self):
        rows = json.loads(self.folder.demo_accounts.read_text(encoding="utf-8"))
        return {row["username"]: row["password"] for row in rows}

    def wait(self, condition, what, *, seconds=180):
        """Wait for what must come; the limit only keeps a broken office from waiting for ever."""
        if not processes.wait_until(condition, seconds=seconds, pause=0.1):
            said = (self.root / "said.txt").read_text(errors="replace")
            raise NeverCame(what, seconds, said[-4000:])

    def answers(self):
        return self.health()[0] in {200, 503}

    def health(self, port=None):
        """Status and parts of /health/; no status while nobody answers."""
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request("GET", "/health/", headers={"Connection": "close"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())["parts"]
        except (OSError, HTTPException, ValueError):
            return None, {}
        finally:
            connection.close()

    def is_well(self):
        """Every part runs; the morning check is left to the clock, which may stand near midnight."""
        _status, parts = self.health()
        return bool(parts) and all(found["ok"] for part, found in parts.items() if part != "morning_check")

    # What can be done to it.

    def parts(self):
        """Number and command line of each child of the runner."""
        answer = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.runner.pid)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return [(int(line.split()[0]), line) for line in answer.stdout.splitlines()]

    def part(self, words):
        """The number of the part whose command line holds these words, once it runs."""
        found = []

        def is_there():
            found[:] = [pid for pid, line in self.parts() if words in line]
            return bool(found)

        self.wait(is_there, f"a part {words!r}")
        return found[0]

    def signal_part(self, words, number, *, family=False):
        pid = self.part(words)
        (os.killpg if family else os.kill)(pid, number)

    def running(self):
        """What the running start tells other commands."""
        return json.loads(self.folder.state.read_text(encoding="utf-8"))

    def valkey_port(self):
        return int(self.running()["REDIS_URL"].rpartition(":")[2].split("/")[0])

    def ask_valkey(self, words):
        password = self.folder.secrets()["valkey"]
        with socket.create_connection(("127.0.0.1", self.valkey_port()), timeout=10) as connection:
            connection.sendall(f"AUTH {password}\r\n{words}\r\nQUIT\r\n".encode())
            with connection.makefile("rb") as answer:
                return answer.read()

    @contextmanager
    def without_valkey(self):
        """Valkey is gone, and does not come back while another program holds its port."""
        port = self.valkey_port()
        self.signal_part("valkey", signal.SIGKILL)
        with socket.socket() as holder:
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.wait(lambda: taken(holder, port), "the port of Valkey")
            yield

    @contextmanager
    def full_disk(self):
        """The file system shrinks to 300 MB, or to what lies on it, and another file fills it to the brim."""
        used = shutil.disk_usage(self.root / "disk").used // MEGABYTE
        resize(self.root / "disk", max(SMALL_MB, used + 2))
        ballast = self.root / "disk" / "ballast"
        try:
            fill(ballast)
            yield
        finally:
            ballast.unlink(missing_ok=True)
            resize(self.root / "disk", AMPLE_MB)

    def disk_sizes(self):
        """Megabytes of the file system: all, and free."""
        sizes = shutil.disk_usage(self.root / "disk")
        return {"total": sizes.total // MEGABYTE, "free_bytes": sizes.free}

    @contextmanager
    def later_web(self, seconds):
        """A second web process on the same data whose clock runs ahead: what will be seen after that time."""
        port = processes.free_port()
        environment = self.environment() | self.running()
        environment |= {
            "MOTCUA_NOW_OFFSET": str(self.offset + seconds),
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
        }
        argv = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
        argv += ["--no-control-socket", "--log-level", "warning", "--threads", "2"]
        with (self.root / "later.txt").open("ab") as said:
            web = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            yield port
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(30)

    def jump(self, clock):
        """The clock is set to another moment; the office reads it anew when it starts."""
        self.set_clock(clock)
        with suppress(ProcessLookupError):
            self.runner.send_signal(signal.SIGTERM)

    def now(self):
        """What the clock on the wall of the office shows."""
        return datetime.fromtimestamp(time.time() + self.offset, UTC)

    def database(self):
        """A connection that sees everything, past the application."""
        server = postgres.Server(
            Path(), self.folder.postgres, port_of(self.running()["DATABASE_URL"]), self.secrets()
        )
        return server.connect(postgres.DATABASE)

    def secrets(self):
        words = self.folder.secrets()
        return postgres.Passwords(words["superuser"], words["owner"], words["app"])

    def command(self, *words):
        """A command of the office on the running data."""
        environment = clean_environment() | {"MOTCUA_DATA_DIR": str(self.folder.path)}
        argv = [sys.executable, "manage.py", *words]
        answer = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return answer.returncode, answer.stdout + answer.stderr


@contextmanager
def open_office(port, clock):
    """An office for faults, with its disk and its gateway, gone afterwards."""
    place = Place(port, clock)
    disk = place.root / "disk"
    disk.mkdir(mode=0o711)
    with sms_gateway() as place.gateway:
        mount(disk, AMPLE_MB)
        try:
            place.begin()
            yield place
        finally:
            place.close()
            as_root("umount", "--lazy", str(disk))
            shutil.rmtree(place.root, ignore_errors=True)


def port_of(url):
    return int(url.rpartition(":")[2].split("/")[0])


def taken(holder, port):
    try:
        holder.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def fill(ballast):
    """Write until nothing more fits."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 512)


def mount(folder, megabytes):
    as_root("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "motcua-faults", str(folder))


def resize(folder, megabytes):
    as_root("mount", "-o", f"remount,size={megabytes}m", str(folder))


def as_root(*argv):
    """Faults of a disk need a disk of one's own."""
    answer = subprocess.run([*AS_ROOT, *argv], capture_output=True, text=True, check=False)
    if answer.returncode:
        words = f"{' '.join(argv)}: {answer.stderr.strip()} (faults of a disk mount a small one as root)"
        raise DiskError(words)


class DiskError(RuntimeError):
    """No disk of one's own could be had."""
