"""The filter of the queue: bad values fall back to what is usual, never to an error."""

from collections.abc import Collection
from functools import cache

from django import forms
from django.http import QueryDict
from django.urls import reverse

from cases.queues import ORDERS, SIZES, VIEWS, QueueFilter, first_view, read_key
from staff.rights import Capability

MOST_PICKED = 100
MOST_DIGITS = 9
LONGEST = 100


class QueueFilterForm(forms.Form):
    """What stands in the address of the queue."""

    view = forms.CharField(required=False)
    size = forms.CharField(required=False)
    order = forms.CharField(required=False)
    after = forms.CharField(required=False)
    before = forms.CharField(required=False)
    field = forms.CharField(required=False)
    state = forms.CharField(required=False)
    holder = forms.CharField(required=False)
    channel = forms.CharField(required=False)
    point = forms.CharField(required=False)

    def to_filter(self, capabilities: Collection[Capability] = ()) -> QueueFilter:
        """The filter, with what could not be read left at its usual value; conditions are checked later."""
        self.is_valid()
        data = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        order = data["order"] if data["order"] in ORDERS else "due"
        return QueueFilter(
            view=data["view"] if data["view"] in VIEWS else first_view(frozenset(capabilities)),
            size=next((size for size in SIZES if str(size) == data["size"]), SIZES[0]),
            order=order,
            after=read_key(data["after"], order),
            before=read_key(data["before"], order),
            field=data["field"][:LONGEST],
            state=data["state"][:LONGEST],
            holder=data["holder"][:LONGEST],
            channel=data["channel"][:LONGEST],
            point=data["point"][:LONGEST],
        )


def picked_cases(posted: QueryDict) -> list[tuple[str, int]]:
    """Codes and versions of the ticked rows, each ``code,version``; what cannot be read is not ticked."""
    picked = []
    for text in posted.getlist("case")[:MOST_PICKED]:
        code, _comma, version = text.partition(",")
        if code and "\x00" not in code and version.isdecimal() and len(version) < MOST_DIGITS:
            picked.append((code, int(version)))
    return picked


def picked_officer(posted: QueryDict) -> int | None:
    """The officer chosen beside the ticked rows; None when it is none."""
    text = posted.get("holder_id", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def return_address(posted: QueryDict) -> str:
    """The queue as it was shown, with its view, conditions, order and size, from its first page on."""
    return address_of(QueueFilterForm(posted).to_filter().change())


def address_of(chosen: QueueFilter) -> str:
    """The address that shows this queue again, now and in a year."""
    return f"{_queue()}?{chosen.query()}"


@cache
def _queue() -> str:
    return reverse("cases:queue")
