"""Writes into the catalogue that come from daily work."""

import re
from datetime import datetime
from typing import Final

from django.db.models import F

from procedures.models import SearchMiss
from staff.text import clean_text, fold

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
