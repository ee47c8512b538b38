"""Writes into the catalogue that come from daily work."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from procedures.models import SearchMiss, UsualTime
from staff.pruning import prune
from staff.text import clean_text, fold

KEPT_NIGHTS: Final = timedelta(days=400)
"""More than a year of figures is kept, so that a year can be compared with the last."""
MISSES_KEPT: Final = timedelta(days=400)
LONGEST_QUERY: Final = 80
SHORTEST_QUERY: Final = 2
PERSONAL_DIGITS: Final = 9


def record_search_miss(query: str, *, at: datetime) -> bool:
    """Count a search that found nothing, so that the office learns the words of its citizens.

    What may hold a personal or phone number is not written: nine digits or more, whatever stands between
    them. Answers whether the words were counted.

    Legal source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (collect only what the purpose needs).
    """
    words = fold(clean_text(query))
    if not SHORTEST_QUERY <= len(words) <= LONGEST_QUERY or len(re.findall(r"\d", words)) >= PERSONAL_DIGITS:
        return False
    SearchMiss.objects.bulk_create([SearchMiss(query_fold=words, count=0, last_at=at)], ignore_conflicts=True)
    SearchMiss.objects.filter(query_fold=words).update(count=F("count") + 1, last_at=at)
    return True


def prune_search_misses(*, at: datetime) -> int:
    """Delete words that nobody has looked for in more than a year; how many they were."""
    return prune(SearchMiss.objects.filter(last_at__lt=at - MISSES_KEPT))


def record_usual_times(found: Iterable[UsualTime], *, day: date) -> None:
    """Keep the figures of one night; counted again they replace those of the same day."""
    with transaction.atomic():
        UsualTime.objects.filter(computed_on=day).delete()
        UsualTime.objects.filter(computed_on__lt=day - KEPT_NIGHTS).delete()
        UsualTime.objects.bulk_create(found)
