import pytest

from cases.choices import IdKind
from cases.id_numbers import bare, kind_of, tax_code_is_sound, written


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("", IdKind.NONE),
        ("038185012346", IdKind.PERSONAL),
        ("171234567", IdKind.OLD_CARD),
        ("0100109106", IdKind.TAX_CODE),
        ("0100109106001", IdKind.TAX_CODE),
        ("B1234567", IdKind.PASSPORT),
        ("PA123456", IdKind.PASSPORT),
        ("E12345678", IdKind.PASSPORT),
        ("03818501234", None),
        ("03818501234X", None),
        ("ABC123456", None),
        ("B12345", None),
        ("٠٣٨١٨٥٠١٢٣٤٦", None),
    ],
)
def test_kind_of_is_told_by_the_form_of_the_number(number, kind):
    assert kind_of(number) == kind


@pytest.mark.parametrize(
    ("number", "chosen", "kind"),
    [
        ("123456789", "passport", IdKind.PASSPORT),  # would be an old card
        ("AB12C", "passport", IdKind.PASSPORT),
        ("AB12", "passport", None),
        ("A" * 21, "passport", None),
        ("038085000036", "tax_code", IdKind.TAX_CODE),
        ("01001091060", "tax_code", None),
        ("", "passport", IdKind.NONE),
    ],
)
def test_kind_of_follows_what_the_clerk_chose(number, chosen, kind):
    assert kind_of(number, chosen) == kind


def test_bare_drops_what_stands_between_the_groups():
    assert bare("038 185.012–346") == "038185012346"
    assert bare("b 1234567") == "B1234567"


def test_written_puts_the_dash_of_a_dependent_unit():
    assert written(IdKind.TAX_CODE, "0100109106001") == "0100109106-001"
    assert written(IdKind.TAX_CODE, "0100109106") == "0100109106"
    assert written(IdKind.PASSPORT, "1234567890123") == "1234567890123"


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("0100109106", True),
        ("0300588569", True),
        ("0100109106-001", True),
        ("0100109107", False),
        ("0100191096", False),
    ],
)
def test_tax_code_is_sound_by_its_tenth_digit(code, sound):
    assert tax_code_is_sound(code) is sound
