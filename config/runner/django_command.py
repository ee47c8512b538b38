"""Any Django command, with the embedded services where no DATABASE_URL names others."""

import os
import sys
from collections.abc import Mapping, Sequence

from django.core.management import execute_from_command_line

from config.services.embedded import services_for_command
from config.services.errors import ServiceError
from config.services.folder import find_folder

WITHOUT_DATABASE = frozenset({
    "help", "--help", "--version", "version", "check", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "makemessages", "makemigrations", "spectacular",
})  # fmt: skip
AS_OWNER = frozenset({"backup", "grant_rights", "load_reference", "migrate", "sqlmigrate", "verify_records"})


def main(words: Sequence[str]) -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    command = words[0] if words else "help"
    if os.environ.get("DATABASE_URL") or (command == "check" and "--deploy" in words):
        run(command, words, {})  # what looks for gaps is given nothing that would hide one
    elif command in WITHOUT_DATABASE:
        run(
            command,
            words,
            {"SECRET_KEY": os.environ.get("SECRET_KEY", "no-secret-for-commands-without-data")},
        )
    else:
        run_with_services(command, words)


def run_with_services(command: str, words: Sequence[str]) -> None:
    """Run one command on the data folder, whether its servers run already or not."""
    folder = find_folder()
    if not folder.postgres.exists():
        sys.exit("There is no data yet. Run `python3 manage.py up` once, or set DATABASE_URL.")
    try:
        with services_for_command(folder) as environment:
            run(command, words, environment)
    except ServiceError as error:
        sys.exit(str(error))


def run(command: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Hand the words to Django; what changes the tables is done by their owner."""
    os.environ.update(environment)
    owner = os.environ.get("MIGRATION_DATABASE_URL")
    if command in AS_OWNER and owner:
        os.environ["DATABASE_URL"] = owner
        if "MIGRATION_DATABASE_PASSWORD_FILE" in os.environ:
            os.environ["DATABASE_PASSWORD_FILE"] = os.environ["MIGRATION_DATABASE_PASSWORD_FILE"]
    execute_from_command_line(["manage.py", *words])
