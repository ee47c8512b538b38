"""A page of an ordered list by the key of its neighbour. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from procedures.errors import ProcedureError


@dataclass(frozen=True)
class Page:
    """The keys of one page, and the keys behind and in front of which its neighbours lie."""

    keys: Sequence[str]
    next_key: str | None = None
    previous_key: str | None = None


def page_of(keys: Sequence[str], *, size: int, after: str = "", before: str = "") -> Page:
    """The page behind one key, or the one in front of another.

    Raises:
        ProcedureError: ``page_key_unknown``, the key is not in the list, or not any more.
    """
    neighbour = after or before
    if neighbour and neighbour not in keys:
        raise ProcedureError("page_key_unknown", _("Danh sách không có mã này; mở lại từ trang đầu."))
    start = keys.index(after) + 1 if after else 0
    end = min(len(keys), start + size)
    if before:
        end = keys.index(before)
        start = max(0, end - size)
    if start == end:
        return Page(())
    return Page(
        keys[start:end],
        next_key=keys[end - 1] if end < len(keys) else None,
        previous_key=keys[start] if start > 0 else None,
    )
