"""Several drafts signed at once, each under a number of its own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import TextField

NUMBER_LENGTH = 60


class SignForm(forms.Form):
    """One line of the page: the number under which this result is signed."""

    number = TextField(label=_("Số kết quả"), max_length=NUMBER_LENGTH)


def sign_forms(codes: Iterable[str], data: Any) -> dict[str, SignForm]:
    """A line for each case, by its code; bound when the leader has confirmed."""
    lines = {code: SignForm(data, prefix=code) for code in codes}
    for line in list(lines.values())[:1]:
        line.fields["number"].widget.attrs["autofocus"] = data is None
    return lines
