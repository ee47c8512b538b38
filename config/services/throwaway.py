"""A PostgreSQL for one test run: quick, private, gone afterwards."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path

from psycopg import sql

from config.services import binaries, postgres, processes

TEMPLATE = "motcua_template"
QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"),
    "autovacuum=off",  # what it sees of tests that are rolled back would change the plans that tests look at
)


class ThrowawayServer:
    """A server in a temporary folder that ends with the process that started it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
        self.folder.chmod(0o711)
        words = [secrets.token_urlsafe(16) for _ in range(3)]
        self.server = postgres.Server(
            programs=binaries.postgres_programs(self.folder),
            data=self.folder / "postgres",
            port=processes.free_port(),
            passwords=postgres.Passwords(*words),
            options=QUICK,
        )
        postgres.create_cluster(self.server)
        self.process = self.start()

    def start(self) -> processes.Process:
        """Start the server and prepare the two roles."""
        log_file = self.folder / "postgres.log"
        with log_file.open("ab") as log:
            process = postgres.start(self.server, log)
        postgres.wait_ready(self.server, process, log_file)
        postgres.ensure_roles(self.server)
        return process

    def remove(self) -> None:
        """End the server and leave nothing behind."""
        postgres.stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


def publish(server: postgres.Server) -> None:
    """Tell the processes of this run where the server is."""
    passwords = server.passwords
    os.environ["MOTCUA_TEST_SERVER"] = "|".join(
        (str(server.port), str(server.data.parent), passwords.superuser, passwords.owner, passwords.app)
    )


def published() -> postgres.Server:
    """The server of this run, as another process of the run told it."""
    port, folder, *words = os.environ["MOTCUA_TEST_SERVER"].split("|")
    return postgres.Server(Path(), Path(folder) / "postgres", int(port), postgres.Passwords(*words))


def clone_template(server: postgres.Server, name: str) -> None:
    """Replace a database by a fresh copy of the migrated template."""
    with server.connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )
