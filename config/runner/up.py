"""``manage.py up``: the whole office on this machine with one command."""

import json
import os
import sys
from collections.abc import Sequence

from config import check
from config.runner import options as words_of_up
from config.runner import parts, preparation
from config.runner.options import Options
from config.runner.output import Output
from config.runner.supervisor import StopAsked, Supervisor
from config.services.embedded import EmbeddedServices, announce
from config.services.errors import ServiceError
from config.services.folder import DataFolder, StarterLock, find_folder


def main(words: Sequence[str]) -> int:
    """Start, watch until the end is wished for, stop; the exit code says whether all went well."""
    os.umask(0o077)  # what is written below the data folder is nobody else's to read
    options = words_of_up.parse(words)
    folder = find_folder(options.data_dir)
    lock = StarterLock(folder)
    try:
        if not folder.postgres.exists():
            words_of_up.require_free_disk(folder.path)
        is_new = folder.create()
        if not lock.acquire():
            message = f"Another start already uses {folder.path}: process {lock.holder()}"
            raise ServiceError(message)  # noqa: TRY301
        folder.state.unlink(missing_ok=True)
        words_of_up.require_free_port(options.host, options.port)
    except ServiceError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    if is_new:
        folder.made_by_up.touch()
    try:
        return run(folder, options)
    finally:
        lock.release()


def run(folder: DataFolder, options: Options) -> int:
    """The life of one start."""
    output = Output(folder.log_file("up"))
    supervisor = Supervisor(output)
    supervisor.listen()
    try:
        accounts = start_all(folder, options, supervisor)
        if options.is_check:
            return report(check.run(options.url, accounts), output)
        supervisor.watch()
    except StopAsked:
        return 1
    except (ServiceError, OSError) as error:
        output.complain(str(error))
        return 1
    finally:
        supervisor.stop_all()
        folder.state.unlink(missing_ok=True)
    return 0


def start_all(folder: DataFolder, options: Options, supervisor: Supervisor) -> list[dict[str, str]]:
    """Start every part in its order; returns the sign-ins of the demo."""
    output = supervisor.output
    output.say(f"Data folder: {folder.path}")
    if words_of_up.is_disk_low(folder.path):
        output.complain("The disk has less than 1024 MB left. Free some space before it is full.")
    services = EmbeddedServices(folder)
    is_demo = folder.made_by_up.exists()
    environment = {
        **services.environment(),
        **options.environment(words_of_up.machine_now()),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
    }
    output.say("Starting PostgreSQL and Valkey …")
    supervisor.add(parts.postgres_part(services))
    supervisor.add(parts.valkey_part(services))
    preparation.prepare(folder, environment, output, is_demo=is_demo)
    announce(folder, environment)
    output.say("Starting the web, the worker and the clockwork …")
    supervisor.add(parts.web_part(folder, environment, options))
    supervisor.add(parts.worker_part(folder, environment))
    supervisor.add(parts.beat_part(folder, environment))
    accounts = read_accounts(folder)
    introduce(options, accounts, output)
    return accounts


def read_accounts(folder: DataFolder) -> list[dict[str, str]]:
    """The demo sign-ins, none where this data is no demo."""
    if not folder.demo_accounts.exists():
        return []
    accounts: list[dict[str, str]] = json.loads(folder.demo_accounts.read_text(encoding="utf-8"))
    return accounts


def introduce(options: Options, accounts: list[dict[str, str]], output: Output) -> None:
    """Say where the office is and who may enter the demo; passwords go to the terminal, not into the log."""
    output.say(f"Ready: {options.url}")
    if accounts:
        print("Sign in as:", flush=True)
    for account in accounts:
        who = ", ".join(filter(None, (account["name"], account["role"], account.get("commune"))))
        print(f"  {account['username']:<22} {account['password']:<20} {who}", flush=True)
    if not options.is_check:
        output.say("Press Ctrl-C to stop.")


def report(problems: list[str], output: Output) -> int:
    """Say what the check found; the exit code for it."""
    for problem in problems:
        output.complain(f"Check failed: {problem}")
    if not problems:
        output.say("Check passed.")
    return 1 if problems else 0
