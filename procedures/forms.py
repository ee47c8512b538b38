"""What people type to find a procedure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from staff.text import clean_text

LONGEST = 200


class SearchForm(forms.Form):
    """Words, a code, or what people say at home."""

    q = forms.CharField(
        label=_("Gõ việc cần làm, có dấu hay không dấu đều được"),
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("Ông bà gõ ngắn hơn, nhiều nhất 200 ký tự.")},
        widget=forms.TextInput(attrs={"class": "in", "type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        """The words without stray blanks."""
        return clean_text(self.cleaned_data["q"])
