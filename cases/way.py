"""The way of a case as a citizen sees it: four arches from reception to the result. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import Action, State


@dataclass(frozen=True)
class WayStep:
    """One arch: ``css`` is did, now or nothing."""

    css: str
    icon: str
    title: str | Promise
    at: datetime | None


@dataclass(frozen=True)
class Told:
    """What the citizen is told first, and whether something has to be done."""

    headline: str | Promise
    advice: str | Promise
    must_act: bool


STEPS: Final = (
    (Action.REGISTER, "desk", _("Đã tiếp nhận")),
    (Action.FORWARD, "pen", _("Đang thẩm định")),
    (Action.APPROVE, "stamp", _("Lãnh đạo ký")),
    (Action.HAND_OVER, "box", _("Trả kết quả")),
)

NOW: Final[Mapping[str, int]] = {
    State.SUBMITTED: 0,
    State.AWAITING_COMPLETION: 0,
    State.REGISTERED: 1,
    State.IN_PROGRESS: 1,
    State.AWAITING_SUPPLEMENT: 1,
    State.AWAITING_PAYMENT: 1,
    State.AWAITING_APPROVAL: 2,
    State.RESOLVED: 3,
    State.RETURNED: 4,
}
"""Which arch is being worked on; everything before it is done. Cases that ended on the way stand at none."""

TOLD: Final[Mapping[str, Told]] = {
    State.REGISTERED: Told(_("Đã tiếp nhận"), _("Ông bà không phải làm gì thêm lúc này."), must_act=False),
    State.IN_PROGRESS: Told(
        _("Đang giải quyết"), _("Ông bà không phải làm gì thêm lúc này."), must_act=False
    ),
    State.AWAITING_APPROVAL: Told(
        _("Đang chờ lãnh đạo ký"), _("Ông bà không phải làm gì thêm lúc này."), must_act=False
    ),
    State.RESOLVED: Told(
        _("Đã có kết quả"), _("Mời ông bà đến nhận, mang theo giấy hẹn hoặc căn cước."), must_act=True
    ),
    State.RETURNED: Told(_("Đã trả kết quả"), _("Hồ sơ đã xong."), must_act=False),
    State.WITHDRAWN: Told(_("Đã rút hồ sơ"), _("Hồ sơ kết thúc theo yêu cầu của ông bà."), must_act=False),
}
"""States that only later moves can reach fall back to their own label."""


INSTEAD: Final[Mapping[str, str]] = {
    Action.FORWARD: Action.SEND_TO_AGENCY,
    Action.APPROVE: Action.AGENCY_RESULT,
}
"""What stands for a step of the commune where an agency outside it decides."""


def way(state: State | str, moments: Mapping[str, datetime]) -> Sequence[WayStep]:
    """The four arches. ``moments`` holds when each action last happened."""
    current = NOW.get(state)
    happened = [
        moments.get(action) or moments.get(INSTEAD.get(action, "")) for action, _icon, _title in STEPS
    ]
    return tuple(
        WayStep(_css(place, current, has_happened=at is not None), icon, title, at)
        for place, ((_action, icon, title), at) in enumerate(zip(STEPS, happened, strict=True))
    )


def _css(place: int, current: int | None, *, has_happened: bool) -> str:
    if current is None:
        return "did" if has_happened else ""
    return "did" if place < current else "now" if place == current else ""


VOIDED: Final = Told(
    _("Hồ sơ đã hủy vì nhập nhầm"),
    _("Hồ sơ này do nhập nhầm nên đã hủy. Ông bà hỏi tại nơi tiếp nhận hoặc gọi 02373 900 900."),
    must_act=True,
)


def told(state: State | str, *, is_voided: bool = False) -> Told:
    """Headline and advice of a state; a case entered by mistake says so."""
    if is_voided:
        return VOIDED
    return TOLD.get(state) or Told(State(state).label, _("Ông bà gọi 02373 900 900 nếu cần."), must_act=False)
