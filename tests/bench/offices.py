"""Whole offices to be measured, side by side, each on its own data folder; all end with the command."""

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg

from config.runner import options, parts, preparation
from config.runner.output import Output
from config.services import postgres, processes, valkey
from config.services.embedded import EmbeddedServices
from config.services.errors import ServiceError
from config.services.folder import DataFolder, StarterLock
from tests.bench.meters import Statements, processor_seconds

WATCHED = (
    "shared_preload_libraries=pg_stat_statements",
    "pg_stat_statements.max=10000",
    "pg_stat_statements.track_planning=on",
)
"""What the database counts while it is measured, told on its command line: no file of the folder changes."""
NO_LIMIT = str(10**9)
"""Requests a minute with one key: a benchmark is no honest customer."""
OPENS = time(9)
SATURDAY = 5


@dataclass
class Office:
    """An office that answers: its pages, the bare pages beside them, its database, and who may sign in."""

    name: str
    cases: int
    services: EmbeddedServices
    environment: dict[str, str]
    port: int
    bare_port: int
    roots: dict[str, int]
    passwords: dict[str, str]
    statements: Statements

    def connect(self):
        """A connection as the application role, in which every statement stands alone."""
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def processor_seconds(self):
        """Processor spent so far by the web (both of them: one rests) and by the database."""
        spent = processor_seconds(**self.roots)
        return {"web": spent["web"] + spent["bare"], "database": spent["database"]}


def generated(folder):
    """How many invented cases the folder holds, and the last day of them."""
    path = folder.path / "generated.json"
    if not path.exists():
        message = f"{folder.path} holds no generated cases."
        raise ServiceError(message)
    runs = json.loads(path.read_text(encoding="utf-8"))
    return sum(run["cases"] for run in runs), max(date.fromisoformat(run["until"]) for run in runs)


def morning_after(day):
    """When the office of a measurement opens: nine o'clock on the next weekday after the last case came."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, ZoneInfo("Asia/Ho_Chi_Minh"))


@contextmanager
def held(path):
    """The data folder, which nobody else may start on meanwhile."""
    folder = DataFolder(path.resolve())
    lock = StarterLock(folder)
    if not lock.acquire():
        message = f"Another start already uses {folder.path}: process {lock.holder()}"
        raise ServiceError(message)
    try:
        yield folder
    finally:
        lock.release()


@contextmanager
def opened(path, say):
    """An office on this folder without worker and clockwork, ready to be measured."""
    with ExitStack() as ends:
        folder = ends.enter_context(held(path))
        cases, last = generated(folder)
        folder.state.unlink(missing_ok=True)
        services = EmbeddedServices(folder)
        services.postgres = replace(services.postgres, options=WATCHED)
        place = options.Options("127.0.0.1", processes.free_port(), None, False, morning_after(last))
        bare = replace(place, port=processes.free_port())
        environment = services.environment() | place.environment(options.machine_now())
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "API_PER_MINUTE_TOKEN": NO_LIMIT,
        }
        say(f"{path.name}: starting, {cases:,} cases")
        database = services.start_postgres()
        ends.callback(postgres.stop, database)
        ends.callback(valkey.stop, services.start_valkey())
        preparation.prepare(folder, environment, Output(folder.log_file("bench")), is_demo=True)
        say(f"{path.name}: VACUUM (ANALYZE)")
        with services.postgres.connect(postgres.DATABASE) as connection:
            connection.execute("VACUUM (ANALYZE, INDEX_CLEANUP ON)")
            connection.execute("CHECKPOINT")
        statements = Statements(services.postgres, postgres.DATABASE)
        ends.callback(statements.close)
        web = parts.web_part(folder, environment, place)
        beside = parts.web_part(folder, environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.bare"}, bare)
        for part in (web, beside):
            part.begin(0)
            ends.callback(processes.stop, part.process, part.stop_signal, seconds=20)
        rows = json.loads(folder.demo_accounts.read_text(encoding="utf-8"))
        yield Office(
            name=path.name,
            cases=cases,
            services=services,
            environment=environment,
            port=place.port,
            bare_port=bare.port,
            roots={"web": web.process.pid, "bare": beside.process.pid, "database": database.pid},
            passwords={row["username"]: row["password"] for row in rows},
            statements=statements,
        )
