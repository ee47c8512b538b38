"""What every staff page knows: the bell."""

from typing import Any

from django.http import HttpRequest

from cases.models import OfficerNotice

MOST_SHOWN = 100


def office(request: HttpRequest) -> dict[str, Any]:
    """The number of unread notices, counted only where a page shows it and never past a hundred."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.commune_id is None:
        return {"unread_notices": 0}
    unread = OfficerNotice.objects.filter(
        commune_id=actor.commune_id, officer_id=actor.officer_id, read_at__isnull=True
    )
    return {"unread_notices": unread[:MOST_SHOWN].count}
