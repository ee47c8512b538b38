"""Who read what: one row per officer, case, thing and hour."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from staff.actor import Actor

NOTE: Final = (
    'INSERT INTO "staff_accesslog"'
    " (commune_id, officer_id, membership_id, case_code, what, reason, hour, at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)


def record_access(
    actor: Actor,
    *,
    case_code: str,
    what: str,
    at: datetime,
    commune_id: int | None = None,
    reason: str = "",
) -> None:
    """Note that the actor opened something of a case; the same again within the hour adds nothing.

    Args:
        commune_id: the commune of the case, needed only for roles that belong to no commune.
        reason: what the actor gave as the ground for looking, where the role needs one.

    Legal source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP, Điều 4.

    Raises:
        ValueError: neither the actor nor the caller names a commune.
    """
    owner = commune_id if commune_id is not None else actor.commune_id
    if owner is None:
        message = "An access is noted in the commune of the case."
        raise ValueError(message)
    hour = at.replace(minute=0, second=0, microsecond=0)
    values: list[Any] = [owner, actor.officer_id, actor.membership_id, case_code, what, reason, hour, at]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, values)
