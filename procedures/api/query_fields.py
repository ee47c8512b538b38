"""What stands in the query of an address: cleaned and checked, each refusal says what is expected."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from staff.clock import LOCAL
from staff.errors import OfficeError
from staff.text import clean_text

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise, _StrPromise

Choices: TypeAlias = Sequence[tuple[str, Any]]

CODE: Final = r"[0-9]\.[0-9]{6}"
MOMENT: Final = (
    "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
    "(Z|[+ -](0[0-9]|1[0-4]):[0-5][0-9])?"
)
_BLANK_FOR_PLUS: Final = re.compile(r" (?=[0-9]{2}:[0-9]{2}$)")
_DATE_LENGTH: Final = len("2026-11-20T")

REQUIRED: Final = _("Cần có tham số này.")
MOMENT_FORM: Final = _("Thời điểm ghi dạng 2026-11-20T16:40 hoặc 2026-11-20T16:40:00+07:00.")


class QueryTextField(forms.CharField):
    """One line of text: NFC, no stray blanks, no invisible characters."""

    def __init__(self, *, help_text: "_StrOrPromise", max_length: int, required: bool = False) -> None:
        super().__init__(help_text=help_text, max_length=max_length, required=required)
        self.error_messages |= {
            "required": REQUIRED,
            "max_length": _("Nhiều nhất %(limit_value)d ký tự, đang có %(show_value)d."),
        }

    def to_python(self, value: Any) -> str:
        """The cleaned text; what cannot be kept is refused in words, and so is more than is allowed."""
        sent = super().to_python(value) or ""
        if self.max_length is not None and len(sent) > self.max_length:  # as sent: cleaning shortens
            long = {"limit_value": self.max_length, "show_value": len(sent)}
            raise ValidationError(self.error_messages["max_length"], code="max_length", params=long)
        try:
            return clean_text(sent)
        except OfficeError as refused:
            raise ValidationError(str(refused.message), code=refused.code) from refused


class QueryPatternField(QueryTextField):
    """A value of one form, taken exactly as it was sent."""

    def to_python(self, value: Any) -> str:
        """The value; nothing is left out of it."""
        return "" if value is None else str(value)


class QueryCodeField(QueryPatternField):
    """The national code of a procedure."""

    def __init__(self, *, help_text: "_StrOrPromise") -> None:
        super().__init__(help_text=help_text, max_length=20)

    def clean(self, value: Any) -> str:
        """A code of the national form, or nothing."""
        code = str(super().clean(value))
        if code and not re.fullmatch(CODE, code):
            raise ValidationError(_("Mã thủ tục có dạng 1.004873."), code="invalid")
        return code


class QueryMomentField(QueryPatternField):
    """A moment in ISO 8601. Without an offset it is local; a blank may stand for the "+" of the offset."""

    def __init__(self, *, help_text: "_StrOrPromise", required: bool = False) -> None:
        super().__init__(help_text=help_text, max_length=40, required=required)

    def clean(self, value: Any) -> Any:
        """The moment with its offset, None when nothing was said."""
        text = str(super().clean(value))
        if not text:
            return None
        if not re.fullmatch(MOMENT, text):
            raise ValidationError(MOMENT_FORM, code="invalid")
        return _moment(text)


class QueryCountField(forms.IntegerField):
    """A small whole number."""

    def __init__(
        self, *, help_text: "_StrOrPromise", low: int, high: int, initial: int | None = None
    ) -> None:
        super().__init__(help_text=help_text, min_value=low, max_value=high, required=False, initial=initial)
        self.error_messages |= {
            "invalid": _("Cần một số nguyên."),
            "min_value": _("Số nhỏ nhất là %(limit_value)s."),
            "max_value": _("Số lớn nhất là %(limit_value)s."),
        }

    def clean(self, value: Any) -> int | None:
        """The number; the usual one when nothing was said. A name without a number is no number."""
        if value == "":
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number: int | None = super().clean(value)
        return self.initial if number is None else number


class QueryChoiceField(forms.ChoiceField):
    """One of a closed list."""

    def __init__(
        self,
        *,
        help_text: "_StrOrPromise",
        choices: Choices,
        required: bool = True,
        initial: str | None = None,
    ) -> None:
        super().__init__(help_text=help_text, choices=choices, required=required, initial=initial)
        self.error_messages |= {"required": REQUIRED, "invalid_choice": _not_among(choices)}

    def clean(self, value: Any) -> str:
        """The chosen value; the usual one when nothing was said."""
        return str(super().clean(value) or self.initial or "")


class QueryChoicesField(forms.MultipleChoiceField):
    """Some of a closed list; the parameter is repeated for each."""

    def __init__(self, *, help_text: "_StrOrPromise", choices: Choices) -> None:
        super().__init__(help_text=help_text, choices=choices, required=False)
        self.error_messages |= {"invalid_choice": _not_among(choices)}

    def clean(self, value: Any) -> list[str]:
        """The chosen values; a parameter left empty names none."""
        chosen: list[str] = super().clean([one for one in value or () if one])
        return chosen


def _moment(text: str) -> dt.datetime:
    day, rest = text[:_DATE_LENGTH], text[_DATE_LENGTH:]
    try:
        at = dt.datetime.fromisoformat(day + _BLANK_FOR_PLUS.sub("+", rest))
    except ValueError as unknown:
        raise ValidationError(_("Không có ngày này trong lịch."), code="date_unknown") from unknown
    return at if at.tzinfo else at.replace(tzinfo=LOCAL)


def _not_among(choices: Choices) -> "_StrPromise":
    """The refusal of a value, with the values that are known."""
    return format_lazy(
        _("Giá trị không hợp lệ. Giá trị hợp lệ: {values}."),
        values=", ".join(str(value) for value, _l in choices),
    )
