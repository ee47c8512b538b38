"""One PostgreSQL server on the loopback address, its roles and its databases."""

import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from config.services import processes
from config.services.errors import ServiceError

OWNER_ROLE = "motcua_owner"
APP_ROLE = "motcua_app"
DATABASE = "motcua"
SUPERUSER = "postgres"
OLDEST_MAJOR = 17


@dataclass(frozen=True)
class Passwords:
    """The passwords of the three roles; none of them leaves the data folder."""

    superuser: str = field(repr=False)
    owner: str = field(repr=False)
    app: str = field(repr=False)


@dataclass(frozen=True)
class Server:
    """A server that is, or will be, at this port with this data."""

    programs: Path
    data: Path
    port: int
    passwords: Passwords
    options: tuple[str, ...] = ()

    def connect(self, database: str = "postgres", *, user: str = SUPERUSER) -> psycopg.Connection:
        """A connection in which every statement stands alone."""
        passwords = {SUPERUSER: self.passwords.superuser, OWNER_ROLE: self.passwords.owner}
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=database,
            user=user,
            password=passwords.get(user, self.passwords.app),
            connect_timeout=5,
            autocommit=True,
        )

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database for one of the two roles."""
        password = self.passwords.owner if role == OWNER_ROLE else self.passwords.app
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"


def create_cluster(server: Server) -> None:
    """Make the data folder; a start that was cut off leaves nothing that looks complete."""
    if server.data.exists():
        check_cluster(server.data)
        return
    half_made = server.data.with_name(server.data.name + ".new")
    shutil.rmtree(half_made, ignore_errors=True)
    half_made.mkdir(mode=0o700)
    processes.give_to_service_user(half_made)
    password_file = half_made.with_name("superuser-password")
    password_file.touch(mode=0o600)
    password_file.write_text(server.passwords.superuser, encoding="utf-8")
    processes.give_to_service_user(password_file)
    try:
        run_initdb(server, half_made, password_file)
    finally:
        password_file.unlink()
    half_made.rename(server.data)


def run_initdb(server: Server, data: Path, password_file: Path) -> None:
    """Initialise with the same text rules on every installation."""
    argv = [
        *(
            str(server.programs / "initdb"),
            "-D",
            str(data),
            "-U",
            SUPERUSER,
            "-E",
            "UTF8",
            "--no-instructions",
        ),
        *("--auth=scram-sha-256", f"--pwfile={password_file}", "--locale=C"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(["--no-sync"] if "fsync=off" in server.options else []),
    ]
    answer = subprocess.run(
        argv, capture_output=True, text=True, check=False, cwd="/", **processes.as_service_user()
    )
    if answer.returncode:
        message = f"PostgreSQL could not make its data folder {data}:\n{answer.stderr.strip()}"
        raise ServiceError(message)


def check_cluster(data: Path) -> None:
    """Refuse data that this program or this account cannot read."""
    if data.owner() != processes.server_account():
        message = f"{data} belongs to the account {data.owner()}. Start as the account that made it."
        raise ServiceError(message)
    version_file = data / "PG_VERSION"
    if not version_file.is_file():
        message = f"{data} is not a PostgreSQL data folder. Move it away and start again."
        raise ServiceError(message)
    if int(version_file.read_text().strip()) < OLDEST_MAJOR:
        message = f"{data} was made by a PostgreSQL older than {OLDEST_MAJOR}."
        raise ServiceError(message)


def start(server: Server, log: IO[bytes]) -> processes.Process:
    """Start the server; `wait_ready` says when it answers."""
    end_leftover(server.data)
    return processes.spawn(
        [
            *(server.programs / "postgres", "-D", server.data, "-p", str(server.port)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
            *("-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "lc_messages=C"),
            *(word for option in server.options for word in ("-c", option)),
        ],
        log=log,
        death_signal=signal.SIGINT,
        user=processes.as_service_user(),
    )


def end_leftover(data: Path) -> None:
    """End the server of an earlier start that still holds this folder."""
    processes.end_leftover(
        data / "postmaster.pid",
        rf"postgres .*-D {re.escape(str(data))}( |$)",
        signal.SIGINT,
        what="PostgreSQL",
    )


def is_ready(server: Server) -> bool:
    """Whether the server answers a question."""
    try:
        with server.connect() as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def wait_ready(server: Server, process: processes.Process, log: Path) -> None:
    """Return when the server answers; say where its log is when it does not."""
    processes.wait_until(lambda: process.poll() is not None or is_ready(server), seconds=60)
    if process.poll() is not None or not is_ready(server):
        processes.stop(process, signal.SIGINT, seconds=5)
        message = f"PostgreSQL did not start; {log} says why."
        raise ServiceError(message)


def stop(process: processes.Process) -> None:
    """A fast shutdown: open transactions are rolled back, nothing committed is lost."""
    processes.stop(process, signal.SIGINT, seconds=20)


def ensure_roles(server: Server) -> None:
    """The owner of the tables and the application role, which owns nothing."""
    with server.connect() as connection:
        for role, password in ((OWNER_ROLE, server.passwords.owner), (APP_ROLE, server.passwords.app)):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = "ALTER" if known else "CREATE"
            statement = (
                "{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD {password}"
            )
            connection.execute(
                sql.SQL(statement).format(
                    verb=sql.SQL(verb), role=sql.Identifier(role), password=sql.Literal(password)
                )
            )


def ensure_database(server: Server, name: str = DATABASE, *, grants: bool = True) -> None:
    """A database of the owner in which the application role reads and writes rows, and no more.

    A backup brings its own grants: given beforehand, they would open the history tables again.
    """
    with server.connect() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER_ROLE))
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(APP_ROLE)
            )
        )
    if not grants:
        return
    with server.connect(name, user=OWNER_ROLE) as connection:
        for statement in (
            "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
            "ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {}",
        ):
            connection.execute(sql.SQL(statement).format(sql.Identifier(APP_ROLE)))
