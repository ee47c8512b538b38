import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staff.errors import OfficeError
from staff.text import (
    FOLD_SOURCE,
    FOLD_TARGET,
    clean_lines,
    clean_text,
    fold,
    is_mobile,
    mask_name,
    mask_number,
    normalise_phone,
    person_sort_key,
)

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
LETTERS = st.text(VIETNAMESE + VIETNAMESE.upper() + " 0123456789fjwzFJWZ-,.'")
MANY = settings(max_examples=500, deadline=None)


def slow_fold(text):
    bare = (c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return "".join("d" if c == "đ" else c for c in bare)


def translated(text):
    """What the database does: translate(normalize(text, NFC), source, target)."""
    kept, dropped = FOLD_SOURCE[: len(FOLD_TARGET)], FOLD_SOURCE[len(FOLD_TARGET) :]
    return unicodedata.normalize("NFC", text).translate(str.maketrans(kept, FOLD_TARGET, dropped))


@MANY
@given(st.text())
def test_fold_of_any_text_equals_the_translation_table(text):
    assert fold(text) == translated(text)


@MANY
@given(LETTERS, st.sampled_from(["NFC", "NFD"]))
def test_fold_of_vietnamese_equals_letters_without_marks(text, form):
    assert fold(unicodedata.normalize(form, text)) == slow_fold(text)


@MANY
@given(LETTERS)
def test_fold_of_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_fold_source_holds_each_letter_once_in_nfc():
    letters = FOLD_SOURCE[: len(FOLD_TARGET)]

    assert len(set(FOLD_SOURCE)) == len(FOLD_SOURCE)
    assert unicodedata.normalize("NFC", letters) == letters
    assert set(FOLD_TARGET) <= set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng ký khai sinh", "dang ky khai sinh"),
        ("XÃ ĐỊNH HÒA", "xa dinh hoa"),
        ("hoà, hòa", "hoa, hoa"),
        ("Ðức", "duc"),
        ("Müller İnce", "muller ince"),
        ("Trường Sơn", "truong son"),
    ],
)
def test_fold_drops_case_diacritics_bar(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn\t Văn \u00a0An\n", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Lê\u200b \u202eThu\u2066 Hà\ufeff", "Lê Thu Hà"),
        ("hoà", "hoà"),
        ("hòa", "hòa"),
        ("a\x07b\ud800c", "abc"),
        ("e\u200b\u0302", "ê"),
        ("\u3000", ""),
    ],
)
def test_clean_text_keeps_what_is_visible(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize("clean", [clean_text, clean_lines, normalise_phone])
def test_clean_text_with_nul_is_refused(clean):
    with pytest.raises(OfficeError) as refused:
        clean("Nguyễn\0An")

    assert refused.value.code == "nul_character"


@MANY
@given(st.text().filter(lambda text: "\0" not in text))
def test_clean_text_of_cleaned_text_changes_nothing(text):
    once = clean_text(text)

    assert clean_text(once) == once
    assert once.encode("utf-8").decode("utf-8") == once


def test_clean_lines_keeps_the_lines_of_a_remark():
    assert clean_lines(" Thiếu  giấy \r\n\r\n\r\n\r\n chứng sinh\u200b\n") == "Thiếu giấy\n\nchứng sinh"


def test_person_sort_key_sorts_by_given_name_in_vietnamese_order():
    names = ["Lê Văn Đức", "Trần Thị Ân", "Bùi Văn An", "Lê Văn Dũng", "Đỗ Văn An", "Lê Thị Ấn", "Phạm Ánh"]

    assert sorted(names, key=person_sort_key) == [
        *("Bùi Văn An", "Đỗ Văn An", "Phạm Ánh", "Trần Thị Ân", "Lê Thị Ấn", "Lê Văn Dũng", "Lê Văn Đức")
    ]


def test_person_sort_key_sorts_letters_before_tones():
    names = ["Mạ", "Man", "Mã", "Mả", "Má", "Mà", "Ma"]

    assert sorted(names, key=person_sort_key) == ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Man"]


def test_person_sort_key_of_odd_names_still_compares():
    names = ["Иван", "X Æ A-12", "Nguyễn Văn An", ""]

    assert sorted(names, key=person_sort_key) == ["", "Nguyễn Văn An", "X Æ A-12", "Иван"]


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Nguyễn Văn An", "N. V. A"), ("Đỗ Thị ánh", "Đ. T. Á"), ("An", "A"), ("", ""), ("  Lê   Hà ", "L. H")],
)
def test_mask_name_shows_the_initial_of_each_word(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("038205000018", "038•••••0018"),
        ("172345678", "•••••5678"),
        ("B1234567", "••••4567"),
        ("1234", "••••"),
        ("", ""),
    ],
)
def test_mask_number_hides_the_middle(number, masked):
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("0912.345-678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("(+84) 0912 345 678", "+84912345678"),
        ("\u202a0381234567\u202c", "+84381234567"),
        ("0237 3 900 900", "+842373900900"),
        ("+84 237 3900900", "+842373900900"),
        ("024 3825 1234", "+842438251234"),
    ],
)
def test_normalise_phone_of_a_known_form_is_e164(typed, kept):
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "912345678",
        "091234567",
        "09123456789",
        "0612345678",
        "0237 390 090",
        "113",
        "+856 20 5555 1234",
        "abc",
        "٠٩١٢٣٤٥٦٧٨",
        "1900 1234",
        "0912345678 hoặc 0912345679",
    ],
)
def test_normalise_phone_of_anything_else_is_refused(typed):
    with pytest.raises(OfficeError) as refused:
        normalise_phone(typed)

    assert refused.value.code == "phone_invalid"


@pytest.mark.parametrize(("phone", "mobile"), [("+84912345678", True), ("+842373900900", False)])
def test_is_mobile_tells_who_can_take_text_messages(phone, mobile):
    assert is_mobile(phone) is mobile
