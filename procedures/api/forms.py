"""What may be asked about procedures, their quotes and deadlines."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from procedures.api.query_fields import (
    REQUIRED,
    QueryChoiceField,
    QueryChoicesField,
    QueryCodeField,
    QueryCountField,
    QueryMomentField,
    QueryTextField,
)
from procedures.choices import Category, Channel
from procedures.deadlines import TimeLimit, Unit
from procedures.search import MAX_QUERY

SIZES: Final = ("20", "50", "100")
COUNTED: Final = frozenset({Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.WORKING_HOUR})
MOST_UNITS: Final = 1000


class CatalogueForm(forms.Form):
    """Words to search for and the page of the list."""

    q = QueryTextField(
        help_text=_(
            "Từ khóa, có dấu hoặc không dấu, kể cả lời nói thường ngày hoặc mã thủ tục."
            " Bỏ trống thì liệt kê toàn bộ danh mục theo mã."
        ),
        max_length=MAX_QUERY,
    )
    size = QueryChoiceField(
        help_text=_("Số thủ tục mỗi trang."),
        choices=[(size, size) for size in SIZES],
        required=False,
        initial="20",
    )
    after = QueryCodeField(help_text=_("Mã thủ tục đứng ngay trước trang cần xem; lấy từ liên kết next."))
    before = QueryCodeField(help_text=_("Mã thủ tục đứng ngay sau trang cần xem; lấy từ liên kết previous."))

    def clean(self) -> dict[str, Any]:
        """A page lies after one procedure or before one, not both."""
        if self.cleaned_data.get("after") and self.cleaned_data.get("before"):
            message = _("Chỉ dùng một trong hai tham số after và before.")
            self.add_error("before", ValidationError(message, code="after_and_before"))
        return self.cleaned_data


class QuoteForm(forms.Form):
    """The circumstances of a filing on which the promise and the money hang."""

    channel = QueryChoiceField(help_text=_("Hình thức nộp hồ sơ."), choices=Channel.choices)
    received_at = QueryMomentField(
        help_text=_(
            "Thời điểm nhận đủ hồ sơ theo ISO 8601. Không ghi múi giờ thì hiểu là giờ Việt Nam (+07:00);"
            " dấu cách thay cho dấu + cũng được nhận. Bỏ trống thì lấy thời điểm hiện tại."
        )
    )
    situation = QueryTextField(
        help_text=_("Mã trường hợp của thủ tục. Bỏ trống thì lấy trường hợp đầu tiên."), max_length=50
    )
    copies = QueryCountField(help_text=_("Số bản."), low=1, high=1000, initial=1)
    pages = QueryCountField(help_text=_("Số trang của mỗi bản."), low=1, high=1000, initial=1)
    category = QueryChoicesField(
        help_text=_("Nhóm đối tượng của người nộp; nhắc lại tham số nếu thuộc nhiều nhóm."),
        choices=Category.choices,
    )

    def circumstances(self) -> dict[str, Any]:
        """What the quote hangs on, apart from the moment."""
        asked = self.cleaned_data
        return {
            "situation": asked["situation"] or None,
            "channel": asked["channel"],
            "copies": asked["copies"],
            "pages": asked["pages"],
            "categories": frozenset(asked["category"]),
        }


class DeadlineForm(forms.Form):
    """A moment and a time limit, without any procedure."""

    received_at = QueryMomentField(
        help_text=_(
            "Thời điểm nhận đủ hồ sơ theo ISO 8601. Không ghi múi giờ thì hiểu là giờ Việt Nam (+07:00);"
            " dấu cách thay cho dấu + cũng được nhận."
        ),
        required=True,
    )
    unit = QueryChoiceField(
        help_text=_("Đơn vị của thời hạn."),
        choices=[
            (Unit.WORKING_DAY.value, _("ngày làm việc")),
            (Unit.CALENDAR_DAY.value, _("ngày")),
            (Unit.WORKING_HOUR.value, _("giờ làm việc")),
            (Unit.SAME_DAY.value, _("trong ngày")),
        ],
    )
    amount = QueryCountField(
        help_text=_("Số ngày hoặc số giờ, từ 1 đến 1000; không cần khi đơn vị là same_day."),
        low=0,
        high=MOST_UNITS,
    )

    def clean(self) -> dict[str, Any]:
        """A unit that is counted needs a number of at least one."""
        if self.cleaned_data.get("unit") in COUNTED and "amount" in self.cleaned_data:
            amount = self.cleaned_data["amount"]
            if amount is None:
                self.add_error("amount", ValidationError(REQUIRED, code="required"))
            elif amount < 1:
                self.add_error("amount", ValidationError(_("Thời hạn phải từ 1 trở lên."), code="min_value"))
        return self.cleaned_data

    def limit(self) -> TimeLimit:
        """The time limit that was asked for."""
        unit = Unit(self.cleaned_data["unit"])
        return TimeLimit(self.cleaned_data["amount"] if unit in COUNTED else None, unit)
