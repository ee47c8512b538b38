from datetime import date

import pytest

from cases.choices import IdKind
from cases.forms.hints import NumberHint, birth_hint, id_hint, number_hint, phone_hint


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("038185012346", "Thanh Hóa, nữ, sinh năm 1985"),
        ("001099000001", "Hà Nội, nam, sinh năm 1999"),
        ("096201000001", "Cà Mau, nam, sinh năm 2001"),
        ("038305000018", "Thanh Hóa, nữ, sinh năm 2005"),
        ("999085012346", "tỉnh không rõ, nam, sinh năm 1985"),
    ],
)
def test_number_hint_reads_place_sex_and_year(number, words):
    assert number_hint(number) == NumberHint(words, agrees=None)


def test_number_hint_with_the_same_year_of_birth_agrees():
    hint = number_hint("038185012346", birth_year=1985)

    assert hint == NumberHint("Thanh Hóa, nữ, sinh năm 1985: khớp", agrees=True)


def test_number_hint_with_another_year_of_birth_asks_to_compare():
    hint = number_hint("038185012346", birth_year=1986)

    assert hint == NumberHint(
        "Theo số này: Thanh Hóa, nữ, sinh năm 1985. Ông bà đối chiếu lại ngày sinh.", agrees=False
    )


@pytest.mark.parametrize("number", ["", "03818501234", "0381850123467", "03818501234x", "٠٣٨١٨٥٠١٢٣٤٦"])
def test_number_hint_of_anything_else_is_none(number):
    assert number_hint(number) is None


@pytest.mark.parametrize(
    ("kind", "number", "agrees", "words"),
    [
        (IdKind.PERSONAL, "038185012346", None, "Thanh Hóa, nữ, sinh năm 1985"),
        (
            IdKind.OLD_CARD,
            "171234567",
            False,
            "Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Ông bà hỏi số định danh 12 chữ số.",
        ),
        (IdKind.PASSPORT, "B1234567", None, "Hộ chiếu"),
        (IdKind.TAX_CODE, "0100109106", None, "Tổ chức: ghi thêm người nộp ở dưới"),
        (IdKind.TAX_CODE, "", None, "Tổ chức: ghi thêm người nộp ở dưới"),
        (
            IdKind.TAX_CODE,
            "0100109107",
            False,
            "Chữ số kiểm tra của mã số thuế không khớp. Ông bà xem lại số.",
        ),
    ],
)
def test_id_hint_says_what_is_odd_about_a_number(kind, number, agrees, words):
    assert id_hint(kind, number) == NumberHint(words, agrees=agrees)


def test_id_hint_of_nothing_is_none():
    assert id_hint(IdKind.NONE, "") is None


TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        ((2026, 11, 21), "Ngày sinh sau hôm nay. Ông bà xem lại."),
        ((2026, 12, None), "Ngày sinh sau hôm nay. Ông bà xem lại."),
        ((1910, None, None), "Theo ngày sinh: 116 tuổi. Ông bà xem lại."),
    ],
)
def test_birth_hint_of_an_odd_date_asks_to_look_again(birth, words):
    assert birth_hint(*birth, today=TODAY) == NumberHint(words, agrees=False)


@pytest.mark.parametrize("birth", [(2026, 11, 20), (2026, 11, None), (2026, None, None), (1911, 3, 14)])
def test_birth_hint_of_a_likely_date_is_none(birth):
    assert birth_hint(*birth, today=TODAY) is None


@pytest.mark.parametrize(
    ("phone", "hint"),
    [
        ("", None),
        ("+84912345018", None),
        ("+842373900900", NumberHint("Điện thoại bàn: không nhận được tin nhắn.", agrees=None)),
        ("+84312345018", NumberHint("Số điện thoại lạ. Ông bà đọc lại cho người dân nghe.", agrees=False)),
        ("+84999999999", NumberHint("Số điện thoại lạ. Ông bà đọc lại cho người dân nghe.", agrees=False)),
    ],
)
def test_phone_hint_warns_of_numbers_nobody_has(phone, hint):
    assert phone_hint(phone) == hint
