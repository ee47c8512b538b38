"""The fence round a commune: every transaction says for which commune it works."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from staff.actor import Actor

VARIABLE = "app.commune"


@dataclass
class _Page:
    """A page that only reads, and whose it is."""

    actor: Actor | None


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


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
        token = _page.set(_Page(actor))
        try:
            yield
        finally:
            _page.reset(token)


def read_as(actor: Actor) -> None:
    """The rest of a page that only reads is this actor's, who became known on the way."""
    page = _page.get()
    if page is not None:
        enter(actor)
        page.actor = actor


@contextmanager
def beside_reading(actor: Actor) -> Iterator[None]:
    """A small write while this actor reads a page belongs to its transaction, else to one of its own."""
    page = _page.get()
    if connection.in_atomic_block and page is not None and page.actor is actor:
        yield
        return
    with transaction.atomic():
        enter(actor)
        yield
