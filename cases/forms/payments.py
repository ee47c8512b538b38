"""What an officer types when money changes hands: amount, way of paying, and the receipt."""

import re
import uuid
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions import Take
from cases.choices import PaymentMethod
from cases.forms.fields import DayField, KeyField, OneOfField, TextField
from cases.forms.moves import MoveForm
from staff.figures import number_text

AMOUNT = re.compile(r"[0-9]{1,12}")
NUMBER = re.compile(r"[0-9]{1,9}")
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2200
SERIES = re.compile(r"[A-Z0-9Đ][A-Z0-9Đ/.\-]*")


class AmountField(TextField):
    """An amount of đồng; 8.000, 8 000 and 8000 đ are the same amount."""

    def clean(self, value: Any) -> Any:
        """The whole amount; a part of a đồng does not exist."""
        text = re.sub(r"[ .]|đ$", "", str(super().clean(value)).lower())
        if not AMOUNT.fullmatch(text):
            raise ValidationError(_("Nhập số tiền bằng chữ số, ví dụ 8.000."), code="amount_form")
        return int(text)


class ReceiptNumberField(TextField):
    """The number printed on a receipt; zeros in front may be typed or left out."""

    def clean(self, value: Any) -> Any:
        """The number, at least 1."""
        text = str(super().clean(value))
        if not NUMBER.fullmatch(text) or not int(text):
            raise ValidationError(_("Số biên lai chỉ có chữ số, ví dụ 0000123."), code="number_form")
        return int(text)


class SeriesField(TextField):
    """The sign of a book of receipts, as it is printed: AB/26P."""

    def clean(self, value: Any) -> Any:
        """The sign in capitals."""
        text = str(super().clean(value)).upper().replace(" ", "")
        if not SERIES.fullmatch(text):
            raise ValidationError(_("Ký hiệu chỉ gồm chữ, số và dấu gạch, ví dụ AB/26P."), code="series_form")
        return text


class PaymentForm(MoveForm):
    """A take; amount, series and number stand there already, so that Enter is enough."""

    take_key = KeyField(widget=forms.HiddenInput, required=False)
    amount = AmountField(label=_("Số tiền thu (đồng)"), max_length=20, attrs={"inputmode": "numeric"})
    method = OneOfField(
        label=_("Hình thức"),
        choices=PaymentMethod.choices,
        initial=PaymentMethod.CASH,
    )
    series = SeriesField(label=_("Ký hiệu biên lai"), max_length=20)
    number = ReceiptNumberField(label=_("Số biên lai"), max_length=12, attrs={"inputmode": "numeric"})
    payer = TextField(
        label=_("Người nộp tiền"),
        help_text=_("để trống nếu là người nộp hồ sơ"),
        max_length=200,
        required=False,
    )

    def arguments(self) -> dict[str, Any]:
        """The take as one value, and the version; a page without a key is a take of its own."""
        data = self.cleaned_data
        take = Take(
            take_key=data["take_key"] or uuid.uuid4(),
            amount_vnd=data["amount"],
            method=PaymentMethod(data["method"]),
            series=data["series"],
            number=data["number"],
            payer=data["payer"],
        )
        return {"take": take, "version": data["version"]}


def proposed(*, version: int, outstanding_vnd: int, series: str, number: int) -> dict[str, Any]:
    """What stands in the form before anybody types: everything owed, and the next receipt of the officer."""
    return {
        "version": version,
        "take_key": uuid.uuid4(),
        "amount": number_text(outstanding_vnd),
        "method": PaymentMethod.CASH,
        "series": series,
        "number": f"{number:07d}" if series else "",
    }


class TillDayForm(forms.Form):
    """The day of a sheet; without one it is today's."""

    day = DayField(
        label=_("Ngày"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"class": "in", "inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y"
        ),
        error_messages={"invalid": _("Nhập ngày dạng 26/11/2026.")},
    )

    def clean_day(self) -> date | None:
        """A day in the life of this system, so that the days beside it exist too."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise ValidationError(self.fields["day"].error_messages["invalid"], code="invalid")
        return day
