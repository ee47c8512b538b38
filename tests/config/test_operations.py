"""The start without containers, as the operator's page says it, on the server of the tests."""

import http.client
import json
import os
import re
import shlex
import subprocess
import sys

import pytest

from config.services import binaries, processes, throwaway
from config.services.folder import ROOT
from config.services.postgres import SUPERUSER
from tests.offices import clean_environment, open_place

PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
CHAPTER = PAGE.partition("## Start without containers\n")[2].partition("\n## ")[0]
DATABASE, ENVIRONMENT, COMMANDS, PROCESSES = re.findall(
    r"^```\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL
)
NAME = "motcua_by_the_page"
PARTS = (ROOT / "config/runner/parts.py").read_text(encoding="utf-8")


@pytest.fixture
def server(django_db_setup):
    found = throwaway.published()
    yield found
    with found.connect() as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@pytest.fixture
def place(server):
    """A machine as the page wants it: its folders, its secrets, its account of PostgreSQL's programs."""
    with open_place() as folder:
        folder.path.mkdir()
        words = {"app_password": server.passwords.app, "owner_password": server.passwords.owner}
        for name, word in (words | {"secret_key": "x" * 64, "metrics_token": "m" * 64}).items():
            (folder.path / name).write_text(f"{word}\n", encoding="utf-8")
        keys = json.dumps({"1": "0" * 64, "index": "1" * 64})
        (folder.path / "keys.json").write_text(keys, encoding="utf-8")
        yield folder.path


def here(text, server, place, port=0):
    """The text of the page with the addresses, folders and programs of this machine."""
    for theirs, ours in (
        (".venv/bin/python", sys.executable),
        ("/etc/mot-cua/environment", str(place / "environment")),
        ("/etc/mot-cua", str(place)),
        ("/srv/mot-cua", str(place)),
        ("@db/motcua", f"@127.0.0.1:{server.port}/{NAME}"),
        ("python3 manage.py", f"{sys.executable} manage.py"),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
    ):
        text = text.replace(theirs, ours)
    return text


def create_database(server, place):
    """With the words of the page, then filled from the template: the tables are made in other tests."""
    [words] = [shlex.split(line) for line in DATABASE.splitlines() if line.startswith("createdb ")]
    login = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": SUPERUSER}
    done = subprocess.run(
        [binaries.postgres_programs(place) / words[0], *words[1:-1], NAME],
        env=clean_environment() | login | {"PGPASSWORD": server.passwords.superuser},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    throwaway.clone_template(server, NAME)
    return done.returncode, done.stderr


def answer(port):
    """As the proxy asks: status, and what becomes of the connection; None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/", headers={"Host": "motcua.example.vn", "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        return response.status, response.headers["Connection"]
    except OSError:
        return None
    finally:
        connection.close()


def test_office_starts_without_containers_as_the_page_says(server, place):
    port = processes.free_port()
    assert create_database(server, place) == (0, "")
    (place / "environment").write_text(here(ENVIRONMENT, server, place), encoding="utf-8")
    line = " && ".join(here(COMMANDS, server, place).splitlines())
    prepared = subprocess.run(
        ["sh", "-c", line], cwd=ROOT, env=clean_environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    assert "one-time password" in prepared.stdout
    with (place / "web.log").open("wb") as log:
        line = here(PROCESSES.splitlines()[0], server, place, port)
        web = subprocess.Popen(
            ["sh", "-c", f". {place / 'environment'}; exec {line}"], cwd=ROOT, env=clean_environment(),
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            processes.wait_until(lambda: web.poll() is not None or answer(port), seconds=60, pause=0.3)
            # A connection that is kept would bind the proxy to one process while the other rests.
            assert answer(port) == (200, "close"), (place / "web.log").read_text(encoding="utf-8")
        finally:
            web.terminate()
            web.wait(20)


@pytest.mark.parametrize("line", PROCESSES.splitlines(), ids=["web", "worker", "beat"])
def test_documented_processes_take_the_options_of_the_own_start(line):
    options = [word for word in shlex.split(line) if word.startswith("--")]

    assert options
    assert [word for word in options if f'"{word}"' not in PARTS] == []
    assert os.sep not in "".join(options)
