"""The pulse of the schedules: written by what runs, read by the page that says what stands still."""

from collections.abc import Mapping
from datetime import datetime

from cases.choices import Schedule
from cases.models import Heartbeat


def beat(schedule: Schedule, *, at: datetime) -> None:
    """Note that a schedule came round."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(schedule=schedule, at=at)],
        update_conflicts=True,
        unique_fields=["schedule"],
        update_fields=["at"],
    )


def last_beats() -> Mapping[str, datetime]:
    """When each schedule last came round; one that never did is absent."""
    return dict(Heartbeat.objects.values_list("schedule", "at"))
