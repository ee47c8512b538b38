"""Finds a procedure by what a citizen says at the counter. Pure: no Django, no query, no clock.

How the ranking works
---------------------
An entry is a few short *passages*: its official name, its keywords and everyday phrases, its field. The words
of a query are looked up among the words of all passages.

1. **Reading** a typed word gives catalogue words with a quality from 0 to 1: the same word without diacritics
   (1), for the last word the beginning of one (live search), the same sound ("dấy" for "giấy"), one letter
   swapped, missing, doubled or wrong. Raw Telex ("giaays") and VNI ("gia6y1") are decoded first; words typed
   together ("khaisinh") are cut where the catalogue knows the pair.
2. **Weight** of a typed word: words rare in the catalogue say more (inverse frequency, as in BM25); words
   that carry nothing but the question ("làm", "cho", "ở đâu") say almost nothing.
3. **Collecting** sums weight × quality for every entry; the best few dozen are judged.
4. **Judging** a passage adds to that sum a bonus for each pair of words that stand together in both, twice
   for the pair that opens the query and a name, which says what is to be done ("chứng thực"); raises it by
   how much of the passage the query explains (so that the plain procedure comes before its special kinds);
   and lowers a word whose diacritics were typed and differ. The best passage counts in full, what
   only other passages of the entry explain counts a little less.
5. Entries that explain too little of the query, or far less than the best one, are not shown. Equal scores
   are ordered by code, so the same query always gives the same list.

A query of digits is a code: with or without dot, with lost trailing zeros ("2.00072"), its beginning or end.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import Final

from procedures.passages import (
    CODE,
    IDLE,
    IDLE_FOLDS,
    IDLE_KEYS,
    NAME,
    WORD,
    Entry,
    Passage,
    passages_of,
    telling_shares,
    tidy,
)
from procedures.spelling import Vocabulary, decode_keystrokes, one_slip_apart, tone_key
from staff.text import fold

__all__ = ["Entry", "Hit", "SearchIndex"]

MAX_QUERY: Final = 500
MAX_WORDS: Final = 24
_JUDGED: Final = 60  # entries looked at closely
_PREFIX, _SOUND, _SLIP, _SHORT_SLIP = 0.8, 0.75, 0.65, 0.5  # qualities of readings; short is two letters
_IF_KNOWN: Final = 0.5  # another reading of a word that the catalogue knows as typed
_UNLIKELY: Final = 0.35  # readings below only confirm what other words have found
_OTHER_TONE, _OTHER_WORD = 0.7, 0.5  # typed diacritics differ: from the same letters, from other letters
_PAIR, _ACT, _FIT, _ELSEWHERE = 0.5, 0.5, 0.5, 0.85
# for neighbours, for those that open both texts, for how much of a passage is asked for, for other passages
_ENOUGH, _NEAR = 0.34, 0.4  # least share of the query, of the best entry

_CODE_QUERY: Final = re.compile(r"[\d\s.,\-]*\d[\d\s.,\-]*")
_CODE_IN_TEXT: Final = re.compile(r"(?<![\w.])\d\.?\d{5,6}(?![\w])")


@dataclass(frozen=True)
class Hit:
    """One found procedure. `matched` is cut verbatim out of its name, keyword, synonym, field or code."""

    code: str
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class _Term:
    """One typed word: its tone key, its fold, and the catalogue words it may stand for with their quality."""

    key: str
    fold: str
    is_toned: bool
    readings: Mapping[str, float]
    weight: float
    is_telling: bool


@dataclass(slots=True)
class _Judgement:
    """One passage before the query: what each typed word, each pair of them, each own word adds."""

    words: dict[int, float]
    pairs: dict[int, float]
    fit: float
    passage: Passage
    marks: dict[int, float]

    def score(self) -> float:
        """The sum of words and pairs, raised by how much of the passage the query explains."""
        return (sum(self.words.values()) + sum(self.pairs.values())) * (1 + _FIT * self.fit)


_Spoken = Mapping[str, Sequence[tuple[int, float]]]


class SearchIndex:
    """The catalogue in memory. Built once per catalogue revision, then only read."""

    def __init__(self, entries: Iterable[Entry], synonyms: Mapping[str, Sequence[str]] | None = None) -> None:
        """Indexes the entries.

        Args:
            entries: every listed procedure once.
            synonyms: everyday words → codes, or terms: a term lends its synonym to all names that contain it.
        """
        self._entries = sorted(entries, key=lambda entry: entry.code)
        self._passages = passages_of(self._entries, synonyms or {})
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._pairs: set[tuple[str, str]] = set()
        for number, passages in enumerate(self._passages):
            self._index(number, passages)
        self._vocabulary = Vocabulary(self._postings)
        self._telling = telling_shares(self._passages)
        self._worth = {
            word: self._rarity(len(found)) * self._telling[word] for word, found in self._postings.items()
        }
        for passage in (one for several in self._passages for one in several):
            passage.mass = sum(self._worth[word] for word in passage.folds)

    def _index(self, number: int, passages: Sequence[Passage]) -> None:
        best: dict[str, float] = {}
        for passage in passages:
            self._pairs.update(zip(passage.folds, passage.folds[1:], strict=False))
            for word in passage.folds:
                best[word] = max(best.get(word, 0.0), passage.weight)
        for word, weight in best.items():
            self._postings[word].append((number, weight))

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """Returns the procedures that the query may mean, best first; nothing for noise or a whole letter."""
        if len(query) > MAX_QUERY:
            return []
        text = tidy(query)
        code = _CODE_QUERY.fullmatch(text) or _CODE_IN_TEXT.search(text)
        if code:
            return self._by_code(re.sub(r"\D", "", code.group()))[:limit]
        return self._by_words(self._terms(text), limit)

    def _by_code(self, digits: str) -> list[Hit]:
        """A code with lost zeros begins the whole one; people also read out only the end of a code."""
        if not 2 <= len(digits) <= 7:
            return []
        hits = []
        for entry in self._entries:
            for code in (entry.code, *filter(CODE.fullmatch, entry.keywords)):
                score = _code_score(code.replace(".", ""), digits)
                if score:
                    hits.append(Hit(entry.code, score, code))
                    break
        return sorted(hits, key=lambda hit: (-hit.score, hit.code))

    def _by_words(self, terms: Sequence[_Term], limit: int) -> list[Hit]:
        spoken: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, term in enumerate(terms):
            for word, quality in term.readings.items():
                spoken[word].append((place, quality))
        ranked = []
        for number in self._candidates(terms):
            score, judgement = self._judge(number, terms, spoken)
            ranked.append((-round(score, 6), self._entries[number].code, judgement))
        ranked.sort(key=lambda found: found[:2])
        shown = [found for found in ranked[:limit] if found[0] <= ranked[0][0] * _NEAR]
        return [Hit(code, -score, _matched_text(judgement)) for score, code, judgement in shown]

    def _terms(self, text: str) -> list[_Term]:
        words = [part for word in WORD.findall(text)[:MAX_WORDS] for part in self._cut(word)]
        typing = bool(text) and not text.endswith(" ")
        return [
            self._term(word, is_last=typing and place == len(words) - 1, toned=not text.isascii())
            for place, word in enumerate(words)
        ]

    def _cut(self, word: str) -> list[str]:
        """Returns the words in a run of letters without blanks, if the catalogue knows each pair of them."""
        folded = fold(word)
        if not 4 <= len(folded) == len(word) <= 30 or folded in self._vocabulary:
            return [word]
        for place in range(2, len(folded) - 1):
            if folded[:place] in self._vocabulary:
                rest = self._cut(word[place:])
                if (folded[:place], fold(rest[0])) in self._pairs:
                    return [word[:place], *rest]
        return [word]

    def _term(self, word: str, *, is_last: bool, toned: bool) -> _Term:
        key, folded = tone_key(word), fold(word)
        decoded = decode_keystrokes(word)
        if decoded and folded not in self._vocabulary:
            key, folded = decoded, fold(decoded)
        toned = toned or key != folded
        if toned:
            telling = IDLE if key in IDLE_KEYS else 1.0
        else:
            telling = self._telling.get(folded, IDLE if folded in IDLE_FOLDS else 1.0)
        readings = self._readings(folded, is_last=is_last, slips=telling > IDLE)
        best = max(readings.values(), default=0.0)
        found_in = [len(self._postings[near]) for near, quality in readings.items() if quality == best]
        return _Term(
            key, folded, toned, readings, self._rarity(max(found_in, default=0)) * telling, telling > IDLE
        )

    def _rarity(self, found_in: int) -> float:
        """Rare words tell procedures apart; a word found nowhere is as rare as can be."""
        return log(1 + (len(self._entries) + 1) / (found_in + 1))

    def _readings(self, word: str, *, is_last: bool, slips: bool) -> dict[str, float]:
        """Returns every catalogue word that the folded word may stand for, with its quality."""
        known = word in self._vocabulary
        slip = _SLIP if len(word) > 2 else _SHORT_SLIP
        readings: dict[str, float] = {}
        if slips and len(word) > 1:
            readings |= dict.fromkeys(self._vocabulary.one_slip_from(word), slip)
            readings |= dict.fromkeys(self._vocabulary.sounding_like(word), _SOUND)
        if known:
            readings = {found: quality * _IF_KNOWN for found, quality in readings.items()}
        if is_last:
            for found in self._vocabulary.beginning_with(word):
                quality = _PREFIX * (0.5 + 0.5 * len(word) / len(found))
                readings[found] = max(readings.get(found, 0.0), quality)
        if known:
            readings[word] = 1.0
        return readings

    def _candidates(self, terms: Sequence[_Term]) -> list[int]:
        """Returns the entries worth judging; an entry that explains too little of the query is none."""
        collected = self._collect(terms)
        asked = sum(term.weight for term in terms)
        needed = max(_ENOUGH * asked, _NEAR * max(collected.values(), default=0.0))
        worthy = [(value, -number) for number, value in collected.items() if value >= needed > 0]
        return [-number for _, number in nlargest(_JUDGED, worthy)]

    def _collect(self, terms: Sequence[_Term]) -> dict[int, float]:
        """Returns per entry what its best words explain of the query, wherever in the entry they stand."""
        collected: dict[int, float] = defaultdict(float)
        for term in terms:
            best: dict[int, float] = {}
            for word, quality in term.readings.items():
                for number, weight in self._postings[word] if quality >= _UNLIKELY else ():
                    value = quality * weight
                    if value > best.get(number, 0.0):
                        best[number] = value
            for number, value in best.items():
                collected[number] += value * term.weight
        return collected

    def _judge(self, number: int, terms: Sequence[_Term], spoken: _Spoken) -> tuple[float, _Judgement]:
        """Returns the best passage of the entry, and its score raised by what only other passages explain."""
        judged = [
            self._judge_passage(passage, terms, spoken)
            for passage in self._passages[number]
            if not spoken.keys().isdisjoint(passage.folds)
        ]
        best = max(judged, key=_Judgement.score)
        elsewhere = _more([one.words for one in judged], best.words)
        elsewhere += _more([one.pairs for one in judged], best.pairs)
        score = best.score() + _ELSEWHERE * elsewhere
        return score * (1 + self._entries[number].weight / 10), best

    def _judge_passage(self, passage: Passage, terms: Sequence[_Term], spoken: _Spoken) -> _Judgement:
        words: dict[int, float] = {}
        pairs: dict[int, float] = {}
        before: dict[int, float] = {}
        marks: dict[int, float] = {}
        fitting = 0.0
        opening = next((place for place, term in enumerate(terms) if term.is_telling), 0)
        for position, word in enumerate(passage.folds):
            here: dict[int, float] = {}
            for place, reading in spoken.get(word, ()):
                term = terms[place]
                quality = reading * passage.weight * _tone_factor(term, passage.keys[position], word)
                value = quality * term.weight
                here[place] = quality
                words[place] = max(words.get(place, 0.0), value)
                marks[position] = max(marks.get(position, 0.0), value)
                if place - 1 in before:
                    together = min(quality, before[place - 1]) * (terms[place - 1].weight + term.weight)
                    # What is asked to be done opens both the question and the name: "chứng thực", "đăng ký".
                    opens_both = passage.weight == NAME and position == 1 and place == opening + 1
                    share = _PAIR + (_ACT if opens_both else 0.0)
                    pairs[place] = max(pairs.get(place, 0.0), share * together)
            if here:
                fitting += max(here.values()) * self._worth[word]
            before = here
        return _Judgement(words, pairs, fitting / passage.mass, passage, marks)


def _code_score(code: str, digits: str) -> float:
    if code.startswith(digits):
        return 2.0
    return 1.0 if len(digits) >= 4 and code.endswith(digits) else 0.0


def _more(found: Sequence[Mapping[int, float]], own: Mapping[int, float]) -> float:
    """Returns how much more all passages explain together, each typed word once, than one does alone."""
    places = {place for values in found for place in values}
    return sum(max(values.get(place, 0.0) for values in found) - own.get(place, 0.0) for place in places)


def _tone_factor(term: _Term, key: str, word: str) -> float:
    """Lowers a word whose diacritics were typed and are others; a slip may have hit one of them."""
    if not term.is_toned or key == term.key:
        return 1.0
    if word == term.fold:
        return _OTHER_TONE
    return 1.0 if word.startswith(term.fold) or one_slip_apart(term.key, key) else _OTHER_WORD


def _matched_text(judgement: _Judgement) -> str:
    """Returns the weightiest run of matched words as it stands in the passage."""
    passage, marks = judgement.passage, judgement.marks
    runs: list[tuple[float, int, int]] = []
    for position in sorted(marks):
        if runs and runs[-1][2] == position - 1:
            runs[-1] = (runs[-1][0] + marks[position], runs[-1][1], position)
        else:
            runs.append((marks[position], position, position))
    _, first, last = max(runs, key=lambda run: (run[0], -run[1]))
    return passage.text[passage.spans[first][0] : passage.spans[last][1]]
