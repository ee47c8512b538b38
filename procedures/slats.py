"""A trace as slats: one cell a calendar day, from the day of receipt to the last day, the arch. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.deadlines import TraceStep
from staff.work_calendar import DayKind

CELLS = {
    "received": ("start", gettext_lazy("nhận")),
    "paused": ("hold", gettext_lazy("dừng")),
    "hours": ("day", gettext_lazy("tính giờ")),
    "rolled": ("day", gettext_lazy("dời")),
}


@dataclass(frozen=True)
class Slat:
    """One day of a deadline as it is drawn.

    ``css`` is a set of class names of the style sheet: start, day, past, off, hold, goal, now.
    """

    day: date
    css: str
    label: str


def slats(trace: Sequence[TraceStep], *, today: date) -> tuple[Slat, ...]:
    """The cells of a trace in order; days that are over are filled, today is framed.

    A limit in hours shows each day once, with the hours counted on it left to the sentence below.
    """
    if not trace:
        return ()
    last = trace[-1].date
    labels: dict[date, tuple[str, str]] = {}
    for step in trace[:-1]:
        labels.setdefault(step.date, _cell(step))
    labels[last] = ("goal", _goal_label(trace, last))
    return tuple(Slat(day, _css(css, day, today), label) for day, (css, label) in labels.items())


def _cell(step: TraceStep) -> tuple[str, str]:
    if step.code == "counted":
        return "day", str(step.params["n"])
    if step.code == "day_off":
        is_feast = step.params.get("kind") in (DayKind.HOLIDAY, DayKind.SWAPPED_OFF)
        return "off", _("nghỉ lễ") if is_feast else _("nghỉ")
    css, word = CELLS[step.code]
    return css, str(word)


def _goal_label(trace: Sequence[TraceStep], last: date) -> str:
    counted = [step.params["n"] for step in trace if step.code == "counted" and step.date == last]
    return str(counted[-1]) if counted else str(trace[-1].params.get("time", ""))


def _css(css: str, day: date, today: date) -> str:
    names = [css]
    if css == "day" and day <= today:
        names = ["past"]
    if day == today:
        names.append("now")
    return " ".join(names)
