"""What a receiving side says of a message. The reason is a code with a figure, never words about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: Final[Mapping[str, Promise]] = {
    "not_configured": gettext_lazy("nơi này chưa bật cách gửi này"),
    "demonstration": gettext_lazy("dữ liệu ở đây là dữ liệu thử, không gửi ra ngoài"),
    "no_address": gettext_lazy("hồ sơ không còn số di động hoặc địa chỉ thư"),
    "silence": gettext_lazy("nơi nhận không trả lời"),
    "busy": gettext_lazy("nơi nhận đang bận"),
    "unauthorised": gettext_lazy("nơi nhận không chấp nhận mật khẩu của hệ thống"),
    "declined": gettext_lazy("nơi nhận từ chối tin này"),
    "redirected": gettext_lazy("nơi nhận chuyển sang địa chỉ khác"),
    "gone": gettext_lazy("nơi nhận báo không còn dùng"),
    "certificate": gettext_lazy("chứng thư của nơi nhận không hợp lệ"),
    "private_address": gettext_lazy("địa chỉ nhận nằm trong mạng nội bộ"),
    "paused": gettext_lazy("nơi nhận đang tạm dừng"),
    "unsubscribed": gettext_lazy("nơi nhận đã xóa"),
    "membership_ended": gettext_lazy("cán bộ không còn làm việc ở nơi này"),
    "not_visible": gettext_lazy("cán bộ không còn xem được hồ sơ này"),
    "fault": gettext_lazy("hệ thống gặp lỗi khi gửi"),
}

# Only what speaks of this one message ends it; whatever may be the receiver's own fault is tried again.
FOR_GOOD: Final = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
WRONG_TOKEN: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


@dataclass(frozen=True)
class Accepted:
    """The receiving side has the message; sending it again under its key changes nothing."""


@dataclass(frozen=True)
class Retry:
    """Not now. ``is_silent`` when nobody answered at all, so that the next message need not be tried."""

    reason: str
    is_silent: bool = False


@dataclass(frozen=True)
class Refused:
    """Never: the receiving side will not take this message, however often it is sent."""

    reason: str


@dataclass(frozen=True)
class Skipped:
    """There was nothing to try: the way is not set up, or the receiver has no address any more."""

    reason: str


Outcome: TypeAlias = Accepted | Retry | Refused | Skipped


def of_status(status: int) -> Outcome:
    """What the status of an answer over HTTP means for the message."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Accepted()
    if status in FOR_GOOD:
        return Refused(f"declined:{status}")
    if status in WRONG_TOKEN:
        return Retry(f"unauthorised:{status}", is_silent=True)
    return Retry(f"busy:{status}")


def explain(reason: str) -> str:
    """A stored reason in words: ``busy:503`` is "nơi nhận đang bận (503)"."""
    code, _colon, figure = reason.partition(":")
    words = str(REASONS.get(code, _("lý do khác")))
    return f"{words} ({figure})" if figure else words
