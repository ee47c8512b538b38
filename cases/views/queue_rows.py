"""The rows of the queue as HTML.

A page of a hundred rows is one format filled a hundred times; the template engine, which walks some thirty
nodes for each row, took a third of the page's time (docs/decisions/0019-rows-by-format.md). The format
escapes what it is filled with, as a template does.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.badges import PILLS, due_badge
from cases.choices import VOIDED, State
from procedures.choices import Channel
from procedures.deadlines import Unit
from staff.markup import filled, joined
from staff.templatetags.office import short_day, short_weekday, signs
from staff.work_calendar import WorkCalendar

ANY: Final = "any-code"
"""Stands in an address where the code of a case will stand."""

TICK: Final = (
    '<td class="tickbox"><label><input type="checkbox" name="case" form="batch" value="{},{}"'
    ' aria-label="{}"></label></td>'
)
DUE: Final = (
    '<td><span class="due {}"><svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>{}</span></td>'
    '<td class="q n">{} {}</td>'
)
PROCEDURE: Final = '<td class="cut" lang="vi"><span class="n qq">{}</span>&ensp;{}</td>'
PILL: Final = '<td><span class="pill {}">{}</span></td>'
AUTOFOCUS: Final = filled(" autofocus")
ROW: Final = (
    '{}<td class="n code"><a href="{}"{}>{}</a></td>{}<td class="who"><b>{}</b></td>{}'
    '<td class="q hide-s">{}</td><td class="q hide-s">{}</td>'
)


def rows_html(
    cases: Iterable[Any],
    holders: Mapping[int, str],
    *,
    at: datetime,
    calendar: WorkCalendar,
    has_ticks: bool,
    focus_first: bool,
) -> SafeString:
    """The rows of these cases, which were read with ``as_queue_rows``, with the names of their holders.

    What repeats from row to row (deadlines, procedures, states) is worded once.
    """
    address, tick, nobody = reverse("cases:case", args=[ANY]), _("Chọn %(code)s"), _("Chưa phân")
    states = {state.value: str(state.label) for state in State}
    channels = {channel.value: str(channel.label) for channel in Channel}

    @cache
    def due(state: str, due_at: datetime, finished_at: datetime | None, unit: str) -> SafeString:
        badge = due_badge(state, due_at, finished_at, at=at, calendar=calendar, unit=Unit(unit))
        day = short_weekday(due_at), short_day(due_at)
        return filled(DUE, badge.css, signs(), badge.icon, badge.text, *day)

    @cache
    def procedure(code: str, name: str) -> SafeString:
        return filled(PROCEDURE, code, name)

    @cache
    def pill(state: str, words: str | Promise) -> SafeString:
        return filled(PILL, PILLS.get(State(state), ""), words)

    def cells(number: int, case: Any) -> tuple[Any, ...]:
        short = case.code.partition("-")[2]
        return (
            *((case.code, case.version, tick % {"code": short}) if has_ticks else ()),
            due(case.state, case.due_at, case.finished_at, case.limit_unit),
            address.replace(ANY, case.code),
            AUTOFOCUS if focus_first and not number else "",
            short,
            procedure(*case.code_and_name),
            case.principal_name,
            pill(case.state, VOIDED if case.voided_at else states[case.state]),
            channels[case.channel],
            holders.get(case.holder_id, nobody),
        )

    row = f"\n<tr data-row>{TICK if has_ticks else ''}{ROW}</tr>"
    return joined(row, (cells(number, case) for number, case in enumerate(cases)))
