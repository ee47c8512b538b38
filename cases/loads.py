"""How the work of a commune is spread today: over its officers, and over its reception points."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from cases.choices import RUNNING
from cases.models import Case
from staff.actor import Actor

FULL = 100


@dataclass(frozen=True)
class Load:
    """The running cases that one officer holds, how many are late, and the share of the longest row."""

    name: str
    held: int
    late: int
    share: int


@dataclass(frozen=True)
class PointDay:
    """One reception point: cases received on a day, and all its running cases."""

    name: str
    received: int
    running: int


def loads_of(actor: Actor, *, at: datetime) -> list[Load]:
    """Who holds how many running cases, the fullest hands first. One query."""
    held = Case.objects.visible_to(actor).running().filter(holder__isnull=False).order_by()
    rows = list(
        held.values_list("holder__full_name")
        .annotate(held=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at)))
        .order_by("-held", "holder__full_name")
    )
    most = max((row[1] for row in rows), default=1)
    return [Load(name, number, late, round(FULL * number / most)) for name, number, late in rows]


def points_today(actor: Actor, *, day: date) -> list[PointDay]:
    """What came in at each reception point on a day. One query; a point without any case is not listed."""
    running = Q(state__in=RUNNING)
    cases = Case.objects.visible_to(actor).filter(running | Q(received_on=day), voided_at=None).order_by()
    rows = (
        cases.values_list("reception_point__short_name")
        .annotate(received=Count("pk", filter=Q(received_on=day)), running=Count("pk", filter=running))
        .order_by("reception_point__short_name")
    )
    return [PointDay(*row) for row in rows if row[0]]
