"""Which letters the typeface of the documents can print; everything else would stop an archival PDF."""

import struct
import unicodedata
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

FONT_FOLDER: Final = Path(__file__).resolve().parent / "fonts"
UNPRINTABLE: Final = "□"
MOST_MARKS: Final = 4  # on one letter; Vietnamese needs two

_SHORTENED: Final = "…"
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def printable(text: str, *, limit: int) -> str:
    """One line of at most ``limit`` letters that the typeface can draw.

    A letter it lacks (an emoji, Chinese) becomes □; control and direction signs vanish; a letter keeps at
    most ``MOST_MARKS`` marks; a longer text ends with an ellipsis.
    """
    line = " ".join(unicodedata.normalize("NFC", text[: limit * 4]).split())
    drawn = "".join(_drawn(letter) for letter in line)
    drawn = "".join(_fewer_marks(drawn)).strip()
    if len(drawn) > limit or len(text) > limit * 4:
        return drawn[: limit - 1].rstrip() + _SHORTENED
    return drawn


@cache
def letters_of_typeface() -> frozenset[int]:
    """Code points that every style of the typeface has."""
    return frozenset.intersection(*(_code_points(path.read_bytes()) for path in FONT_FOLDER.glob("*.ttf")))


def _drawn(letter: str) -> str:
    if unicodedata.category(letter) in _INVISIBLE:
        return ""
    return letter if ord(letter) in letters_of_typeface() else UNPRINTABLE


def _fewer_marks(text: str) -> list[str]:
    runs = groupby(text, key=lambda letter: unicodedata.category(letter) == "Mn")
    return ["".join(run)[: MOST_MARKS if is_mark else None] for is_mark, run in runs]


def _code_points(font: bytes) -> frozenset[int]:
    """Read the character map (table cmap, format 4) of a TrueType file."""
    base = _character_map(font)
    size = _number(font, base + 6)  # bytes of each of the four parallel lists
    ends, starts = base + 14, base + 16 + size
    found: set[int] = set()
    for at in range(0, size, 2):
        start, end = _number(font, starts + at), _number(font, ends + at)
        delta, place = _number(font, starts + size + at), starts + 2 * size + at
        offset = _number(font, place)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = _number(font, place + offset + 2 * (code - start)) if offset else code + delta
            if glyph % 0x10000:
                found.add(code)
    return frozenset(found)


def _character_map(font: bytes) -> int:
    """Where the map of Unicode code points starts."""
    tables = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * _number(font, 4)])
    cmap = next(offset for tag, _checksum, offset, _length in tables if tag == b"cmap")
    records = struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * _number(font, cmap + 2)])
    return int(cmap + next(offset for platform, kind, offset in records if (platform, kind) == (3, 1)))


def _number(font: bytes, at: int) -> int:
    return int.from_bytes(font[at : at + 2], "big")
