"""The processes of the office and their command lines."""

import http.client
import os
import signal
import sys
from collections.abc import Mapping
from http import HTTPStatus

from config.runner.options import Options
from config.runner.supervisor import Part
from config.services import processes
from config.services.embedded import EmbeddedServices
from config.services.errors import ServiceError
from config.services.folder import ROOT, DataFolder

WEB_PROCESSES, WEB_THREADS, WORKER_PROCESSES = 2, 8, 2


def postgres_part(services: EmbeddedServices) -> Part:
    """The database."""
    return Part("PostgreSQL", services.start_postgres, signal.SIGINT)


def valkey_part(services: EmbeddedServices) -> Part:
    """The queue."""
    return Part("Valkey", services.start_valkey, signal.SIGTERM)


def web_part(folder: DataFolder, environment: Mapping[str, str], options: Options) -> Part:
    """The pages."""
    argv = web_words(f"{options.host}:{options.port}")

    def start() -> processes.Process:
        process = spawn_python(folder, environment, "web", argv, death_signal=signal.SIGQUIT)
        if not processes.wait_until(lambda: process.poll() is not None or answers(options), seconds=60):
            processes.stop(process, signal.SIGTERM, seconds=5)
        if process.poll() is not None:
            message = f"The web pages did not start; {folder.log_file('web')} says why."
            raise ServiceError(message)
        return process

    return Part("The web", start, signal.SIGTERM)


def web_words(address: str) -> list[str]:
    """What Python is told to answer pages at an address; why no connection is kept: decision 0023."""
    return [
        *("-m", "gunicorn", "config.wsgi:application", "--bind", address),
        *("--worker-class", "gthread", "--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS)),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "0"),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def worker_part(folder: DataFolder, environment: Mapping[str, str]) -> Part:
    """The worker of the queue."""
    argv = [
        *("-m", "celery", "-A", "config.celery", "worker", "--loglevel", "WARNING"),
        *("--concurrency", str(WORKER_PROCESSES), "--without-gossip", "--without-mingle"),
    ]
    return Part("The worker", lambda: spawn_python(folder, environment, "worker", argv), signal.SIGTERM)


def beat_part(folder: DataFolder, environment: Mapping[str, str]) -> Part:
    """The clockwork that wakes the worker."""
    schedule = str(folder.path / "beat-schedule")
    argv = [
        *("-m", "celery", "-A", "config.celery", "beat", "--loglevel", "WARNING"),
        *("--schedule", schedule, "--pidfile", ""),
    ]
    return Part("The clockwork", lambda: spawn_python(folder, environment, "beat", argv), signal.SIGTERM)


def spawn_python(
    folder: DataFolder,
    environment: Mapping[str, str],
    name: str,
    argv: list[str],
    *,
    death_signal: signal.Signals = signal.SIGTERM,
) -> processes.Process:
    """Start one of our own programs with its own log."""
    with folder.open_log(name) as log:
        return processes.spawn(
            [sys.executable, *argv],
            log=log,
            death_signal=death_signal,
            env=os.environ | dict(environment),
            cwd=ROOT,
        )


def answers(options: Options) -> bool:
    """Whether the pages answer at all; that a part behind them is away is an answer too."""
    connection = http.client.HTTPConnection(options.address, options.port, timeout=20)
    try:
        connection.request("GET", "/", headers={"Connection": "close"})
        return connection.getresponse().status != HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()
