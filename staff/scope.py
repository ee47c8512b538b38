"""The fence round a commune: every transaction says for which commune it works."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from staff.actor import Actor

VARIABLE = "app.commune"
_reader: ContextVar[Actor | None] = ContextVar("reader", default=None)


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


@contextmanager
def reading(actor: Actor | None) -> Iterator[None]:
    """The one transaction of a page that only reads, in the name of the actor's commune."""
    with transaction.atomic():
        if actor is not None:
            enter(actor)
        token = _reader.set(actor)
        try:
            yield
        finally:
            _reader.reset(token)


@contextmanager
def beside_reading(actor: Actor) -> Iterator[None]:
    """A small write while this actor reads a page belongs to its transaction, else to one of its own."""
    if connection.in_atomic_block and _reader.get() is actor:
        yield
        return
    with transaction.atomic():
        enter(actor)
        yield
