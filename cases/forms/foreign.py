"""The short forms of cases received for another commune."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import TextField
from cases.forms.queue import MOST_PICKED
from cases.queues import PageKey, read_key


class ReturnForm(forms.Form):
    """Who took the result."""

    collector = TextField(
        label=_("Người nhận kết quả"),
        help_text=_("để trống nếu chính chủ hồ sơ nhận"),
        max_length=200,
        required=False,
    )


class ForeignFilterForm(forms.Form):
    """What stands in the address of the list: a bad value falls back to what is usual."""

    view = forms.CharField(required=False)
    after = forms.CharField(required=False)

    @property
    def shows_all(self) -> bool:
        """Whether rows with which the counter is done are shown too."""
        return self.is_valid() and self.cleaned_data["view"] == "all"

    @property
    def key(self) -> PageKey | None:
        """The key of the page; None for the first one."""
        return read_key(self.cleaned_data["after"]) if self.is_valid() else None


def picked_codes(posted: QueryDict) -> list[str]:
    """The codes of the ticked rows; what cannot be one is not ticked."""
    return [
        code
        for code in posted.getlist("code")[:MOST_PICKED]
        if "\x00" not in code and len(code) <= MOST_LETTERS
    ]


MOST_LETTERS = 40
