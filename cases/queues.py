"""What a queue may be asked: its views, conditions, orders and page keys. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from staff.clock import LOCAL
from staff.rights import Capability

VIEWS: Final = (
    *("open", "me", "mine", "overdue", "today", "soon", "waiting", "citizen", "signature", "ready"),
)
"""The counts of the strip above the queue."""

SIZES: Final = (20, 50, 100)


@dataclass(frozen=True)
class Order:
    """A column of the case; codes break its ties in the same direction."""

    column: str
    label: str | Promise
    is_descending: bool = False

    @property
    def columns(self) -> tuple[str, str]:
        """What the database sorts by."""
        sign = "-" if self.is_descending else ""
        return f"{sign}{self.column}", f"{sign}code"


ORDERS: Final[Mapping[str, Order]] = {
    "due": Order("due_at", _("Hạn gần nhất trước")),
    "newest": Order("received_on", _("Mới nhận trước"), is_descending=True),
    "oldest": Order("received_on", _("Nhận lâu nhất trước")),
    "name": Order("principal_sort", _("Tên chủ hồ sơ")),
}


@dataclass(frozen=True)
class PageKey:
    """The row beside which a page begins or ends.

    ``value`` is that row's place in the order; a name is never written into an address, so in the order of
    names the database looks it up by the code.
    """

    value: datetime | date | None
    code: str


@dataclass(frozen=True)
class QueueFilter:
    """What the queue page shows: ``view`` is a count of the strip, ``after`` and ``before`` are page keys."""

    view: str = "open"
    field: str = ""
    state: str = ""
    holder: str = ""
    channel: str = ""
    point: str = ""
    order: str = "due"
    size: int = SIZES[0]
    after: PageKey | None = None
    before: PageKey | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The conditions that were set, by name."""
        return {name: getattr(self, name) for name in CONDITIONS if getattr(self, name)}

    def change(self, **changes: Any) -> Self:
        """The same queue with something changed, from its first page on."""
        return replace(self, **{"after": None, "before": None} | changes)

    def query(self) -> str:
        """The part of an address that shows this queue again; what is usual is left out."""
        told = {"view": self.view, "size": str(self.size), **self.conditions}
        if self.order != "due":
            told["order"] = self.order
        told |= {name: write_key(key) for name in ("after", "before") if (key := getattr(self, name))}
        return urlencode(told)


@dataclass(frozen=True)
class Moment:
    """The moment of a look at the lists, its local day, and the end of what is due soon."""

    at: datetime
    day: date
    until: datetime

    @property
    def spans(self) -> dict[str, tuple[datetime, datetime]]:
        """The views that a promise alone decides: from when (included) until when it lies.

        Lists and alerts compare by the moment: what is promised for today and late is overdue.
        """
        tomorrow = datetime.combine(self.day + timedelta(days=1), time(), LOCAL)
        return {
            "overdue": (LONG_AGO, self.at),
            "today": (self.at, tomorrow),
            "soon": (tomorrow, self.until),
        }


LONG_AGO: Final = datetime(1, 1, 1, tzinfo=UTC)
FAR_AHEAD: Final = datetime.max.replace(tzinfo=UTC)
CONDITIONS: Final = ("field", "state", "holder", "channel", "point")
NOBODY: Final = "none"
"""The holder of cases that nobody holds."""


def read_key(text: str, order: str = "due") -> PageKey | None:
    """The page key in an address, for this order; None when it is none.

    A moment is kept in UTC: the database knows fewer offsets than Python reads.
    """
    if ORDERS[order].column == "principal_sort":
        return PageKey(None, text) if text and "\x00" not in text else None
    written, _comma, code = text.partition(",")
    try:
        value = _moment(written.replace(" ", "+")) if order == "due" else date.fromisoformat(written)
    except (ValueError, OverflowError):
        return None
    return PageKey(value, code) if code and value else None


def _moment(text: str) -> datetime | None:
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC) if at.tzinfo else None


def write_key(key: PageKey | None) -> str:
    """A page key as it stands in an address; empty when there is no such page."""
    if key is None:
        return ""
    return f"{key.value.isoformat()},{key.code}" if key.value else key.code


def first_view(capabilities: frozenset[Capability]) -> str:
    """The view that an officer begins with: what waits for a handler or a signatory, else all that is open.

    At the counter and for the director anybody may ask about any case, so they begin with everything.
    """
    waits = capabilities & {Capability.HANDLE_CASE, Capability.APPROVE_RESULT}
    return "me" if waits else "open"
