"""The pytest plugin of the project: a throw-away PostgreSQL, the application role, no way out.

The server starts before Django reads its settings. The owner migrates a template once per run; every process
of the run works on its own copy as the application role, which owns nothing, exactly as in the office.
"""

import atexit
import fcntl
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.services import postgres, throwaway

ROOT = Path(__file__).resolve().parent.parent
INSTALL_CHROMIUM = "Install it: apt-get update && apt-get install -y chromium"
LEFT_OUT = pytest.StashKey[int]()
OF_AN_INSTALLATION = (
    *(
        "ALLOWED_HOSTS",
        "DATABASE_POOLER",
        "DATABASE_URL",
        "MIGRATION_DATABASE_URL",
        "MOTCUA_DATA_DIR",
        "MOTCUA_DEMO",
        "MOTCUA_KEYS",
    ),
    *("EMAIL_FROM", "EMAIL_HOST", "EMAIL_HOST_PASSWORD", "EMAIL_HOST_USER", "EMAIL_PORT", "EMAIL_USE_SSL"),
    *("EMAIL_HOST_PASSWORD_FILE", "SMS_GATEWAY_TOKEN_FILE", "SECRET_KEY_FILE", "SECURE_HSTS_SECONDS"),
    *("EMAIL_USE_TLS", "HOTLINE", "SMS_GATEWAY_TOKEN", "SMS_GATEWAY_URL"),
    *("MOTCUA_NOW_OFFSET", "PUBLIC_URL", "REDIS_URL", "SECRET_KEY", "STATIC_ROOT", "TRUSTED_PROXIES"),
)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the server before pytest-django looks for the settings; it ends with this process.

    Nothing that the environment says of a real installation reaches the tests.
    """
    for name in OF_AN_INSTALLATION:
        os.environ.pop(name, None)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if worker == "main":
        server = throwaway.ThrowawayServer()
        atexit.register(server.remove)
        throwaway.publish(server.server)
    published = throwaway.published()
    os.environ["DATABASE_URL"] = published.url(postgres.APP_ROLE, f"motcua_test_{worker}")
    os.environ["MOTCUA_DATA_DIR"] = str(published.data.with_name("data"))
    refuse_foreign_sockets()
    return (yield)


def chromium() -> str | None:
    """The browser of the distribution, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where no browser is, unless one is required."""
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if not browser_tests or chromium():
        return
    if os.environ.get("MOTCUA_BROWSER") == "required":
        message = f"MOTCUA_BROWSER=required, but there is no Chromium. {INSTALL_CHROMIUM}"
        raise pytest.UsageError(message)
    items[:] = [item for item in items if not item.get_closest_marker("browser")]
    config.hook.pytest_deselected(items=browser_tests)
    config.stash[LEFT_OUT] = len(browser_tests)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many browser tests were left out, and how to have them."""
    left_out = config.stash.get(LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(
            f"{left_out} browser tests were left out: no Chromium. {INSTALL_CHROMIUM}"
        )


def build_template_once(server: postgres.Server) -> None:
    """Migrate and load the reference data as the owner; the first process of the run does it for all."""
    with server.data.with_name("template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with server.connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate"
            if connection.execute(query, [throwaway.TEMPLATE]).fetchone():
                return
        postgres.ensure_database(server, throwaway.TEMPLATE)
        url = server.url(postgres.OWNER_ROLE, throwaway.TEMPLATE)
        run_django("migrate", "--verbosity=0", "--skip-checks", database_url=url)
        run_django("grant_rights", database_url=url)
        run_django("load_reference", database_url=url)
        with server.connect() as connection:
            connection.execute(f"ALTER DATABASE {throwaway.TEMPLATE} IS_TEMPLATE true")


def run_django(*command: str, database_url: str) -> None:
    """Run one command with the settings of the tests; its own words are the message when it fails."""
    code = "from django.core.management import execute_from_command_line as run; import sys; run(sys.argv)"
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": str(ROOT),
    }
    answer = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        pytest.exit(f"`{' '.join(command)}` failed:\n{answer.stdout}{answer.stderr}", returncode=3)


class ForeignSocketError(RuntimeError):
    """A test tried to leave this machine."""


def refuse_foreign_sockets() -> None:
    """Let Python's sockets reach only the loopback address and sockets in the file system."""
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, only_loopback(getattr(socket.socket, name)))


def only_loopback(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, refusing any other machine."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(str(address[0])):
            self.close()
            message = f"A test may not reach {address[0]}."
            raise ForeignSocketError(message)
        return method(self, address)

    return guarded


def is_loopback(host: str) -> bool:
    """Whether an address stays on this machine; names other than localhost would need a foreign resolver."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
