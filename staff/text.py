"""Typed text as the office keeps it: cleaned, compared without diacritics, sorted, masked."""

import re
import unicodedata
from typing import Final, TypeAlias

from django.utils.translation import gettext_lazy as _

from staff.errors import OfficeError

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs"})
_JOINER: Final = "\u034f"

# Letters as the catalogues of names and places write them, by the plain letter they are found under.
_VARIANTS: Final = {
    "a": "àáảãạăằắẳẵặâầấẩẫậäåāąǎ",
    "c": "çćčĉċ",
    "d": "đďðɖ",
    "e": "èéẻẽẹêềếểễệëēĕėęě",
    "g": "ğĝġģ",
    "h": "ĥħ",
    "i": "ìíỉĩịïîīĭįı",
    "j": "ĵ",
    "k": "ķ",
    "l": "łľĺļ",
    "n": "ñńňņ",
    "o": "òóỏõọôồốổỗộơờớởỡợöøōŏő",
    "r": "řŕŗ",
    "s": "śšşŝșṣ",
    "t": "ťţțŧṭ",
    "u": "ùúủũụưừứửữựüûūŭůűų",
    "w": "ŵẁẃẅ",
    "y": "ỳýỷỹỵÿŷ",
    "z": "źžż",
}


def _capital_pairs() -> list[tuple[str, str]]:
    """Each capital with the plain small letter; the dotted capital i is no ordinary pair."""
    plain = [(letter.upper(), letter) for letter in "abcdefghijklmnopqrstuvwxyz"]
    marked = [(v.upper(), letter) for letter, variants in _VARIANTS.items() for v in variants if v != "ı"]
    return [*plain, *marked, ("İ", "i")]


def _fold_pairs() -> list[tuple[str, str]]:
    small = [(variant, letter) for letter, variants in _VARIANTS.items() for variant in variants]
    return [*small, *_capital_pairs()]


_COMBINING_MARKS: Final = "".join(chr(code) for code in range(0x0300, 0x0370))

# The one table of folding, for SQL as translate(normalize(text, NFC), FOLD_SOURCE, FOLD_TARGET): what has
# no counterpart in the target (a combining mark) is dropped. Nothing else is lowered, so that the result
# does not hang on the locale of a database.
FOLD_SOURCE: Final = "".join(source for source, _target in _fold_pairs()) + _COMBINING_MARKS
FOLD_TARGET: Final = "".join(target for _source, target in _fold_pairs())
_FOLD: Final = str.maketrans(FOLD_SOURCE[: len(FOLD_TARGET)], FOLD_TARGET, FOLD_SOURCE[len(FOLD_TARGET) :])

_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK: Final = {letter: rank for rank, letter in enumerate(_ALPHABET)}
# Without tone, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries.
_TONES: Final = {mark: rank for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}

WordKey: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]

_PHONE: Final = re.compile(r"(?:(?:\+84|0084|84)0?|0)(?P<number>[35789][0-9]{8}|2[0-9]{9})")
_MOBILE: Final = re.compile(r"\+84[35789][0-9]{8}")
_PHONE_DOTS: Final = re.compile(r"[\s.\-()/\u2010-\u2015]")

MASK: Final = "•"
_FULL_NUMBER: Final = 12
_SHOWN_FIRST: Final = 3
_SHOWN_LAST: Final = 4


def clean_text(s: str) -> str:
    """One line as it is kept: NFC, trimmed, blanks collapsed, without invisible characters.

    Raises:
        OfficeError: the text holds a NUL, which the database cannot keep.
    """
    return " ".join(_visible(s).split())


def clean_lines(s: str) -> str:
    """A remark of several lines as it is kept, each line cleaned and at most one line left empty.

    Raises:
        OfficeError: the text holds a NUL, which the database cannot keep.
    """
    text = "\n".join(" ".join(line.split()) for line in _visible(s).splitlines())
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def fold(s: str) -> str:
    """The text as it is searched and compared: small letters without diacritics, đ as d."""
    return unicodedata.normalize("NFC", s).translate(_FOLD)


def person_sort_key(name: str) -> tuple[tuple[WordKey, ...], str]:
    """The place of a person in a list: given name first, then family and middle names in Vietnamese order."""
    words = clean_text(name).split(" ")
    given_first = [words[-1], *words[:-1]]
    return tuple(_word_key(word) for word in given_first), clean_text(name)


def mask_name(name: str) -> str:
    """A name of which only the initials are shown: "Nguyễn Văn An" is "N. V. A"."""
    return ". ".join(word[0].upper() for word in clean_text(name).split())


def mask_number(number: str) -> str:
    """A personal number of which the first three and last four digits are shown, of a short one the last."""
    number = clean_text(number)
    if len(number) <= _SHOWN_LAST:
        return MASK * len(number)
    first = _SHOWN_FIRST if len(number) >= _FULL_NUMBER else 0
    hidden = len(number) - first - _SHOWN_LAST
    return number[:first] + MASK * hidden + number[-_SHOWN_LAST:]


def normalise_phone(s: str) -> str:
    """A Vietnamese mobile or landline number in the form +84….

    Raises:
        OfficeError: this is no such number.
    """
    match = _PHONE.fullmatch(_PHONE_DOTS.sub("", clean_text(s)))
    if match is None:
        message = _("Số điện thoại chưa đúng: di động có 10 chữ số, máy bàn có 11 chữ số kể cả mã vùng.")
        raise OfficeError("phone_invalid", message)
    return "+84" + match["number"]


def is_mobile(phone: str) -> bool:
    """Whether a number in the form +84… can take text messages."""
    return _MOBILE.fullmatch(phone) is not None


def _visible(s: str) -> str:
    """Composed text without control, bidi, zero-width and broken characters; line ends and tabs stay."""
    if "\0" in s:
        raise OfficeError("nul_character", _("Nội dung có ký tự không hợp lệ, hãy nhập lại."))
    kept = (c for c in s if c.isspace() or (unicodedata.category(c) not in _INVISIBLE and c != _JOINER))
    return unicodedata.normalize("NFC", "".join(kept))


def _word_key(word: str) -> WordKey:
    """Letters before tones, as dictionaries sort syllables; letters of other alphabets follow."""
    ranks: list[int] = []
    tones: list[int] = []
    for letter in unicodedata.normalize("NFC", word.lower()):
        bare, tone = _without_tone(letter)
        ranks.append(_LETTER_RANK.get(bare, len(_ALPHABET) + ord(bare)))
        tones.append(tone)
    return tuple(ranks), tuple(tones)


def _without_tone(letter: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    return (bare if len(bare) == 1 else letter), tone
