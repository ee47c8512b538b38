"""The queue for other systems: what may be asked, and one page of it by key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.choices import RUNNING, State
from cases.forms.queue import QueueFilterForm
from cases.lookups import MOST_DIGITS, moment_of
from cases.models import Case
from cases.queues import NOBODY, ORDERS, SIZES, VIEWS, QueueFilter, read_key
from procedures.api.query_fields import QueryChoiceField, QueryCountField, QueryTextField
from procedures.choices import Channel
from staff.actor import Actor
from staff.clock import localdate
from staff.queries import current_calendar

VIEW_WORDS: Final[Mapping[str, Any]] = {
    "open": _("đang mở"),
    "me": _("chờ cán bộ của khóa này"),
    "mine": _("cán bộ của khóa này đang giữ"),
    "overdue": _("quá hạn"),
    "today": _("hẹn trả hôm nay"),
    "soon": _("sắp đến hạn"),
    "waiting": _("chờ chuyển xử lý"),
    "citizen": _("chờ công dân"),
    "signature": _("chờ ký"),
    "ready": _("có kết quả, chưa trả"),
}
NO_SUCH_PAGE: Final = _("Không đọc được khóa trang; mở lại từ trang đầu.")
NOT_LISTED: Final = _("Giá trị không có trong danh sách.")
LARGEST: Final = 10**MOST_DIGITS - 1


class CaseListForm(forms.Form):
    """What may be asked; unlike the page it refuses what it cannot read."""

    view = QueryChoiceField(
        help_text=_("Nhóm hồ sơ."),
        choices=[(view, VIEW_WORDS.get(view, view)) for view in VIEWS],
        required=False,
        initial="open",
    )
    order = QueryChoiceField(
        help_text=_("Thứ tự."),
        choices=[(name, order.label) for name, order in ORDERS.items()],
        required=False,
        initial="due",
    )
    size = QueryChoiceField(
        help_text=_("Số hồ sơ mỗi trang."),
        choices=[(str(size), str(size)) for size in SIZES],
        required=False,
        initial=str(SIZES[0]),
    )
    field = QueryTextField(help_text=_("Mã lĩnh vực."), max_length=100)
    state = QueryChoiceField(
        help_text=_("Tình trạng."),
        choices=[(str(state), State(state).label) for state in RUNNING],
        required=False,
    )
    holder = QueryTextField(help_text=_("Số của người xử lý, hoặc none: chưa phân."), max_length=MOST_DIGITS)
    channel = QueryChoiceField(help_text=_("Cách nộp."), choices=Channel.choices, required=False)
    point = QueryCountField(help_text=_("Số của nơi nhận."), low=1, high=LARGEST)
    after = QueryTextField(help_text=_("Khóa trang; lấy từ liên kết next."), max_length=120)
    before = QueryTextField(help_text=_("Khóa trang; lấy từ liên kết previous."), max_length=120)

    for listed_field in (view, order):
        listed_field.error_messages["invalid_choice"] = NOT_LISTED
    del listed_field

    def clean_holder(self) -> str:
        """A key, or nobody."""
        holder: str = self.cleaned_data["holder"]
        if holder and holder != NOBODY and not (holder.isascii() and holder.isdecimal()):
            raise ValidationError(_("Cần một số nguyên hoặc none."), code="invalid")
        return holder

    def clean(self) -> dict[str, Any]:
        """Page keys can be read, and only one of them is given."""
        data = self.cleaned_data
        for name in ("after", "before"):
            if data.get(name) and read_key(data[name], data.get("order") or "due") is None:
                self.add_error(name, ValidationError(NO_SUCH_PAGE, code="page_key_unknown"))
        if data.get("after") and data.get("before"):
            message = _("Chỉ dùng một trong hai tham số after và before.")
            self.add_error("before", ValidationError(message, code="after_and_before"))
        return data


def listed(asked: Mapping[str, Any], *, by: Actor, at: datetime, path: str) -> dict[str, Any]:
    """One page of the visible cases with the addresses of its neighbours."""
    chosen = _filter(asked)
    moment = moment_of(at, localdate(at), current_calendar())
    visible = Case.objects.visible_to(by).narrowed(chosen)
    shown = visible.in_view(chosen.view, actor=by, moment=moment, state=chosen.state).for_queue_table()
    page = shown.page(chosen)
    later, earlier = chosen.change(after=page.next_key), chosen.change(before=page.previous_key)
    return {
        "results": page.cases,
        "next": f"{path}?{later.query()}" if page.next_key else None,
        "previous": f"{path}?{earlier.query()}" if page.previous_key else None,
    }


def _filter(asked: Mapping[str, Any]) -> QueueFilter:
    """The very filter of the page."""
    data = QueryDict(mutable=True)
    for name, value in asked.items():
        data[name] = "" if value is None else str(value)
    return QueueFilterForm(data).to_filter()
