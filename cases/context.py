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
    return {"unread_notices": OfficerNotice.objects.unread_of(actor)[:MOST_SHOWN].count}
