"""What the reader of identity cards types: one line of parts between bars. Pure; nothing here knows a case.

Legal source: Luật Căn cước 2023, Điều 18 (what the card holds).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(
    r"(?P<number>[0-9]{12})"
    r"\|(?:[0-9]{9}|[0-9]{12})?"  # the number that the citizen had before
    r"\|(?P<name>[^|]*[^|\s][^|]*)"
    r"\|(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>[0-9]{4})"
    r"\|[^|]*"  # the sex
    r"\|(?P<address>[^|]*)"
    r"\|[0-9]{8}"  # the day of issue
    r"(?:\|[^|]*)*"  # newer cards say more, which no form here asks for
)
LONGEST: Final = 600
"""No card says more than this; a longer line is not one."""


@dataclass(frozen=True)
class Card:
    """What a card says of its holder, as far as reception asks for it."""

    number: str
    name: str
    birth: dt.date
    address: str


def read_card(line: str) -> Card | None:
    """The card behind a line ``number|old number|name|ddmmyyyy|sex|address|issued``; None for anything else.

    The name stays as it was read: cards write it in capitals.
    """
    text = line.strip()
    found = _LINE.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    try:
        birth = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Card(found["number"], found["name"].strip(), birth, found["address"].strip())
