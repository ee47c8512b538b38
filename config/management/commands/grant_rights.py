"""What the application role may do in a database whose roles somebody else made."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from config.services.postgres import APP_ROLE

READ_AND_WRITE = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
ADD_ONLY = "REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}"
HISTORY_TABLES = """
    SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname LIKE '%%history%%' AND t.tgname = 'refuse_change' ORDER BY 1
"""
"""The tables whose changes a trigger refuses: the guard in the database names them, no second list does."""


class Command(BaseCommand):
    """Rows of every table, but no change of history; run by the owner after each migration."""

    help = "Grant the application role its rights and take away every change of history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The role."""
        parser.add_argument("role", nargs="?", default=APP_ROLE)

    def handle(self, *_args: Any, role: str, **_options: Any) -> None:
        """Grant and revoke in one transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolname = current_user FROM pg_roles WHERE rolname = %s", [role]
            )
            found = cursor.fetchone()
            if found is None or found[0]:
                fault = "there is no such role" if found is None else "it is the owner or a superuser"
                message = f"{role} cannot be the application role: {fault}."
                raise CommandError(message)
            who = sql.Identifier(role)
            for statement in READ_AND_WRITE:
                cursor.execute(sql.SQL(statement).format(role=who))
            cursor.execute(HISTORY_TABLES)
            tables = [row[0] for row in cursor.fetchall()]
            for table in tables:
                cursor.execute(sql.SQL(ADD_ONLY).format(table=sql.Identifier(table), role=who))
        self.stdout.write(f"{role}: rows of every table; only adding to {', '.join(tables)}")
