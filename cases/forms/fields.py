"""Form fields of the office: every text passes one cleaning, every message says what to do."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.id_numbers import bare
from staff.errors import OfficeError
from staff.text import clean_lines, clean_text, normalise_phone

PARTIAL_DATE = re.compile(r"^(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$")
WHOLE_DATE = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
SLIP_KEY = re.compile(r"^([0-9]{4})-([0-9]{1,8})$")
OLDEST_YEAR = 1900


@dataclass(frozen=True)
class PartialDate:
    """A birth date of which the month and the day may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{part:02d}" for part in (self.day, self.month) if part]
        return "/".join([*parts, str(self.year)])


class TextField(forms.CharField):
    """One line of text, cleaned: NFC, no stray blanks, no invisible characters."""

    def __init__(self, *, label: Any, max_length: int, required: bool = True, **kwargs: Any) -> None:
        attrs = {"class": "in", "autocomplete": "off"} | kwargs.pop("attrs", {})
        widget = kwargs.pop("widget", forms.TextInput)(attrs=attrs)
        kwargs["error_messages"] = {"required": _("Ông bà nhập ô này.")} | kwargs.get("error_messages", {})
        super().__init__(label=label, max_length=max_length, required=required, widget=widget, **kwargs)
        self.error_messages["max_length"] = _(
            "Ô này có nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d."
        )

    def clean_words(self, text: str) -> str:
        """One line, or the lines of a text area."""
        return clean_lines(text) if isinstance(self.widget, forms.Textarea) else clean_text(text)

    def to_python(self, value: Any) -> str:
        """The cleaned text; a NUL is refused in words."""
        try:
            return self.clean_words(super().to_python(value) or "")
        except OfficeError as refused:
            raise ValidationError(str(refused.message), code=refused.code) from refused


class PhoneField(TextField):
    """A Vietnamese telephone number, stored as +84…; blanks, dots and dashes may be typed."""

    def clean(self, value: Any) -> str:
        """The number in E.164, or a message that shows the form expected."""
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return normalise_phone(text)
        except OfficeError as refused:
            raise ValidationError(str(refused.message), code=refused.code) from refused


class IdNumberField(TextField):
    """The number of a paper of a person or an organisation; blanks, dots and dashes may be typed."""

    def clean(self, value: Any) -> str:
        """Letters and digits only; of which paper it is, the form says."""
        return bare(str(super().clean(value)))


class PartialDateField(TextField):
    """A date typed as 14/03/1985, 14031985, 03/1985 or 1985."""

    def clean(self, value: Any) -> Any:
        """The parts that are known; a day that does not exist is refused."""
        text = str(super().clean(value))
        return _partial_date(text) if text else None


def _partial_date(text: str) -> PartialDate:
    found = WHOLE_DATE.fullmatch(text) or PARTIAL_DATE.fullmatch(text)
    if not found:
        raise ValidationError(
            _("Nhập ngày dạng 14/03/1985; không rõ ngày thì 03/1985 hoặc 1985."), code="date_form"
        )
    day, month, year = (int(part) if part else None for part in found.groups())
    try:
        dt.date(year or 0, month or 1, day or 1)
    except ValueError as unknown:
        raise ValidationError(
            _("Không có ngày %(day)s trong lịch."), code="date_unknown", params={"day": text}
        ) from unknown
    if year is None or year < OLDEST_YEAR:
        raise ValidationError(_("Năm sinh phải từ 1900 trở đi."), code="date_too_old")
    return PartialDate(year, month, day)


class CountField(forms.IntegerField):
    """A small whole number."""

    def __init__(
        self, *, label: Any, low: int = 0, high: int = 999, required: bool = True, **kwargs: Any
    ) -> None:
        widget = forms.TextInput(attrs={"class": "in", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(
            label=label, min_value=low, max_value=high, required=required, widget=widget, **kwargs
        )
        self.error_messages |= {
            "invalid": _("Nhập một số nguyên."),
            "required": _("Nhập một số."),
            "min_value": _("Số nhỏ nhất là %(limit_value)s."),
            "max_value": _("Số lớn nhất là %(limit_value)s."),
        }

    def to_python(self, value: Any) -> int | None:
        """The number; blanks alone are none."""
        return super().to_python(value.strip() if isinstance(value, str) else value)


class VersionField(forms.IntegerField):
    """The version of the case that the page showed; one that cannot be read is older than every case.

    Nobody can correct a hidden field: the office then refuses as for an old page, and the page begins anew.
    """

    widget = forms.HiddenInput

    def __init__(self, *, unreadable: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unreadable = unreadable

    def clean(self, value: Any) -> Any:
        """The version, or the one that no case has."""
        try:
            return super().clean(value)
        except ValidationError:
            return self.unreadable


class DayField(forms.DateField):
    """A day; blanks alone are no day."""

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or None."""
        return super().to_python(value.strip() if isinstance(value, str) else value)


class KeyField(forms.UUIDField):
    """A hidden key of the page; one that cannot be read counts as none, for nobody can correct it."""

    def clean(self, value: Any) -> Any:
        """The key, or None."""
        try:
            return super().clean(value)
        except ValidationError:
            return None


class SlipKeyField(forms.CharField):
    """The year and number of a slip, as 2026-7; one that cannot be read counts as none."""

    def clean(self, value: Any) -> Any:
        """Year and number, or None."""
        return slip_key(value)


def slip_key(text: Any) -> tuple[int, int] | None:
    """Year and number out of 2026-7; None when it is no such key."""
    found = SLIP_KEY.fullmatch(text) if isinstance(text, str) else None
    return (int(found[1]), int(found[2])) if found else None


class OneOfField(forms.ChoiceField):
    """One of a short list."""

    def __init__(
        self, *, label: Any, choices: Sequence[tuple[Any, Any]], required: bool = True, **kwargs: Any
    ) -> None:
        widget = kwargs.pop("widget", None) or forms.Select(attrs={"class": "in"})
        super().__init__(label=label, choices=choices, required=required, widget=widget, **kwargs)
        self.error_messages |= {
            "required": _("Ông bà chọn một mục."),
            "invalid_choice": _("Mục đã chọn không có trong danh sách."),
        }
