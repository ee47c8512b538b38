"""The list of cases to be done: one address for the page and the fragment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from cases.forms.queue import QueueFilterForm, address_of
from cases.lookups import Strip, found, moment_of, strip_of
from cases.models import Case
from cases.queries import COUNT_CEILING, QueuePage
from cases.queues import CONDITIONS, NOBODY, ORDERS, SIZES, QueueFilter, write_key
from cases.views.queue_rows import rows_html
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.queries import current_calendar, names_of
from staff.rights import Capability
from staff.text import clean_text
from staff.work_calendar import WorkCalendar

LONGEST: Final = 100
TICKING: Final = (Capability.HANDLE_CASE, Capability.FORWARD_CASE, Capability.APPROVE_RESULT)
"""Whoever may do one of these to many cases at once has boxes to tick."""

TABS: Final[Sequence[tuple[str, str | Promise, str]]] = (
    ("me", _("Chờ tôi"), ""),
    ("open", _("Đang mở"), ""),
    ("mine", _("Của tôi"), ""),
    ("overdue", _("Quá hạn"), "late"),
    ("today", _("Hẹn hôm nay"), "soon"),
    ("soon", _("Sắp đến hạn"), ""),
    ("waiting", _("Chờ chuyển xử lý"), ""),
    ("citizen", _("Chờ công dân"), ""),
    ("signature", _("Chờ ký"), ""),
    ("ready", _("Có kết quả, chưa trả"), ""),
)
"""The strip: view, words, colour of the number."""

CONDITION_WORDS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "field": (_("Lĩnh vực"), _("Mọi lĩnh vực")),
    "state": (_("Tình trạng"), _("Mọi tình trạng")),
    "holder": (_("Người xử lý"), _("Mọi người xử lý")),
    "channel": (_("Cách nộp"), _("Mọi cách nộp")),
    "point": (_("Nơi nhận"), _("Mọi nơi nhận")),
}
"""Each condition: its name, and the words for none."""

NAMED_BY_THE_RECORD: Final = ("field", "point")
"""Conditions whose choices keep their Vietnamese names on every page."""


@needs(Capability.VIEW_CASES)
@require_safe
def queue(request: OfficerRequest) -> HttpResponse:
    asked, at = QueueFilterForm(request.GET).to_filter(request.actor.capabilities), clock.now()
    is_fragment = request.htmx and not request.htmx.history_restore_request
    template = "cases/_queue_table.html" if is_fragment else "cases/queue.html"
    response = render(request, template, _listed(request.actor, asked, at))
    response["Vary"] = "HX-Request"
    return response


@needs(Capability.VIEW_CASES)
@require_POST
def find(request: OfficerRequest) -> HttpResponse:
    """Look up by code, name, number or phone. Posted, because none may stay in addresses and logs."""
    typed, at = clean_text(request.POST.get("q", "").replace("\x00", "")), clock.now()
    if not typed:
        return redirect("cases:queue")
    text = typed[:LONGEST]
    beside = {way: request.POST.get(way, "").replace("\x00", "")[:LONGEST] for way in ("after", "before")}
    page = found(request.actor, text, size=QueueFilterForm(request.POST).to_filter().size, **beside)
    calendar = current_calendar()
    chosen, strip, _unknown = strip_of(
        request.actor, QueueFilter(view=""), moment_of(at, clock.localdate(at), calendar)
    )
    rows = _rows_of(page, strip, request.actor, at, calendar, focus_first=True)
    asked = {"text": text, "is_cut": len(typed) > LONGEST, "finds_nothing": not page.cases}
    return render(request, "cases/queue.html", _context(request.actor, chosen, strip) | rows | asked)


def _listed(actor: Actor, asked: QueueFilter, at: datetime) -> dict[str, Any]:
    calendar = current_calendar()
    moment = moment_of(at, clock.localdate(at), calendar)
    chosen, strip, unknown = strip_of(actor, asked, moment)
    visible = Case.objects.visible_to(actor).narrowed(chosen)
    shown = visible.in_view(chosen.view, actor=actor, moment=moment, state=chosen.state).as_queue_rows()
    page = shown.page(chosen)
    return (
        _context(actor, chosen, strip)
        | _rows_of(page, strip, actor, at, calendar)
        | {
            "unknown": [CONDITION_WORDS[name][0] for name in unknown],
            "next_address": address_of(chosen.change(after=page.next_key)) if page.next_key else "",
            "previous_address": address_of(chosen.change(before=page.previous_key))
            if page.previous_key
            else "",
        }
    )


def _context(actor: Actor, chosen: QueueFilter, strip: Strip) -> dict[str, Any]:
    """What stands around the rows."""
    return {
        "chosen": chosen,
        "tabs": _tabs(actor, chosen, strip),
        "chips": _chips(chosen, strip),
        "asked": [
            {
                "name": name,
                "value": getattr(chosen, name),
                "words": words,
                "choices": strip.choices[name],
                "lang": "vi" if name in NAMED_BY_THE_RECORD else "",
            }
            for name, words in CONDITION_WORDS.items()
        ],
        "orders": [(name, order.label) for name, order in ORDERS.items()],
        "sizes": [(size, address_of(chosen.change(size=size))) for size in SIZES],
        "clear_address": address_of(chosen.change(**dict.fromkeys(CONDITIONS, ""))),
        "ceiling": COUNT_CEILING,
        "unread_notices": strip.unread,
        "text": "",
        "nav": "queue",
        "handlers": strip.choices["holder"][:-1] if actor.may(Capability.FORWARD_CASE) else [],
        "may_batch": actor.may(Capability.HANDLE_CASE) or actor.may(Capability.FORWARD_CASE),
        "may_sign": actor.may(Capability.APPROVE_RESULT),
        "may_tick": _may_tick(actor),
        "first_batch": "claim" if actor.may(Capability.HANDLE_CASE) else "forward",
    }


def _tabs(actor: Actor, chosen: QueueFilter, strip: Strip) -> list[dict[str, Any]]:
    """The strip of counts; only who handles cases holds any."""
    return [
        {
            "view": view,
            "words": words,
            "css": css,
            "number": strip.counts[view],
            "address": address_of(chosen.change(view=view)),
        }
        for view, words, css in TABS
        if view != "mine" or actor.may(Capability.HANDLE_CASE)
    ]


def _chips(chosen: QueueFilter, strip: Strip) -> list[dict[str, Any]]:
    """The conditions that were set, each with the address without it."""
    return [
        {
            "name": CONDITION_WORDS[name][0],
            "value": strip.label(name, value),
            "address": address_of(chosen.change(**{name: ""})),
        }
        for name, value in chosen.conditions.items()
    ]


def _rows_of(
    page: QueuePage,
    strip: Strip,
    actor: Actor,
    at: datetime,
    calendar: WorkCalendar,
    *,
    focus_first: bool = False,
) -> dict[str, Any]:
    """The rows with what leads on from them; whoever searches goes on with the first row."""
    said: dict[str, Any] = {
        "at": at,
        "calendar": calendar,
        "has_ticks": _may_tick(actor),
        "focus_first": focus_first,
    }
    return {
        "rows": rows_html(page.cases, _holders(page, strip), **said),
        "prefix": _prefix(page.cases),
        "next_key": write_key(page.next_key),
        "previous_key": write_key(page.previous_key),
    }


def _holders(page: QueuePage, strip: Strip) -> dict[int, str]:
    """The names of those who hold these cases; most are handlers of the commune, whom the strip has read."""
    known = {int(key): name for key, name in strip.choices["holder"] if key != NOBODY}
    return known | names_of({case.holder_id for case in page.cases} - known.keys() - {None})


def _may_tick(actor: Actor) -> bool:
    return any(map(actor.may, TICKING))


def _prefix(cases: Sequence[Any]) -> str:
    """What all codes of the commune begin with, said once in the head of the table."""
    return cases[0].code.partition("-")[0] + "-" if cases else ""
