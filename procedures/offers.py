"""A procedure as it is offered to a citizen: each way of filing with its date, its money and the why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.choices import Channel
from procedures.deadlines import Deadline
from procedures.explanations import deadline_sentence, explain_limit, explain_reason
from procedures.fees import ExemptionTerm, FeeLine
from procedures.models import ProcedureVersion
from procedures.quotes import Quote, channels_offered, quote
from procedures.slats import Slat, slats
from staff.clock import localdate
from staff.work_calendar import WorkCalendar

SOURCED: Final = "S"
TITLES: Final = {
    Channel.ONLINE: ("globe", _("Nộp từ nhà qua mạng")),
    Channel.COUNTER: ("desk", _("Nộp tại xã")),
    Channel.POST: ("mail", _("Gửi qua bưu chính")),
}


@dataclass(frozen=True)
class FeeWords:
    """A fee line with its why in words; an illustration is an amount that no source confirms."""

    name: str
    base_vnd: int
    payable_vnd: int
    why: str
    is_illustration: bool
    is_unknown: bool = False

    @property
    def is_waived(self) -> bool:
        """Whether something was taken off."""
        return self.payable_vnd < self.base_vnd


@dataclass(frozen=True)
class Way:
    """One way of filing, quoted for a file that is complete now."""

    channel: Channel
    icon: str
    title: str | Promise
    limit_text: str
    limit_is_illustration: bool
    deadline: Deadline | None
    sentence: str
    slats: Sequence[Slat]
    fees: Sequence[FeeWords]
    payable_vnd: int
    base_vnd: int

    @property
    def is_unknown(self) -> bool:
        """Whether some amount has not been published."""
        return any(fee.is_unknown for fee in self.fees)


def fee_words(line: FeeLine) -> FeeWords:
    """A quoted line in words."""
    unknown = line.reason.code == "amount_unknown"
    why = explain_reason(line.reason)
    return FeeWords(line.name, line.base_vnd, line.payable_vnd, why, line.certainty != SOURCED, unknown)


def ways(
    version: ProcedureVersion,
    *,
    situation: str | None,
    at: datetime,
    calendar: WorkCalendar,
    exemptions: Sequence[ExemptionTerm],
) -> tuple[Way, ...]:
    """The published ways, the cheaper first and unknown amounts last; among equals without a walk first."""
    order = list(TITLES)
    offered = [
        _way(
            Channel(channel),
            quote(
                version,
                situation=situation,
                channel=channel,
                received_at=at,
                calendar=calendar,
                exemptions=exemptions,
            ),
            today=localdate(at),
        )
        for channel in channels_offered(version)
    ]
    return tuple(sorted(offered, key=lambda way: (way.is_unknown, way.payable_vnd, order.index(way.channel))))


def _way(channel: Channel, quoted: Quote, *, today: date) -> Way:
    deadline = quoted.deadline
    icon, title = TITLES[channel]
    return Way(
        channel=channel,
        icon=icon,
        title=title,
        limit_text=explain_limit(quoted.limit),
        limit_is_illustration=quoted.limit_certainty not in (SOURCED, None),
        deadline=deadline,
        sentence=deadline_sentence(deadline, quoted.limit) if deadline else "",
        slats=slats(deadline.trace, today=today) if deadline else (),
        fees=[fee_words(line) for line in quoted.fees.lines],
        payable_vnd=quoted.fees.payable_vnd,
        base_vnd=quoted.fees.base_vnd,
    )
