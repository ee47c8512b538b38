"""HTML made of many like pieces, faster than ``format_html`` and as safe."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString


def filled(pattern: str, *cells: Any) -> SafeString:
    """One piece of HTML: our own pattern, filled with cells that are escaped unless they are marked safe.

    ``format_html`` does the same and asks of each cell whether it is lazy, safe or neither; with some seven
    hundred cells on a page of the queue those questions took a tenth of its time.
    """
    return SafeString(
        pattern.format(*[cell if type(cell) is SafeString else escape(str(cell)) for cell in cells])
    )


def joined(pattern: str, rows: Iterable[Iterable[Any]]) -> SafeString:
    """The pieces of all rows, one after the other."""
    return SafeString("".join([filled(pattern, *cells) for cells in rows]))
