"""The rare part of reception: the request was received earlier than it is typed."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions.late import LateEntry, moment_of_receipt
from cases.errors import CaseError
from cases.forms.fields import TextField
from staff.clock import LOCAL

MOMENT: Final = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})[ ,]+([0-9]{1,2})[:hg]([0-9]{2})$")


class MomentField(TextField):
    """A day and a time, typed as 19/11/2026 15:30."""

    def clean(self, value: Any) -> Any:
        """The moment on the local clock; None when nothing was typed."""
        text = str(super().clean(value))
        return _moment(text) if text else None


def _moment(text: str) -> datetime:
    found = MOMENT.fullmatch(text)
    if not found:
        raise ValidationError(_("Nhập ngày và giờ dạng 19/11/2026 15:30."), code="moment_form")
    day, month, year, hour, minute = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=LOCAL)
    except ValueError as unknown:
        raise ValidationError(
            _("Không có ngày giờ %(moment)s."), code="moment_unknown", params={"moment": text}
        ) from unknown


class LateForm(forms.Form):
    """When the citizen really came, if that was before now; without the tick nothing of it counts."""

    late = forms.BooleanField(label=_("Đã nhận từ trước (mất điện, mất mạng)"), required=False)
    late_at = MomentField(
        label=_("Lúc nhận thực tế"),
        max_length=20,
        required=False,
        attrs={"inputmode": "numeric", "placeholder": "19/11/2026 15:30"},
    )
    late_reason = TextField(label=_("Lý do nhập sau"), max_length=300, required=False)

    def late_entry(self) -> LateEntry | None:
        """What is typed about an earlier receipt, as far as it can be read."""
        data = self.cleaned_data
        if not data.get("late") or not data.get("late_at"):
            return None
        return LateEntry(data["late_at"], data.get("late_reason") or "")

    def check_late(self, data: Mapping[str, Any], at: datetime | None) -> None:
        """A moment that can be, and a reason."""
        if not data.get("late") or "late_at" in self.errors:
            return
        entry = self.late_entry()
        if entry is None:
            self.add_error("late_at", ValidationError(_("Ông bà ghi lúc nhận thực tế."), code="required"))
            return
        try:
            moment_of_receipt(entry, at or entry.received_at)
        except CaseError as refused:
            field = "late_reason" if refused.code == "late_without_reason" else "late_at"
            if field not in self.errors:
                self.add_error(field, ValidationError(str(refused.message), code=refused.code))


def received_at(data: Mapping[str, Any] | None, at: datetime) -> datetime:
    """The moment from which a screen as it was sent is counted; one that cannot be is no moment.

    What is offered, promised and priced follows from it, before the rest of the screen is read.
    """
    if not data or not data.get("late"):
        return at
    try:
        moment = MomentField(label="", max_length=20, required=False).clean(data.get("late_at"))
        # The reason is asked for by the form; the moment counts from the first digit on.
        return moment_of_receipt(LateEntry(moment, "-"), at) if moment else at
    except (ValidationError, CaseError):
        return at
