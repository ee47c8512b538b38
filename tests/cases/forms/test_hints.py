import pytest

from cases.forms.hints import NumberHint, number_hint


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
