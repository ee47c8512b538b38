from datetime import date

import pytest
from django.utils import translation

from staff import figures

DAY = date(2026, 11, 5)  # a Thursday
SPOKEN = {
    "amount_text": (8000, "8.000 đ", "8,000 VND"),
    "number_text": (1_234_567, "1.234.567", "1,234,567"),
    "day_text": (DAY, "05/11/2026", "5 Nov 2026"),
    "short_day_text": (DAY, "05/11", "5 Nov"),
    "spoken_day_text": (DAY, "5/11/2026", "5 Nov 2026"),
    "spoken_short_day_text": (DAY, "5/11", "5 Nov"),
    "weekday_day_text": (DAY, "thứ Năm 05/11/2026", "Thursday 5 Nov 2026"),
}


@pytest.mark.parametrize("name", SPOKEN)
def test_figure_follows_the_language(name):
    value, vietnamese, english = SPOKEN[name]
    say = getattr(figures, name)

    with translation.override("vi"):
        assert say(value) == vietnamese
    with translation.override("en"):
        assert say(value) == english
