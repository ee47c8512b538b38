"""The words of the catalogue: what is written about each procedure, cut into short passages. Pure.

A passage is the name of a procedure, one keyword, one everyday phrase, or its field. `search` ranks them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from procedures.spelling import tone_key
from staff.text import fold

CODE: Final = re.compile(r"\d\.\d{6}")
WORD: Final = re.compile(r"[^\W_]+")
IDLE: Final = 0.1  # what a word tells that only carries a question
NAME: Final = 1.0  # the weight of an official name, and of nothing else
_KEYWORD, _LENT, _FIELD = 0.95, 0.8, 0.35
_STRAY_MARK: Final = re.compile("[\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
_IDLE_WORDS: Final = """
    anh ạ bà bác bị bởi các cái cần chỉ cho chú chưa có còn của cũng cháu chị đã đang đâu đây để đến đi được
    gì giờ giúp hết hỏi hồ hơn khi là làm lấy mà mấy mình muốn nào này nên nếu nhé như nhưng những nhiêu ở ông
    phải ra rồi sẽ sơ tại thế thì thủ tôi trong tục từ và vào vậy về với xin
"""
IDLE_KEYS: Final = frozenset(tone_key(word) for word in _IDLE_WORDS.split())
IDLE_FOLDS: Final = frozenset(fold(word) for word in _IDLE_WORDS.split())


@dataclass(frozen=True)
class Entry:
    """What the catalogue lets people find: one procedure.

    A keyword that is a code is an older code of the same procedure. A weight of 1 lifts a much-asked one by a
    tenth.
    """

    code: str
    name: str
    field: str
    keywords: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(slots=True)
class Passage:
    """One short text of an entry, cut into words; `mass` is how much its words tell together."""

    text: str
    weight: float
    spans: tuple[tuple[int, int], ...]
    keys: tuple[str, ...]
    folds: tuple[str, ...]
    mass: float = 0.0


def tidy(text: str) -> str:
    """Returns the text composed, without marks that belong to no letter and without invisible letters."""
    return _STRAY_MARK.sub("", unicodedata.normalize("NFC", text))


def passages_of(entries: Sequence[Entry], synonyms: Mapping[str, Sequence[str]]) -> list[list[Passage]]:
    """Returns the passages of each entry, everyday phrases included, in the order of the entries."""
    aliases = _aliases(entries, synonyms)
    return [_passages(entry, aliases[entry.code]) for entry in entries]


def telling_shares(passages: Iterable[Sequence[Passage]]) -> dict[str, float]:
    """Returns how often each folded word of the catalogue is more than a filler: "con" is not only "còn"."""
    seen: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    for passage in (one for several in passages for one in several):
        seen.update(passage.folds)
        words = zip(passage.keys, passage.folds, strict=True)
        telling.update(word for key, word in words if key not in IDLE_KEYS)
    return {word: max(telling[word] / count, IDLE) for word, count in seen.items()}


def _aliases(entries: Sequence[Entry], synonyms: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Returns the everyday phrases of each code with their weight: given for the code, or for a term it has.

    A term lends a phrase the more of its weight, the more of the name it is: "hộ khẩu" is first of all
    "Đăng ký thường trú", and only then a longer procedure that ends in registering one's residence.
    """
    aliases: dict[str, dict[str, float]] = {entry.code: {} for entry in entries}
    texts = {entry.code: [_keys(text) for text in (entry.name, *entry.keywords)] for entry in entries}
    for phrase, targets in synonyms.items():
        for target in targets:
            shares = {target: 1.0} if CODE.fullmatch(target) else dict(_having(_keys(target), texts))
            for code in shares.keys() & aliases.keys():
                weight = _LENT + (_KEYWORD - _LENT) * shares[code]
                aliases[code][phrase] = max(aliases[code].get(phrase, 0.0), weight)
    return aliases


def _having(term: str, texts: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, float]]:
    """Yields the codes with a text that contains the term, and how much of that text it is."""
    for code, several in texts.items():
        shares = [len(term) / len(text) for text in several if f" {term} " in f" {text} "]
        if shares:
            yield code, max(shares)


def _keys(text: str) -> str:
    return " ".join(tone_key(word) for word in WORD.findall(tidy(text)))


def _passages(entry: Entry, aliases: Mapping[str, float]) -> list[Passage]:
    keywords = [keyword for keyword in entry.keywords if not CODE.fullmatch(keyword)]
    texts = [(entry.name, NAME), *((keyword, _KEYWORD) for keyword in keywords), *sorted(aliases.items())]
    cut = (_passage(text, weight) for text, weight in [*texts, (entry.field, _FIELD)])
    return [passage for passage in cut if passage.folds]


def _passage(text: str, weight: float) -> Passage:
    clean = tidy(text)
    found = list(WORD.finditer(clean))
    words = [match.group() for match in found]
    return Passage(
        text=clean,
        weight=weight,
        spans=tuple(match.span() for match in found),
        keys=tuple(tone_key(word) for word in words),
        folds=tuple(fold(word) for word in words),
    )
