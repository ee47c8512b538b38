"""Typed and not yet registered: kept on the server, so that no cut line and no dead machine loses it.

The preview of the screen, which is asked for at each pause in typing, carries the whole form anyway: it is
what keeps the draft, with one statement more and no request more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from cases.models import TypedDraft
from cases.typed import Typed, sealed
from staff.actor import Actor
from staff.scope import enter

MOST_BYTES: Final = 64_000
"""Far above a screen with every field at its longest; more was not typed by hand."""
MOST_DRAFTS: Final = 20

# An older request that comes through late never replaces what a newer one kept, and what became a case
# is not kept again.
UPSERT: Final = """
INSERT INTO cases_typeddraft (commune_id, officer_id, intake_key, body_enc, saved_at)
SELECT %(commune)s, %(officer)s, %(key)s::uuid, %(body)s::bytea, %(at)s::timestamptz
WHERE NOT EXISTS (SELECT 1 FROM cases_case WHERE commune_id = %(commune)s AND intake_key = %(key)s::uuid)
ON CONFLICT (commune_id, officer_id, intake_key) DO UPDATE
    SET body_enc = EXCLUDED.body_enc, saved_at = EXCLUDED.saved_at
    WHERE cases_typeddraft.saved_at <= EXCLUDED.saved_at
RETURNING xmax = 0
"""


def keep_typed(typed: Typed, *, by: Actor, at: datetime) -> None:
    """Keep a screen as far as it is typed, in place of what was kept of it before."""
    body = sealed(typed)
    if len(body) > MOST_BYTES:
        return
    values: dict[str, Any] = {
        "commune": by.home_id,
        "officer": by.officer_id,
        "key": typed.intake_key,
        "body": body,
        "at": at,
    }
    with transaction.atomic():
        enter(by)
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, values)
            is_new = cursor.fetchone() == (True,)
        if is_new:
            _leave_the_newest(by)


def _leave_the_newest(by: Actor) -> None:
    mine = TypedDraft.objects.filter(commune_id=by.home_id, officer_id=by.officer_id)
    mine.filter(pk__in=list(mine.order_by("-saved_at").values_list("pk", flat=True)[MOST_DRAFTS:])).delete()


def drop_typed(keys: Sequence[UUID], *, by: Actor) -> None:
    """Throw these drafts of the officer away; those that are gone already stay gone."""
    with transaction.atomic():
        enter(by)
        TypedDraft.objects.filter(
            commune_id=by.home_id, officer_id=by.officer_id, intake_key__in=keys
        ).delete()


def forget_typed(commune_id: int, key: UUID) -> None:
    """Inside the transaction that makes something of a screen: nothing of it stays half typed."""
    TypedDraft.objects.filter(commune_id=commune_id, intake_key=key).delete()
