"""How Vietnamese words are typed, mistyped and compared. Pure; used by the search of the catalogue.

Three spellings of one word are used: as typed or printed ("Giấy"), its *tone key* (small letters with the
tone mark behind them, the same for "hòa" and "hoà"), and its *fold* ("giay", without any diacritics).
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS: Final = frozenset("aeiouyâêôăơư")
_TONE_KEYS: Final = {
    "f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323",
    "2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323",
}  # fmt: skip
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"a": "ă", "o": "ơ", "u": "ư"}
_SOUNDS: Final = (
    (re.compile(r"^(?:gi(?=[aeou])|r)"), "d"),
    (re.compile(r"^tr"), "ch"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"^n(?![gh])"), "l"),
    (re.compile(r"(?<!^)y$"), "i"),
)


def tone_key(word: str) -> str:
    """Returns the lower-case word with its tone mark moved to the end, wherever it was placed."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def sound_key(folded: str) -> str:
    """Returns what a folded word sounds like where s/x, tr/ch, d/gi/r, l/n and i/y are not told apart."""
    for pattern, letter in _SOUNDS:
        folded = pattern.sub(letter, folded)
    return folded


def decode_keystrokes(word: str) -> str | None:
    """Returns the tone key of a word typed in raw Telex or VNI ("giaays", "gia6y1"), None for plain text.

    No Vietnamese syllable has a tone letter (s f r x j) behind its vowel, so plain text is not misread.
    """
    if not word.isascii() or not word[:1].isalpha():
        return None
    letters: list[str] = []
    tone = ""
    for key in word.lower():
        if key in _TONE_KEYS and not _VOWELS.isdisjoint(letters):
            tone = _TONE_KEYS[key]
        elif not _mark(letters, key):
            letters.append(key)
    decoded = "".join(letters).replace("ưo", "ươ") + tone
    return decoded if decoded != word.lower() else None


def _mark(letters: list[str], key: str) -> bool:
    """Lets a key change the letters typed so far; returns False when the key is a letter of its own."""
    if key in "w78":
        return _add_horn(letters, key)
    if key in "d9":
        return _replace_last(letters[:1], letters, {"d": "đ"}) if letters else False
    if key == "6":
        return _replace_last(letters, letters, _HATS)
    return key in _HATS and key in letters and _replace_last(letters, letters, {key: _HATS[key]})


def _replace_last(among: list[str], letters: list[str], changes: dict[str, str]) -> bool:
    for place in range(len(among) - 1, -1, -1):
        if letters[place] in changes:
            letters[place] = changes[letters[place]]
            return True
    return False


def _add_horn(letters: list[str], key: str) -> bool:
    vowels = "".join(letters)
    if key != "8" and ("uo" in vowels or ("ua" in vowels and "qua" not in vowels)):
        place = vowels.index("u")
        letters[place] = "ư"
        letters[place + 1] = "ơ" if letters[place + 1] == "o" else letters[place + 1]
        return True
    if _replace_last(letters, letters, _HORNS):
        return True
    if key == "w" and "ư" not in letters:
        letters.append("ư")
        return True
    return key == "w"


def one_slip_apart(typed: str, meant: str) -> bool:
    """Says whether one letter swapped, missing, doubled, added or wrong turns one word into the other."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    left, right = typed[start:], meant[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


class Vocabulary:
    """The folded words of the catalogue, found again from what was typed."""

    def __init__(self, words: Iterable[str]) -> None:
        """Indexes the words by their beginning, their sound, and what is left of them without one letter."""
        self._sorted = sorted(set(words))
        self._known = frozenset(self._sorted)
        self._sounds: dict[str, list[str]] = defaultdict(list)
        self._shortened: dict[str, list[str]] = defaultdict(list)
        for word in self._sorted:
            self._sounds[sound_key(word)].append(word)
            for short in _without_one_letter(word):
                self._shortened[short].append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def beginning_with(self, start: str) -> Iterator[str]:
        """Yields the words that begin with the letters, in alphabetical order."""
        for place in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[place].startswith(start):
                return
            yield self._sorted[place]

    def sounding_like(self, word: str) -> list[str]:
        """Returns the words that are told apart from this one only by careful speakers."""
        return self._sounds.get(sound_key(word), [])

    def one_slip_from(self, word: str) -> list[str]:
        """Returns the words that one slip of the finger turns into the typed one."""
        near = {found for short in _without_one_letter(word) for found in self._shortened.get(short, ())}
        return sorted(found for found in near if found != word and one_slip_apart(word, found))


def _without_one_letter(word: str) -> set[str]:
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}
