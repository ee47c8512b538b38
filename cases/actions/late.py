"""A request that was received before it could be typed: at a power cut, a dead line, a broken machine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from cases.errors import CaseError

MOST_LATE: Final = timedelta(days=10)
"""Longer ago than any outage; what is older is a matter for the leader, not for a tick."""


@dataclass(frozen=True)
class LateEntry:
    """When the citizen really stood at the counter, and why it is typed only now."""

    received_at: datetime
    reason: str


def moment_of_receipt(late: LateEntry | None, at: datetime) -> datetime:
    """The moment that everything is counted from: the typed one of a late entry, else now.

    Raises:
        CaseError: ``late_in_future``, ``late_too_old``, ``late_without_reason``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3 (the limit runs from the receipt).
    """
    if late is None:
        return at
    if late.received_at > at:
        raise CaseError("late_in_future", _("Lúc nhận không được sau bây giờ."))
    if late.received_at < at - MOST_LATE:
        raise CaseError("late_too_old", _("Chỉ nhập lại hồ sơ đã nhận trong 10 ngày gần đây."))
    if not late.reason:
        raise CaseError("late_without_reason", _("Ông bà ghi lý do nhập sau."))
    return late.received_at
