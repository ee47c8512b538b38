"""The filter of the queue: bad values fall back to what is usual, never to an error."""

from datetime import datetime

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from cases.queries import VIEWS, QueueFilter

SIZES = (20, 50, 100)
MOST_PICKED = 100
MOST_DIGITS = 9


class QueueFilterForm(forms.Form):
    """What stands in the address of the queue."""

    view = forms.CharField(required=False)
    size = forms.CharField(required=False)
    after = forms.CharField(required=False)
    before = forms.CharField(required=False)

    def to_filter(self) -> QueueFilter:
        """The filter, with what could not be read left at its usual value."""
        self.is_valid()
        data = self.cleaned_data
        return QueueFilter(
            view=next((view for view in VIEWS if view == data.get("view")), "open"),
            size=next((size for size in SIZES if str(size) == data.get("size")), SIZES[0]),
            after=read_key(data.get("after", "")),
            before=read_key(data.get("before", "")),
        )


def read_key(text: str) -> tuple[datetime, str] | None:
    """The moment and the code of a page key; None when it is none."""
    moment, _comma, code = text.partition(",")
    try:
        due_at = parse_datetime(moment.replace(" ", "+"))
    except ValueError:
        return None
    return (due_at, code) if due_at and due_at.tzinfo and code else None


def write_key(key: tuple[datetime, str] | None) -> str:
    """A page key as it stands in an address; empty when there is no such page."""
    return f"{key[0].isoformat()},{key[1]}" if key else ""


def picked_cases(posted: QueryDict) -> list[tuple[str, int]]:
    """Codes and versions of the ticked rows, each ``code,version``; what cannot be read is not ticked."""
    picked = []
    for text in posted.getlist("case")[:MOST_PICKED]:
        code, _comma, version = text.partition(",")
        if code and version.isdecimal() and len(version) < MOST_DIGITS:
            picked.append((code, int(version)))
    return picked


def return_address(posted: QueryDict) -> str:
    """The queue as it was shown, with its view and size."""
    chosen = QueueFilterForm(posted).to_filter()
    return f"{reverse('cases:queue')}?view={chosen.view}&size={chosen.size}"
