"""The history of a case told in sentences, in the language of the reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from cases.choices import Action
from cases.models import CaseEvent
from staff.figures import amount_text


@dataclass(frozen=True)
class Corrected:
    """One fact that a step corrected: which, as it was, as it is since; a number is masked."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Told:
    """One step as it is told: when, who, what, why, and which facts it corrected."""

    at: datetime
    who: str
    title: str
    what: str
    reason: str
    kind: str
    corrected: Sequence[Corrected] = ()
    entered_at: datetime | None = None


def told(
    events: Sequence[CaseEvent],
    *,
    names: Mapping[int, str],
    corrected: Mapping[int, Sequence[Corrected]] | None = None,
) -> list[Told]:
    """The steps, newest first.

    Args:
        names: the officers whom payloads name by key.
        corrected: by the number of the step, the facts that it corrected.
    """
    return [
        Told(
            at=event.occurred_at,
            who=event.actor["name"],
            title=event.actor["title"],
            what=SENTENCES[event.kind](event, names),
            reason=event.reason,
            kind=event.kind,
            corrected=(corrected or {}).get(event.seq, ()),
            entered_at=_entered_later(event),
        )
        for event in sorted(events, key=lambda event: -event.seq)
    ]


def _entered_later(event: CaseEvent) -> datetime | None:
    """When an officer typed a step that had happened before; what the system writes is never typed."""
    is_typed = event.actor["officer"] is not None
    return event.recorded_at if is_typed and event.recorded_at != event.occurred_at else None


def _registered(event: CaseEvent, _names: Mapping[int, str]) -> str:
    point, source = event.actor.get("point"), event.payload.get("recalled_from")
    said = _("tiếp nhận hồ sơ tại %(point)s") % {"point": point} if point else _("tiếp nhận hồ sơ")
    if not source:
        return said
    again = _("người dân đồng ý dùng lại dữ liệu của hồ sơ %(code)s") % {"code": source}
    return f"{said}; {again}"


def _forwarded(event: CaseEvent, names: Mapping[int, str]) -> str:
    holder = event.payload.get("holder")
    if holder is None:
        return _("chuyển đến bộ phận chuyên môn")
    return _("chuyển cho %(name)s xử lý") % {"name": names.get(holder, _("công chức chuyên môn"))}


def _submitted(event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("trình ký kết quả") if event.payload.get("granted") else _("trình ký văn bản từ chối giải quyết")


def _approved(event: CaseEvent, names: Mapping[int, str]) -> str:
    if not event.payload.get("on_paper"):
        return _("ký duyệt kết quả")
    return _("ghi nhận kết quả do %(name)s ký trên giấy") % {"name": names.get(event.payload["signer"], "")}


def _sent_back(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("trả lại dự thảo")


def _handed_over(event: CaseEvent, _names: Mapping[int, str]) -> str:
    if event.payload.get("received_in"):
        return _("trả kết quả cho công dân tại %(point)s") % {"point": event.actor["point"]}
    return _("trả kết quả cho công dân")


def _entered(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("chuyển hồ sơ đến nơi giải quyết; thời hạn tính từ lúc này")


def _paper_arrived(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("nhận bản giấy từ nơi tiếp nhận")


def _withdrawn(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("ghi nhận công dân rút hồ sơ")


def _amended(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("sửa thông tin hồ sơ")


def _voided(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("hủy hồ sơ vì nhập nhầm")


def _correction_opened(event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("mở hồ sơ sửa sai sót %(code)s") % {"code": event.payload["correction"]}


def _sent_to_agency(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("gửi hồ sơ đến cơ quan giải quyết")


def _agency_decided(event: CaseEvent, _names: Mapping[int, str]) -> str:
    if event.payload["granted"]:
        return _("ghi kết quả của cơ quan giải quyết: đồng ý")
    return _("ghi kết quả của cơ quan giải quyết: từ chối")


def _claimed(_event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("nhận xử lý hồ sơ")


def _digitised(event: CaseEvent, _names: Mapping[int, str]) -> str:
    count = {"n": len(event.payload.get("files", ()))}
    if event.payload.get("reused_from"):
        return _("dùng lại %(n)s tệp giấy tờ của hồ sơ trước") % count
    return _("số hóa giấy tờ: %(n)s tệp") % count


def _paid(event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("thu tiền %(amount)s") % {"amount": amount_text(event.payload["amount_vnd"])}


def _payment_voided(event: CaseEvent, _names: Mapping[int, str]) -> str:
    return _("hủy biên lai %(amount)s") % {"amount": amount_text(event.payload["amount_vnd"])}


SENTENCES: Final[Mapping[str, Callable[[CaseEvent, Mapping[int, str]], str]]] = {
    Action.REGISTER: _registered,
    Action.FORWARD: _forwarded,
    Action.CLAIM: _claimed,
    Action.HAND_ON: _forwarded,
    Action.ASSIGN: _forwarded,
    Action.SUBMIT: _submitted,
    Action.APPROVE: _approved,
    Action.SEND_BACK: _sent_back,
    Action.HAND_OVER: _handed_over,
    Action.WITHDRAW: _withdrawn,
    Action.DIGITISE: _digitised,
    Action.AMEND: _amended,
    Action.VOID: _voided,
    Action.TAKE_PAYMENT: _paid,
    Action.VOID_PAYMENT: _payment_voided,
    Action.ENTER: _entered,
    Action.PAPER_ARRIVED: _paper_arrived,
    Action.OPEN_CORRECTION: _correction_opened,
    Action.SEND_TO_AGENCY: _sent_to_agency,
    Action.AGENCY_RESULT: _agency_decided,
}
