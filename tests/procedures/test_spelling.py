import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.passages import WORD
from procedures.spelling import Vocabulary, decode_keystrokes, one_slip_apart, sound_key, tone_key
from staff.text import fold
from tests.procedures.search_words import catalogue, synonyms
from tests.procedures.test_search_variants import raw_telex, raw_telex_at_once, raw_vni

letters = st.text(alphabet="abc", max_size=6)


def printed_words():
    texts = [*synonyms(), *(entry.name for entry in catalogue())]
    return sorted({word.lower() for text in texts for word in WORD.findall(text) if word.isalpha()})


def test_tone_key_does_not_depend_on_where_the_mark_stands():
    assert tone_key("Hòa") == tone_key("hoà") == "hoa\u0300"
    assert tone_key("thủy") == tone_key("thuỷ") != tone_key("thùy")
    assert tone_key("ĐƯỜNG") == "đương\u0300"
    assert tone_key(unicodedata.normalize("NFD", "giấy")) == tone_key("giấy") == "giây\u0301"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("giaays", "giấy"), ("giaasy", "giấy"), ("Giaays", "giấy"), ("ddoocj", "độc"), ("soor", "sổ")),
        *(("dduwowngf", "đường"), ("dduwongf", "đường"), ("dduongwf", "đường"), ("ddor", "đỏ")),
        *(("hoawcj", "hoặc"), ("muaw", "mưa"), ("quawngj", "quặng"), ("tw", "tư"), ("gia6y1", "giấy")),
        *(("d9o6c5", "độc"), ("d9u7o7ng2", "đường"), ("tra8ng1", "trắng"), ("kinhf", "kình")),
    ],
)
def test_decode_keystrokes_reads_telex_and_vni(typed, meant):
    assert decode_keystrokes(typed) == tone_key(meant)


def test_decode_keystrokes_reads_every_word_of_the_catalogue():
    toned = [word for word in printed_words() if tone_key(word) != word]
    assert len(toned) > 300
    wrong = [
        word
        for word in toned
        for keys in (raw_telex(word), raw_telex_at_once(word), raw_vni(word))
        if decode_keystrokes(keys) != tone_key(word)
    ]
    assert wrong == []


def test_decode_keystrokes_leaves_plain_vietnamese_alone():
    syllables = {fold(word) for word in printed_words() if len(word) > 1}
    foreign = {word for word in syllables if decode_keystrokes(word) is not None}
    assert foreign <= {"gas", "photo", "photocopy"}
    assert decode_keystrokes("giấy") is None
    assert decode_keystrokes("16") is None
    assert decode_keystrokes("") is None


def test_sound_key_joins_what_sounds_alike():
    for one, other in [
        ("tro", "cho"),
        ("xo", "so"),
        ("giay", "day"),
        ("ruong", "duong"),
        ("nap", "lap"),
        ("ki", "ky"),
    ]:
        assert sound_key(one) == sound_key(other)
    for one, other in [("nha", "lha"), ("nghi", "lghi"), ("gi", "d"), ("y", "i"), ("tu", "to")]:
        assert sound_key(one) != sound_key(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sihn", "sinh"),
        ("snh", "sinh"),
        ("sinhh", "sinh"),
        ("sinh", "xinh"),
        ("do", "od"),
        ("sinh", "sinh"),
        ("a", ""),
    ],
)
def test_one_slip_apart_accepts_one_slip(typed, meant):
    assert one_slip_apart(typed, meant)
    assert one_slip_apart(meant, typed)


@given(letters, letters)
def test_one_slip_apart_agrees_with_counting_edits(typed, meant):
    assert one_slip_apart(typed, meant) == (edits(typed, meant) <= 1)


def edits(a, b):
    """The least number of letters added, dropped, changed or swapped with the next."""
    if not a or not b:
        return len(a) + len(b)
    least = min(edits(a[1:], b) + 1, edits(a, b[1:]) + 1, edits(a[1:], b[1:]) + (a[0] != b[0]))
    if a[:2] == b[1::-1] and len(a) > 1 and len(b) > 1:
        least = min(least, edits(a[2:], b[2:]) + 1)
    return least


@given(st.lists(letters, max_size=8), letters)
def test_vocabulary_finds_exactly_the_words_one_slip_away(words, typed):
    near = sorted({word for word in words if word != typed and edits(word, typed) <= 1})
    assert Vocabulary(words).one_slip_from(typed) == near


@given(st.lists(letters, max_size=8), letters)
def test_vocabulary_finds_exactly_the_words_that_begin_alike(words, start):
    assert list(Vocabulary(words).beginning_with(start)) == sorted({w for w in words if w.startswith(start)})
