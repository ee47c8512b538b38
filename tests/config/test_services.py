import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest

from config.services import postgres, processes, valkey
from config.services.embedded import EmbeddedServices, attach, services_for_command
from config.services.errors import ServiceError
from config.services.folder import ROOT, DataFolder, StarterLock, find_folder


@pytest.fixture
def services(folder):
    folder.create()
    return EmbeddedServices(folder)


def app_connection(services):
    return psycopg.connect(services.environment()["DATABASE_URL"], autocommit=True)


def owner_connection(services):
    return psycopg.connect(services.environment()["MIGRATION_DATABASE_URL"], autocommit=True)


def test_create_folder_keeps_keys_from_others(folder):
    assert folder.create()

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.path.glob("*.json")}
    assert modes == {"secrets.json": 0o600, "keys.json": 0o600}
    assert stat.S_IMODE(folder.path.stat().st_mode) & 0o066 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only for root do the servers run under another account")
def test_create_folder_where_the_servers_cannot_enter_refuses(folder):
    folder.path.parent.chmod(0o700)

    with pytest.raises(ServiceError, match="cannot enter"):
        folder.create()

    assert not folder.path.exists()


def test_create_folder_twice_keeps_the_first_keys(folder):
    folder.create()
    first = folder.secrets()

    folder.create()

    assert folder.secrets() == first


def test_find_folder_named_by_the_environment_wins_over_the_checkout(monkeypatch, tmp_path):
    monkeypatch.setenv("MOTCUA_DATA_DIR", str(tmp_path))

    assert find_folder() == DataFolder(tmp_path)
    assert find_folder("/srv/office") == DataFolder((ROOT / "/srv/office").resolve())


def test_postgres_killed_hard_keeps_what_was_committed(services):
    process = services.start_postgres()
    with owner_connection(services) as connection:
        connection.execute("CREATE TABLE note (text text)")
        connection.execute("INSERT INTO note VALUES ('giữ lại')")

    process.kill()
    process.wait()
    process = services.start_postgres()

    try:
        with app_connection(services) as connection:
            assert connection.execute("SELECT text FROM note").fetchall() == [("giữ lại",)]
    finally:
        postgres.stop(process)


def test_app_role_reads_and_writes_rows(running):
    with owner_connection(running) as connection:
        connection.execute("CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY, text text)")

    with app_connection(running) as connection:
        connection.execute("INSERT INTO note (text) VALUES ('một')")
        connection.execute("UPDATE note SET text = 'hai'")
        assert connection.execute("SELECT text FROM note").fetchall() == [("hai",)]
        connection.execute("DELETE FROM note")


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE kept",
        "DROP TABLE kept",
        "ALTER TABLE kept ADD COLUMN more text",
        "CREATE TABLE another (id int)",
        "CREATE ROLE another",
        "CREATE DATABASE another",
    ],
)
def test_app_role_changes_no_table(running, statement):
    with owner_connection(running) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (text text)")

    with app_connection(running) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def test_postgres_lowers_vietnamese_letters(running):
    with app_connection(running) as connection:
        assert connection.execute("SELECT lower('ĐẶNG THỊ Ớt')").fetchone() == ("đặng thị ớt",)


def test_postgres_without_password_refuses(running):
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(host="127.0.0.1", port=running.postgres.port, user="postgres", dbname="postgres")


def test_create_cluster_cut_off_starts_anew(services):
    half_made = services.folder.postgres.with_name("postgres.new")
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")

    process = services.start_postgres()
    postgres.stop(process)

    assert not half_made.exists()


def test_create_cluster_on_a_foreign_folder_refuses(services):
    services.folder.postgres.mkdir()
    processes.give_to_service_user(services.folder.postgres)
    (services.folder.postgres / "letter.txt").write_text("mine")

    with pytest.raises(ServiceError, match="is not a PostgreSQL data folder"):
        services.start_postgres()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that belongs to another")
def test_create_cluster_of_another_account_refuses(services):
    services.folder.postgres.mkdir()
    os.chown(services.folder.postgres, 1, 1)

    with pytest.raises(ServiceError, match="Start as the account that made it"):
        services.start_postgres()


def test_valkey_needs_its_password(services):
    process = services.start_valkey()
    try:
        assert valkey.is_ready(services.valkey)
        assert not valkey.is_ready(replace(services.valkey, password="guessed"))
    finally:
        valkey.stop(process)


def test_acquire_while_another_starter_lives_is_refused(folder):
    folder.create()
    first, second = StarterLock(folder), StarterLock(folder)

    assert first.acquire()
    assert not second.acquire()
    assert second.holder().startswith(f"{os.getpid()} ")

    first.release()
    assert second.acquire()
    second.release()


def test_services_for_command_attach_to_running_servers(folder):
    folder.create()
    with services_for_command(folder) as first, services_for_command(folder) as second:
        assert second == first
        with psycopg.connect(second["DATABASE_URL"]) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("motcua_app",)

    assert not folder.state.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first["DATABASE_URL"])


def test_attach_reads_what_was_announced(folder):
    folder.create()
    folder.state.write_text('{"REDIS_URL": "redis://x"}')

    assert attach(folder, StarterLock(folder)) == {"REDIS_URL": "redis://x"}


STARTER = """
import sys, time
from pathlib import Path
from config.services.embedded import services_for_command
from config.services.folder import DataFolder
with services_for_command(DataFolder(Path(sys.argv[1]))):
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its starter is gone")
def test_starter_killed_hard_leaves_no_server_and_the_next_start_works(folder):
    folder.create()
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with starter:
        assert starter.stdout.readline() == "ready\n"
        pids = [
            int((folder.postgres / "postmaster.pid").read_text().split("\n")[0]),
            int((folder.valkey / "valkey.pid").read_text()),
        ]
        assert all(str(folder.path) in processes.command_line(pid) for pid in pids)
        starter.send_signal(signal.SIGKILL)

    assert processes.wait_until(lambda: not any(map(processes.command_line, pids)), seconds=10)
    with (
        services_for_command(folder) as environment,
        psycopg.connect(environment["DATABASE_URL"]) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_command_line_of_no_process_is_empty():
    assert processes.command_line(2**22 + 1) == ""


def test_environment_says_whether_the_data_are_a_demonstration(running):
    plain = running.environment()["MOTCUA_DEMO"]
    running.folder.made_by_up.touch()
    try:
        demo = running.environment()["MOTCUA_DEMO"]
    finally:
        running.folder.made_by_up.unlink()

    assert (plain, demo) == ("", "1")
