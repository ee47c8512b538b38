import errno
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.runner import options, preparation
from config.runner.options import Options
from config.runner.output import Output
from config.runner.supervisor import Part, StopAsked, Supervisor
from config.services import processes
from config.services.errors import ServiceError


def plain_options(**changes):
    facts = {"host": "127.0.0.1", "port": 8000, "data_dir": None, "is_check": False, "clock": None}
    return Options(**{**facts, **changes})


def test_parse_without_words_listens_on_this_machine_only():
    assert options.parse([]) == plain_options()


def test_parse_clock_without_zone_is_local_time():
    parsed = options.parse(["--clock", "2026-11-20T08:30"])

    assert parsed.clock == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)  # a Friday


def test_environment_with_clock_shifts_by_the_difference():
    now = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)  # a Saturday

    settings = options.parse(["--clock", "2026-11-20T08:30", "--port", "8123"]).environment(now)

    assert settings["MOTCUA_NOW_OFFSET"] == "-86400"
    assert settings["PUBLIC_URL"] == "http://127.0.0.1:8123"


def test_environment_behind_a_proxy_keeps_the_public_address(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://motcua.example.vn")

    settings = options.parse([]).environment(datetime(2026, 11, 21, 1, 30, tzinfo=UTC))  # a Saturday

    assert settings["PUBLIC_URL"] == "https://motcua.example.vn"
    assert "motcua.example.vn" in settings["ALLOWED_HOSTS"].split(",")


def test_require_free_port_taken_names_the_next_one():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(ServiceError, match=f"--port {port + 1}"):
            options.require_free_port("127.0.0.1", port, seconds=0)


def test_require_free_disk_nearly_full_says_how_much_is_left(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 5 * 1024**2})())

    with pytest.raises(ServiceError, match="only 5 MB left"):
        options.require_free_disk(tmp_path / "not" / "there")


def sleeper(name, starts):
    def start():
        starts.append(name)
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    return Part(name, start, signal.SIGTERM)


@pytest.fixture
def supervisor(tmp_path):
    found = Supervisor(Output(tmp_path / "up.log"))
    yield found
    found.stop_all()


def test_mend_starts_a_dead_part_again_after_a_pause(supervisor, capsys):
    starts = []
    part = sleeper("The web", starts)
    supervisor.add(part)
    part.process.kill()
    part.process.wait()
    at = time.monotonic()

    supervisor.mend(at)
    assert starts == ["The web"]
    supervisor.mend(at + 0.6)

    assert starts == ["The web", "The web"]
    assert part.process.poll() is None
    assert "The web ended unexpectedly (signal 9); starting it again in 0.5 s." in capsys.readouterr().err


def test_note_death_again_and_again_waits_longer_up_to_ten_seconds(supervisor):
    part = sleeper("Valkey", [])
    at = time.monotonic()
    pauses = []
    for _ in range(7):
        part.started_at = at
        supervisor.note_death(part, at)
        pauses.append(part.restart_at - at)

    assert [round(pause, 1) for pause in pauses] == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


SLEEPS = "import time; time.sleep(60)"
LEAVES_A_CHILD = (
    f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', '{SLEEPS}']);"
    f" print(child.pid, flush=True); {SLEEPS}"
)


def test_mend_ends_what_a_dead_part_left_behind(supervisor, tmp_path):
    said = tmp_path / "said"

    def start():
        with said.open("w") as out:
            return subprocess.Popen(
                [sys.executable, "-c", LEAVES_A_CHILD], stdout=out, start_new_session=True
            )

    part = Part("The web", start, signal.SIGTERM)
    supervisor.add(part)
    assert processes.wait_until(lambda: said.read_text().endswith("\n"), seconds=20)
    part.process.kill()
    part.process.wait()

    supervisor.mend(time.monotonic())

    left = int(said.read_text())
    assert processes.wait_until(lambda: not processes.command_line(left), seconds=20)


def test_output_on_a_full_disk_takes_the_line_and_not_the_office(tmp_path, capsys):
    Output(tmp_path / "no folder" / "up.log").say("The web runs again.")

    assert capsys.readouterr().out == "The web runs again.\n"


@pytest.mark.parametrize("error", [ServiceError("no disk"), OSError(errno.ENOSPC, "No space left on device")])
def test_restart_that_fails_is_tried_again_later(supervisor, error):
    def fail():
        raise error

    part = Part("PostgreSQL", fail, signal.SIGINT)
    supervisor.parts.append(part)

    supervisor.mend(100.0)

    assert part.restart_at == 110.0


def test_stop_all_ends_the_last_started_first(supervisor, monkeypatch):
    ended = []
    parts = [sleeper(name, []) for name in ("PostgreSQL", "The web")]
    for part in parts:
        supervisor.add(part)
        process = part.process
        send = process.send_signal
        process.send_signal = lambda number, name=part.name, send=send: (ended.append(name), send(number))

    supervisor.stop_all()

    assert ended == ["The web", "PostgreSQL"]


def test_ask_to_stop_while_starting_breaks_off(supervisor):
    with pytest.raises(StopAsked):
        supervisor.ask_to_stop()


def test_ask_to_stop_while_a_part_starts_waits_until_it_can_be_ended(supervisor):
    part = sleeper("Valkey", [])
    begin = part.start
    part.start = lambda: (supervisor.ask_to_stop(), begin())[1]

    with pytest.raises(StopAsked):
        supervisor.add(part)

    assert supervisor.parts == [part]


def test_ask_to_stop_while_watching_ends_the_watch(supervisor):
    supervisor.is_interruptible = False

    supervisor.ask_to_stop()
    supervisor.watch()

    assert supervisor.is_asked_to_stop


def test_fingerprint_changes_with_the_content(monkeypatch, tmp_path):
    monkeypatch.setattr(preparation, "ROOT", tmp_path)
    source = tmp_path / "data"
    source.mkdir()
    (source / "fees.json").write_text("8000")
    before = preparation.fingerprint([source])

    assert preparation.fingerprint([source]) == before
    (source / "fees.json").write_text("5000")
    assert preparation.fingerprint([source]) != before


def test_read_marks_without_collected_files_forgets_the_collecting(folder):
    folder.create()
    folder.postgres.mkdir()
    preparation.marks_file(folder).write_text('{"migrate": "a", "collectstatic": "b"}')

    assert preparation.read_marks(folder) == {"migrate": "a"}

    static = folder.path / "static" / "staticfiles.json"
    static.parent.mkdir()
    static.touch()
    assert preparation.read_marks(folder) == {"migrate": "a", "collectstatic": "b"}


def test_output_keeps_every_line_in_a_file(tmp_path, capsys):
    output = Output(tmp_path / "up.log")

    output.say("Ready")
    output.complain("Không đủ chỗ")

    assert Path(tmp_path / "up.log").read_text(encoding="utf-8") == "Ready\nKhông đủ chỗ\n"
    assert capsys.readouterr() == ("Ready\n", "Không đủ chỗ\n")
