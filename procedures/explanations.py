"""Traces and reasons in the words of the office, in the language of the reader."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.deadlines import Deadline, TimeLimit, TraceStep, Unit
from procedures.fees import Reason
from staff.figures import WEEKDAYS, spoken_day_text, spoken_short_day_text
from staff.work_calendar import DayKind


def explain_step(step: TraceStep) -> str:
    """What a calendar day did to the time limit.

    Legal source: Bộ luật Dân sự 2015, Điều 147 and 148.
    """
    return _STEPS[step.code](step)


def explain_reason(reason: Reason, *, name_group: bool = True) -> str:
    """Why an amount is what it is, without the abbreviations of the office; numbers of documents keep theirs.

    Args:
        name_group: False on pages without proof of identity, where the group of a person is not shown.
    """
    if not name_group and reason.code in _GROUP_HIDDEN:
        return _GROUP_HIDDEN[reason.code]() % reason.params
    words = _REASONS[reason.code]() % reason.params
    return words.replace("của HĐND", "của Hội đồng nhân dân")


def explain_limit(limit: TimeLimit) -> str:
    """A time limit as it is published."""
    if limit.unit is Unit.SAME_DAY:
        return _("trong ngày")
    if limit.unit is Unit.NONE:
        return _("không quy định")
    if limit.amount is None:
        return _("chưa xác định")
    return _LIMITS[limit.unit](limit.amount) % {"n": limit.amount}


def deadline_sentence(deadline: Deadline, limit: TimeLimit) -> str:
    """How the day was found, with the article, then the holidays and pauses that moved it."""
    sentences = [_SENTENCES[deadline.unit]() % {"limit": _capital(explain_limit(limit))}]
    sentences += [_holiday_sentence(steps) for steps in _holidays(deadline.trace)]
    if any(step.code == "paused" for step in deadline.trace):
        sentences.append(_pause_sentence(deadline))
    return " ".join(sentences)


def _holidays(trace: tuple[TraceStep, ...]) -> Iterator[list[TraceStep]]:
    """The days off beside the weekends, those of one occasion together."""
    off = [step for step in trace if step.code == "day_off" and step.params["name"]]
    for _occasion, steps in groupby(off, key=lambda step: (step.params["kind"], step.params["name"])):
        yield list(steps)


def _holiday_sentence(steps: list[TraceStep]) -> str:
    first, last = steps[0], steps[-1]
    reason = explain_step(first)
    params = {"day": _short_day(first.date), "last": _short_day(last.date), "reason": _uncapital(reason)}
    if first is last:
        return _capital(_("%(day)s %(reason)s.") % params)
    return _("Từ %(day)s đến %(last)s %(reason)s.") % params


def _pause_sentence(deadline: Deadline) -> str:
    if deadline.unit is Unit.WORKING_HOUR:
        return _("Đã cộng thêm thời gian tạm dừng.")
    days = sum(1 for step in deadline.trace if step.code == "paused")
    return ngettext("Đã cộng thêm %(n)s ngày tạm dừng.", "Đã cộng thêm %(n)s ngày tạm dừng.", days) % {
        "n": days
    }


def _received(step: TraceStep) -> str:
    params = {"time": _hour(step.params["time"])}
    unit = step.params.get("unit", Unit.WORKING_DAY)
    if unit == Unit.WORKING_HOUR:
        return _received_for_hours(step, params)
    if unit == Unit.SAME_DAY:
        return _received_for_same_day(step, params)
    return (
        _("Nhận đủ hồ sơ lúc %(time)s, chưa tính ngày nhận (Điều 147 khoản 2 Bộ luật Dân sự 2015)") % params
    )


def _received_for_hours(step: TraceStep, params: Mapping[str, str]) -> str:
    if step.params.get("outside"):
        return _("Nhận đủ hồ sơ lúc %(time)s, ngoài giờ làm việc: tính từ giờ làm việc kế tiếp") % params
    return (
        _("Nhận đủ hồ sơ lúc %(time)s, tính giờ từ lúc nhận (Điều 147 khoản 1 Bộ luật Dân sự 2015)") % params
    )


def _received_for_same_day(step: TraceStep, params: Mapping[str, str]) -> str:
    if step.params.get("kind"):
        return _("Nhận đủ hồ sơ lúc %(time)s ngày nghỉ: trả trong ngày làm việc tiếp theo") % params
    if step.params.get("after_15"):
        return _("Nhận sau 15:00: trả trong ngày làm việc tiếp theo (nhận đủ hồ sơ lúc %(time)s)") % params
    if step.params.get("after_closing"):
        return _("Nhận đủ hồ sơ lúc %(time)s, sau giờ làm việc: trả trong ngày làm việc tiếp theo") % params
    return _("Nhận đủ hồ sơ lúc %(time)s: trả ngay trong ngày") % params


def _counted(step: TraceStep) -> str:
    if step.params.get("unit") == Unit.CALENDAR_DAY:
        return _("Ngày thứ %(n)s") % step.params
    if step.params.get("kind") == DayKind.WORKED_SATURDAY:
        params = {"n": step.params["n"], "weekday": _weekday(step.date)}
        return _("Ngày làm việc thứ %(n)s (%(weekday)s làm bù)") % params
    return _("Ngày làm việc thứ %(n)s") % step.params


def _day_off(step: TraceStep) -> str:
    return _off(step.params.get("kind", ""), step.params.get("name", ""), step.date)


def _off(kind: str, name: str, day: dt.date) -> str:
    if kind == DayKind.HOLIDAY:
        return _("Nghỉ lễ: %(name)s") % {"name": name}
    if kind == DayKind.SWAPPED_OFF:
        return _("Nghỉ hoán đổi: %(name)s") % {"name": name}
    if kind == DayKind.WEEKEND:
        return _("%(weekday)s, nghỉ hằng tuần") % {"weekday": _capital(_weekday(day))}
    return _("Điểm tiếp nhận không làm việc")


def _rolled(step: TraceStep) -> str:
    last = dt.date.fromisoformat(step.params["from"])
    reason = _off(step.params["kind"], step.params["name"], last)
    return _(
        "Ngày cuối %(last)s là ngày nghỉ (%(reason)s): hết hạn vào ngày làm việc tiếp theo"
        " (Điều 148 khoản 5 Bộ luật Dân sự 2015)"
    ) % {"last": spoken_day_text(last), "reason": reason}


def _hours(step: TraceStep) -> str:
    params = _span(step.params)
    return _("Tính %(minutes)s làm việc, từ %(from)s đến %(to)s") % params


def _paused(step: TraceStep) -> str:
    if "minutes" in step.params:
        return _("Tạm dừng %(minutes)s, từ %(from)s đến %(to)s, không tính") % _span(step.params)
    if step.params.get("moved"):
        return _("Cộng thêm một ngày cho thời gian tạm dừng")
    began, ended = (dt.date.fromisoformat(step.params[key]) for key in ("from", "to"))
    return _("Tạm dừng từ %(from)s đến %(to)s, không tính") % {
        "from": spoken_day_text(began),
        "to": spoken_day_text(ended),
    }


def _due(step: TraceStep) -> str:
    params = {
        "time": _hour(step.params["time"]),
        "weekday": _weekday(step.date),
        "date": spoken_day_text(step.date),
    }
    return _("Hẹn trả %(time)s, %(weekday)s %(date)s") % params


def _span(params: Mapping[str, Any]) -> dict[str, str]:
    hours, minutes = divmod(int(params["minutes"]), 60)
    length = _("%(minutes)s phút") if not hours else _("%(hours)s giờ %(minutes)s phút")
    if hours and not minutes:
        length = _("%(hours)s giờ")
    length %= {"hours": hours, "minutes": minutes}
    return {"minutes": length, "from": _hour(params["from"]), "to": _hour(params["to"])}


def _hour(time: str) -> str:
    """The time of day as it is spoken: 9:15, not 09:15."""
    return time.removeprefix("0")


def _weekday(day: dt.date) -> str:
    return str(WEEKDAYS[day.weekday()])


def _short_day(day: dt.date) -> str:
    return f"{_weekday(day)} {spoken_short_day_text(day)}"


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_STEPS: Final[Mapping[str, Callable[[TraceStep], str]]] = {
    "received": _received,
    "counted": _counted,
    "day_off": _day_off,
    "rolled": _rolled,
    "hours": _hours,
    "paused": _paused,
    "due": _due,
}

_REASONS: Final[Mapping[str, Callable[[], str]]] = {
    "charged": lambda: _("mức thu theo %(basis)s"),
    "no_charge": lambda: _("không thu, %(basis)s"),
    "exempt": lambda: _("%(wording)s, %(basis)s"),
    "reduced": lambda: _("giảm %(percent)s%%: %(wording)s, %(basis)s"),
    "amount_unknown": lambda: _("chưa có mức thu được công bố"),
}

_GROUP_HIDDEN: Final[Mapping[str, Callable[[], str]]] = {
    "exempt": lambda: _("được miễn"),
    "reduced": lambda: _("được giảm %(percent)s%%"),
}

_LIMITS: Final[Mapping[Unit, Callable[[int], str]]] = {
    Unit.WORKING_DAY: lambda n: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", n),
    Unit.CALENDAR_DAY: lambda n: ngettext("%(n)s ngày", "%(n)s ngày", n),
    Unit.WORKING_HOUR: lambda n: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", n),
}

_SENTENCES: Final[Mapping[Unit, Callable[[], str]]] = {
    Unit.WORKING_DAY: lambda: _(
        "%(limit)s, đếm từ ngày sau ngày nhận đủ hồ sơ, không tính ngày nghỉ"
        " (Điều 147, Điều 148 Bộ luật Dân sự 2015)."
    ),
    Unit.CALENDAR_DAY: lambda: _(
        "%(limit)s, đếm từ ngày sau ngày nhận đủ hồ sơ, ngày cuối là ngày nghỉ thì hết hạn vào ngày làm việc"
        " tiếp theo (Điều 147, Điều 148 Bộ luật Dân sự 2015)."
    ),
    Unit.WORKING_HOUR: lambda: _(
        "%(limit)s, tính từ lúc nhận đủ hồ sơ, chỉ tính trong giờ làm việc (Điều 147 Bộ luật Dân sự 2015)."
    ),
    Unit.SAME_DAY: lambda: _(
        "%(limit)s, nhận sau 15:00 thì trả trong ngày làm việc tiếp theo"
        " (quy tắc của Luật Hộ tịch 2014 và Điều 7 Nghị định 23/2015/NĐ-CP)."
    ),
}
