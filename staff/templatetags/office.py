"""Figures, days and signs as the office writes them, in the language of the page."""

import datetime as dt
from typing import Any, Final

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staff.clock import local
from staff.text import mask_name

register = template.Library()

WEEKDAYS: Final = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
SHORT_WEEKDAYS: Final = (
    gettext_lazy("T2"),
    gettext_lazy("T3"),
    gettext_lazy("T4"),
    gettext_lazy("T5"),
    gettext_lazy("T6"),
    gettext_lazy("T7"),
    gettext_lazy("CN"),
)


@register.filter
def vnd(amount: int) -> str:
    """An amount of đồng: 8.000 đ."""
    return f"{amount:,}".replace(",", ".") + " đ"


@register.filter
def day(value: dt.date | None) -> str:
    """A day in figures: 26/11/2026. Moments are read on the local clock."""
    return f"{_date(value):%d/%m/%Y}" if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """A day without its year: 26/11."""
    return f"{_date(value):%d/%m}" if value else ""


@register.filter
def weekday_day(value: dt.date | None) -> str:
    """A day with its weekday: thứ Năm 26/11/2026."""
    return f"{WEEKDAYS[_date(value).weekday()]} {day(value)}" if value else ""


@register.filter
def short_weekday(value: dt.date | None) -> str:
    """A weekday in two or three letters."""
    return str(SHORT_WEEKDAYS[_date(value).weekday()]) if value else ""


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """A time of day: 17:00."""
    return f"{local(value):%H:%M}" if value else ""


@register.filter
def moment_day(value: dt.datetime | None) -> str:
    """A moment as a promise is spoken: 17:00, thứ Năm 26/11/2026."""
    return f"{clock_time(value)}, {weekday_day(value)}" if value else ""


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment in figures: 20/11/2026 09:42."""
    return f"{day(value)} {clock_time(value)}" if value else ""


@register.filter
def phone(number: str) -> str:
    """A stored number as people read it: 0912 345 018."""
    digits = "0" + number.removeprefix("+84") if number.startswith("+84") else number
    return " ".join(part for part in (digits[:4], digits[4:7], digits[7:]) if part)


@register.filter
def masked_name(name: str) -> str:
    """A name as strangers may see it."""
    return mask_name(name)


@register.filter
def counted(number: int, ceiling: int) -> str:
    """A count that stops at its ceiling."""
    if number <= ceiling:
        return str(number)
    return _("hơn %(n)s") % {"n": f"{ceiling:,}".replace(",", ".")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign of the sprite; it never speaks alone, so it is hidden from screen readers."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("icons.svg"), name
    )


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return local(value).date()
    found: dt.date = value
    return found
