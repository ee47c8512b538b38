"""The findings in words: what each part is, how it stands, and what an officer can do meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.health.verdict import Finding, Part

NAMES: Final[Mapping[Part, Promise]] = {
    Part.WEB: gettext_lazy("Trang làm việc"),
    Part.DATABASE: gettext_lazy("Cơ sở dữ liệu"),
    Part.BROKER: gettext_lazy("Hàng đợi việc nền"),
    Part.WORKER: gettext_lazy("Máy làm việc nền"),
    Part.CLOCKWORK: gettext_lazy("Đồng hồ gọi việc"),
    Part.OUTBOX: gettext_lazy("Hộp tin gửi đi"),
    Part.MORNING_CHECK: gettext_lazy("Nhắc việc buổi sáng"),
    Part.PRUNING: gettext_lazy("Xóa dữ liệu hết hạn lưu"),
}
WELL: Final[Mapping[Part, Promise]] = {
    Part.WEB: gettext_lazy("Đang mở."),
    Part.DATABASE: gettext_lazy("Trả lời tốt."),
    Part.BROKER: gettext_lazy("Trả lời tốt."),
    Part.WORKER: gettext_lazy("Đang chạy."),
    Part.CLOCKWORK: gettext_lazy("Đang chạy."),
    Part.OUTBOX: gettext_lazy("Không có tin nào phải chờ lâu."),
    Part.MORNING_CHECK: gettext_lazy("Đã chạy đúng ngày."),
    Part.PRUNING: gettext_lazy("Đang chạy."),
}
STANDS_STILL: Final[Mapping[Part, Promise]] = {
    Part.DATABASE: gettext_lazy("Không trả lời. Chưa tiếp nhận được hồ sơ; ông bà báo người quản trị ngay."),
    Part.BROKER: gettext_lazy("Không trả lời. Hồ sơ vẫn tiếp nhận được; tin báo đi chậm hơn."),
    Part.WORKER: gettext_lazy("Đang đứng. Hồ sơ vẫn tiếp nhận được; tin báo chờ đến khi máy chạy lại."),
    Part.CLOCKWORK: gettext_lazy("Đang đứng. Hồ sơ vẫn tiếp nhận được; việc định kỳ không được gọi."),
    Part.OUTBOX: gettext_lazy("Có tin chờ quá lâu. Công dân và cán bộ chưa nhận được tin báo."),
    Part.MORNING_CHECK: gettext_lazy("Chưa chạy hôm nay. Ông bà xem hồ sơ hẹn trả và quá hạn ở danh sách."),
    Part.PRUNING: gettext_lazy("Đang đứng. Hồ sơ không bị ảnh hưởng; ông bà báo người quản trị."),
}


@dataclass(frozen=True)
class Line:
    """One line of the page."""

    name: str
    words: str
    is_well: bool
    last_seen: datetime | None


def told(findings: Sequence[Finding]) -> list[Line]:
    """The lines of the page in the order of the findings."""
    return [
        Line(str(NAMES[finding.part]), _words(finding), finding.is_well, finding.last_seen)
        for finding in findings
    ]


def _words(finding: Finding) -> str:
    if not finding.is_known:
        return _("Chưa biết, vì phần khác đang đứng hoặc chưa có nhịp chạy nào.")
    words = str((WELL if finding.is_well else STANDS_STILL)[finding.part])
    if finding.part is Part.OUTBOX and finding.figure:
        words += " " + _("Trong một ngày qua có %(n)s tin không gửi được.") % {"n": finding.figure}
    return words
