"""Rows that are no history end after their time; deleted batch by batch, so that nobody waits for long."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.sessions.models import Session

from staff.models import ApiAnswer

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE: Final = 1000
MOST_ROUNDS: Final = 100
ANSWERS_KEPT: Final = timedelta(hours=24)


def prune(old: "QuerySet[Any, Any]") -> int:
    """Delete these rows; how many they were. What is beyond the rounds of one run is left to the next."""
    rows, done = old.model._default_manager, 0  # noqa: SLF001
    for _round in range(MOST_ROUNDS):
        keys = list(old.order_by().values_list("pk", flat=True)[:AT_ONCE])
        done += rows.filter(pk__in=keys).delete()[0] if keys else 0
        if len(keys) < AT_ONCE:
            break
    return done


def prune_answers(*, at: datetime) -> int:
    """Delete what requests were answered more than a day ago; how many they were."""
    return prune(ApiAnswer.objects.filter(created_at__lt=at - ANSWERS_KEPT))


def prune_sessions(*, at: datetime) -> int:
    """Delete sessions that open nothing any more; how many they were."""
    return prune(Session.objects.filter(expire_date__lt=at))
