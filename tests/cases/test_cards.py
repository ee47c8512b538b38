"""What a card reader types, read back."""

import string
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.cards import LONGEST, Card, read_card

LINE = "038185012346|172345678|NGUYỄN THỊ ÁNH|14031985|Nữ|Thôn Tân Long, Định Hòa, Thanh Hóa|22122021"
ANH = Card("038185012346", "NGUYỄN THỊ ÁNH", date(1985, 3, 14), "Thôn Tân Long, Định Hòa, Thanh Hóa")

digits = st.text(string.digits, min_size=12, max_size=12)
words = st.text(
    st.characters(exclude_characters="|", exclude_categories=("Cs", "Cc")), min_size=1, max_size=80
).filter(str.strip)


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        f"  {LINE}\r\n",
        LINE.replace("172345678", ""),
        LINE.replace("172345678", "038185012346"),
        f"{LINE}||NGUYỄN VĂN BA|TRẦN THỊ TƯ|",
    ],
)
def test_read_card_reads_older_and_newer_cards(line):
    assert read_card(line) == ANH


@given(
    number=digits,
    old=st.sampled_from(["", "172345678", "038185012346"]),
    name=words,
    birth=st.dates(min_value=date(1900, 1, 1)),
    sex=st.sampled_from(["Nam", "Nữ", ""]),
    address=words | st.just(""),
)
def test_read_card_gives_back_what_the_card_says(number, old, name, birth, sex, address):
    day = f"{birth.day:02}{birth.month:02}{birth.year:04}"

    card = read_card(f"{number}|{old}|{name}|{day}|{sex}|{address}|22122021")

    assert card == Card(number, name.strip(), birth, address.strip())


@given(st.text(st.sampled_from("0123456789|Aẫ "), max_size=200))
def test_read_card_of_anything_reads_a_card_or_nothing(line):
    card = read_card(line)

    assert card is None or (len(card.number), card.name != "") == (12, True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "038185012346",
        LINE.rpartition("|")[0],
        LINE.replace("14031985", "31021985"),
        LINE.replace("14031985", "00000000"),
        LINE.replace("038185012346", "٠٣٨١٨٥٠١٢٣٤٦"),
        LINE.replace("NGUYỄN THỊ ÁNH", "  "),
        "x" + LINE,
        LINE.replace("Thôn", "T" * LONGEST),
        "|" * 5000,
    ],
)
def test_read_card_of_no_card_is_none(line):
    assert read_card(line) is None


def test_read_card_of_decomposed_letters_keeps_them_for_the_form_to_compose():
    assert unicodedata.normalize("NFC", read_card(unicodedata.normalize("NFD", LINE)).name) == ANH.name
