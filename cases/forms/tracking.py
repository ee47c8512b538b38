"""What a citizen types to see where the case stands."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import TextField

DIGITS = re.compile("[0-9]{4}")


class DigitsForm(forms.Form):
    """The four digits that open names, messages and papers."""

    digits = TextField(
        label=_("4 số cuối điện thoại hoặc số giấy tờ"),
        max_length=20,
        attrs={"inputmode": "numeric", "maxlength": 4, "size": 6},
        error_messages={"required": _("Ông bà nhập 4 chữ số.")},
    )

    def clean_digits(self) -> str:
        """Exactly four digits."""
        digits: str = self.cleaned_data["digits"]
        if not DIGITS.fullmatch(digits):
            raise ValidationError(_("Ông bà nhập đúng 4 chữ số."), code="digits_form")
        return digits


class TrackForm(DigitsForm):
    """The code printed on the receipt, and the four digits."""

    code = TextField(
        label=_("Mã hồ sơ"),
        max_length=40,
        error_messages={"required": _("Ông bà nhập mã hồ sơ in trên giấy hẹn.")},
    )
    field_order = ("code", "digits")

    def clean_code(self) -> str:
        """The code as the office writes it."""
        return re.sub(r"\s", "", str(self.cleaned_data["code"])).upper()

    def clean(self) -> dict[str, Any]:
        """Nothing to compare: whether both belong together is asked of the case."""
        return self.cleaned_data
