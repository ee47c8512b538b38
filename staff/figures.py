"""Days, times and amounts as they are written in the language of the reader.

Vietnamese writes 26/11/2026 and 8.000 đ. English names the month, because 5/11 is May to some of its readers.
"""

import datetime as dt
from typing import Final

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language, gettext_lazy

WEEKDAYS: Final = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
ENGLISH: Final = "en"


def amount_text(amount: int) -> str:
    """An amount of đồng: 8.000 đ."""
    return f"{number_text(amount)} VND" if _is_english() else f"{number_text(amount)} đ"


def number_text(number: int) -> str:
    """A whole number with its thousands apart: 1.000."""
    grouped = f"{number:,}"
    return grouped if _is_english() else grouped.replace(",", ".")


def day_text(day: dt.date) -> str:
    """A day: 26/11/2026."""
    return formatted(day, "j M Y") if _is_english() else f"{day:%d/%m/%Y}"


def short_day_text(day: dt.date) -> str:
    """A day without its year: 26/11."""
    return formatted(day, "j M") if _is_english() else f"{day:%d/%m}"


def spoken_day_text(day: dt.date) -> str:
    """A day inside a sentence, without zeros in front: 5/11/2026."""
    return formatted(day, "j M Y" if _is_english() else "j/n/Y")


def spoken_short_day_text(day: dt.date) -> str:
    """A day inside a sentence, without zeros in front and without its year: 5/11."""
    return formatted(day, "j M" if _is_english() else "j/n")


def weekday_day_text(day: dt.date) -> str:
    """A day with its weekday: thứ Năm 26/11/2026."""
    return f"{WEEKDAYS[day.weekday()]} {day_text(day)}"


def _is_english() -> bool:
    return get_language() == ENGLISH
