"""What officers type about their own accounts."""

import unicodedata
from typing import Any, Final

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from staff.models import Membership, Officer
from staff.text import clean_text

PASSWORD_MAX: Final = 256

# Django words these itself, in a Vietnamese that says "it"; here each says what to do.
PASSWORD_WORDING: Final = {
    "password_too_short": _("Mật khẩu phải có ít nhất {min_length} ký tự."),
    "password_too_common": _("Mật khẩu này dễ bị đoán. Ông bà chọn một câu dài mà chỉ mình nhớ."),
    "password_entirely_numeric": _("Mật khẩu không được chỉ gồm chữ số."),
    "password_too_similar": _("Mật khẩu không được giống tên đăng nhập, họ tên hoặc số điện thoại."),
}


class PasswordField(forms.CharField):
    """A password as typed, in one Unicode form, so that every keyboard gives the same."""

    def __init__(self, *, label: Any, required_message: Any, autocomplete: str) -> None:
        attrs = {"class": "in", "autocomplete": autocomplete}
        super().__init__(
            label=label,
            max_length=PASSWORD_MAX,
            strip=False,
            widget=forms.PasswordInput(attrs=attrs),
            error_messages={
                "required": required_message,
                "max_length": _("Mật khẩu dài quá %(limit_value)d ký tự."),
            },
        )

    def clean(self, value: Any) -> Any:
        """The password in Unicode NFC."""
        return unicodedata.normalize("NFC", super().clean(value))


class NextField(forms.CharField):
    """The page that somebody wanted; hidden, so that one that cannot be read counts as none."""

    def clean(self, value: Any) -> str:
        """The address, or nothing."""
        try:
            return str(super().clean(value))
        except ValidationError:
            return ""


class SignInForm(forms.Form):
    """A name and a password."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=50,
        error_messages={
            "required": _("Ông bà nhập tên đăng nhập."),
            "max_length": _("Tên đăng nhập có nhiều nhất 50 ký tự."),
        },
        widget=forms.TextInput(
            attrs={
                "class": "in",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = PasswordField(
        label=_("Mật khẩu"), required_message=_("Ông bà nhập mật khẩu."), autocomplete="current-password"
    )
    next = NextField(required=False, widget=forms.HiddenInput)

    def clean_username(self) -> str:
        """Names are kept in small letters."""
        return clean_text(self.cleaned_data["username"]).lower()


class PasswordForm(forms.Form):
    """The current password and, twice, the new one."""

    current = PasswordField(
        label=_("Mật khẩu hiện nay"),
        required_message=_("Ông bà nhập mật khẩu hiện nay."),
        autocomplete="current-password",
    )
    new = PasswordField(
        label=_("Mật khẩu mới"), required_message=_("Ông bà nhập mật khẩu mới."), autocomplete="new-password"
    )
    repeated = PasswordField(
        label=_("Nhập lại mật khẩu mới"),
        required_message=_("Ông bà nhập lại mật khẩu mới."),
        autocomplete="new-password",
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_new(self) -> str:
        """The new password differs from the current one and is hard to guess."""
        new: str = self.cleaned_data["new"]
        if new == self.cleaned_data.get("current"):
            raise ValidationError(_("Mật khẩu mới phải khác mật khẩu hiện nay."), code="password_unchanged")
        try:
            validate_password(new, self.officer)
        except ValidationError as found:
            raise ValidationError([_reworded(error) for error in found.error_list]) from found
        return new

    def clean(self) -> dict[str, Any]:
        """Both new passwords are the same."""
        data = self.cleaned_data
        if "new" in data and "repeated" in data and data["new"] != data["repeated"]:
            message = _("Hai lần nhập mật khẩu mới không giống nhau.")
            self.add_error("repeated", ValidationError(message, code="password_mismatch"))
        return data


class MembershipForm(forms.Form):
    """The choice of one of an officer's own memberships that are valid today."""

    membership = forms.ModelChoiceField(
        queryset=Membership.objects.none(),
        error_messages={
            "required": _("Ông bà chọn nơi làm việc."),
            "invalid_choice": _("Nơi làm việc này không còn hiệu lực. Ông bà chọn nơi khác."),
        },
    )
    next = NextField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, memberships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships  # type: ignore[attr-defined]


class ShortcutsForm(forms.Form):
    """Whether a bare letter may act on lists."""

    letter_shortcuts = forms.BooleanField(
        label=_("Dùng phím tắt một chữ cái trong danh sách"), required=False
    )


class PlaceSearchForm(forms.Form):
    """A present or former name of a commune or ward."""

    q = forms.CharField(
        label=_("Tên xã, phường mới hoặc cũ"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("Tên xã, phường có nhiều nhất 100 ký tự.")},
        widget=forms.TextInput(attrs={"class": "in", "autocomplete": "off", "type": "search"}),
    )

    def clean_q(self) -> str:
        """The name as a person means it, without stray blanks."""
        return clean_text(self.cleaned_data["q"])


def _reworded(error: ValidationError) -> ValidationError:
    wording = PASSWORD_WORDING.get(error.code or "")
    if wording is None:
        return error
    return ValidationError(format_lazy(wording, **(error.params or {})), code=error.code)
