"""Figures, days and signs as the office writes them, in the language of the page."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from staff.clock import local
from staff.figures import amount_text, day_text, number_text, short_day_text, weekday_day_text
from staff.language import PARAMETER, languages
from staff.markup import filled, joined
from staff.text import mask_name

register = template.Library()

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
    return amount_text(amount)


@register.filter
def day(value: dt.date | None) -> str:
    """A day in figures: 26/11/2026. Moments are read on the local clock."""
    return day_text(_date(value)) if value else ""


@register.filter
def short_day(value: dt.date | None) -> str:
    """A day without its year: 26/11."""
    return short_day_text(_date(value)) if value else ""


@register.filter
def weekday_day(value: dt.date | None) -> str:
    """A day with its weekday: thứ Năm 26/11/2026."""
    return weekday_day_text(_date(value)) if value else ""


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
    return _("hơn %(n)s") % {"n": number_text(ceiling)}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign of the sprite; it never speaks alone, so it is hidden from screen readers."""
    return filled('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', signs(), name)


@cache
def signs() -> str:
    """The address of the sprite, which is the same as long as a process lives."""
    return static("icons.svg")


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = "", lang: str = "") -> SafeString:
    """The options of a list to choose from, one of them chosen; ``lang`` is that of names from the record."""
    language = filled(' lang="{}"', lang) if lang else ""
    marks = {True: filled(" selected"), False: ""}
    return joined(
        '<option value="{}"{}{}>{}</option>',
        ((value, marks[value == chosen], language, words) for value, words in choices),
    )


@register.simple_tag
def other_language(request: HttpRequest) -> dict[str, str]:
    """The language that the page does not speak: its code, its own name, and this page's address in it.

    A page that answers a form has no address of its own; an officer is led to the account page then.
    """
    [code] = set(languages()) - {get_language()}
    asked = request.GET.copy()
    asked[PARAMETER] = code
    is_page = request.method in {"GET", "HEAD"} or getattr(request, "actor", None) is None
    path = request.path if is_page else reverse("staff:account")
    return {"code": code, "name": languages()[code], "href": f"{path}?{asked.urlencode()}"}


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return local(value).date()
    found: dt.date = value
    return found
