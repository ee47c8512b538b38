"""The two servers of one data folder, and how a command comes to them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import psycopg

from config.services import binaries, postgres, processes, valkey
from config.services.errors import ServiceError
from config.services.folder import DataFolder, StarterLock


class EmbeddedServices:
    """PostgreSQL and Valkey on ports that stay the same while their starter lives."""

    def __init__(self, folder: DataFolder) -> None:
        words = folder.secrets()
        self.folder = folder
        self.secret_key = words["secret_key"]
        self.postgres = postgres.Server(
            programs=binaries.postgres_programs(folder.path),
            data=folder.postgres,
            port=processes.free_port(),
            passwords=postgres.Passwords(words["superuser"], words["owner"], words["app"]),
        )
        self.valkey = valkey.Server(
            program=binaries.valkey_program(folder.path),
            data=folder.valkey,
            port=processes.free_port(),
            password=words["valkey"],
        )

    def start_postgres(self, *, is_empty: bool = False) -> processes.Process:
        """Start PostgreSQL and return when it answers; an empty database waits for a backup."""
        postgres.create_cluster(self.postgres)
        with self.folder.open_log("postgres") as log:
            process = postgres.start(self.postgres, log)
        postgres.wait_ready(self.postgres, process, self.folder.log_file("postgres"))
        try:
            postgres.ensure_roles(self.postgres)
            postgres.ensure_database(self.postgres, grants=not is_empty)
        except psycopg.Error as error:
            postgres.stop(process)
            message = f"PostgreSQL answers, but does not write: {error}"
            raise ServiceError(message) from error
        return process

    def start_valkey(self) -> processes.Process:
        """Start Valkey and return when it answers."""
        with self.folder.open_log("valkey") as log:
            process = valkey.start(self.valkey, log)
        valkey.wait_ready(self.valkey, process, self.folder.log_file("valkey"))
        return process

    def environment(self) -> dict[str, str]:
        """What Django has to know to be a client of these servers."""
        return {
            "MOTCUA_DATA_DIR": str(self.folder.path),
            "DATABASE_URL": self.postgres.url(postgres.APP_ROLE),
            "MIGRATION_DATABASE_URL": self.postgres.url(postgres.OWNER_ROLE),
            "REDIS_URL": self.valkey.url,
            "SECRET_KEY": self.secret_key,
            "MOTCUA_DEMO": "1" if self.folder.made_by_up.exists() else "",
        }


def announce(folder: DataFolder, environment: Mapping[str, str]) -> None:
    """Tell the other commands how to reach the running servers."""
    half_made = folder.state.with_suffix(".new")
    half_made.touch(mode=0o600)
    half_made.write_text(json.dumps(dict(environment)), encoding="utf-8")
    half_made.rename(folder.state)


def attach(folder: DataFolder, lock: StarterLock) -> dict[str, str]:
    """The environment of the servers that another command runs; waits while they start."""
    if not processes.wait_until(folder.state.exists, seconds=60):
        message = f"Another start on {folder.path} is not ready: {lock.holder()}"
        raise ServiceError(message)
    environment: dict[str, str] = json.loads(folder.state.read_text(encoding="utf-8"))
    return environment


@contextmanager
def services_for_command(folder: DataFolder) -> Iterator[dict[str, str]]:
    """The running servers, or servers started for the time of one command."""
    lock = StarterLock(folder)
    if not lock.acquire():
        yield attach(folder, lock)
        return
    folder.state.unlink(missing_ok=True)
    with ExitStack() as ends:
        ends.callback(lock.release)
        services = EmbeddedServices(folder)
        ends.callback(postgres.stop, services.start_postgres())
        ends.callback(valkey.stop, services.start_valkey())
        ends.callback(folder.state.unlink, missing_ok=True)
        announce(folder, services.environment())
        yield services.environment()
