"""What an officer types to make a key of the interface."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from staff.errors import OfficeError
from staff.forms import PasswordField
from staff.text import clean_text

LASTING: Final = [("90", _("90 ngày")), ("30", _("30 ngày")), ("365", _("1 năm"))]


class TokenForm(forms.Form):
    """A name, a time to live, and the password again."""

    name = forms.CharField(
        label=_("Tên khóa"),
        help_text=_("Phần mềm nào dùng khóa này, ví dụ: Kho dữ liệu tỉnh."),
        max_length=60,
        error_messages={
            "required": _("Ông bà đặt tên cho khóa."),
            "max_length": _("Tên khóa có nhiều nhất 60 ký tự."),
        },
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off"}),
    )
    days = forms.ChoiceField(
        label=_("Dùng trong"),
        choices=LASTING,
        initial=LASTING[0][0],
        error_messages={
            "required": _("Ông bà chọn thời hạn của khóa."),
            "invalid_choice": _("Ông bà chọn một thời hạn trong danh sách."),
        },
        widget=forms.Select(attrs={"class": "in"}),
    )
    password = PasswordField(
        label=_("Mật khẩu của ông bà"),
        required_message=_("Ông bà nhập lại mật khẩu."),
        autocomplete="current-password",
    )

    def clean_name(self) -> str:
        """The name as a person means it, without stray blanks."""
        try:
            name = clean_text(self.cleaned_data["name"])
        except OfficeError as refused:
            raise forms.ValidationError(str(refused.message), code=refused.code) from refused
        if not name:
            raise forms.ValidationError(_("Ông bà đặt tên cho khóa."), code="required")
        return name
