"""How many statements a connection keeps prepared; see docs/decisions/0022-statements-are-planned-once.md."""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

MOST_PREPARED: Final = 500
"""With the hundred of psycopg, pages that are asked for in turn would drive each other's statements out."""


@receiver(connection_created)
def keep_many(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Let this connection keep what the office asks."""
    connection.connection.prepared_max = MOST_PREPARED
