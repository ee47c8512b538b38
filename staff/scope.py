"""The fence round a commune: every transaction says for which commune it works."""

from django.db import connection

from staff.actor import Actor

VARIABLE = "app.commune"


def enter(commune: Actor | int | None) -> None:
    """Name the commune for the rest of the current transaction; None or a province role names none.

    Raises:
        RuntimeError: no transaction is open, so that the name would be lost at once.
    """
    if not connection.in_atomic_block:
        message = "scope.enter needs an open transaction."
        raise RuntimeError(message)
    commune_id = commune.commune_id if isinstance(commune, Actor) else commune
    with connection.cursor() as cursor:
        value = "" if commune_id is None else str(commune_id)
        cursor.execute("SELECT set_config(%s, %s, true)", [VARIABLE, value])
