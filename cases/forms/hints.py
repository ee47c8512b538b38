"""What typed numbers and dates say by themselves: a hint beside the field, never a wall. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from cases.choices import IdKind
from cases.id_numbers import tax_code_is_sound
from staff.text import is_mobile

OLDEST: Final = 115
# Numbers that operators give out: a prefix beside these was probably typed wrong.
MOBILE_PREFIXES: Final = re.compile(r"\+84(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])")
ONE_DIGIT: Final = re.compile(r"([0-9])\1{6,}$")
FIRST_CENTURY: Final = 1900
DIGITS: Final = 12

# The numbers keep the province of the first registration, whatever became of it in 2025.
PROVINCES: Final = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang",
    "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương", "031": "Hải Phòng",
    "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định", "037": "Ninh Bình",
    "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định",
    "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum",
    "064": "Gia Lai", "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước",
    "072": "Tây Ninh", "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa – Vũng Tàu",
    "079": "TP. Hồ Chí Minh", "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh",
    "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ",
    "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip


@dataclass(frozen=True)
class NumberHint:
    """The words under the number; ``agrees`` is None while nothing is typed to compare with."""

    text: str
    agrees: bool | None


def number_hint(number: str, *, birth_year: int | None = None) -> NumberHint | None:
    """Province, sex and year of birth that the twelve digits stand for; None for anything else.

    Legal source: Luật Căn cước 2023, Điều 12 (three digits of the place, one of century and sex, two of the
    year of birth, six at random).
    """
    if len(number) != DIGITS or not (number.isascii() and number.isdecimal()):
        return None
    place = PROVINCES.get(number[:3], _("tỉnh không rõ"))
    century, is_female = divmod(int(number[3]), 2)
    year = FIRST_CENTURY + 100 * century + int(number[4:6])
    words = _("%(place)s, %(sex)s, sinh năm %(year)s") % {
        "place": place,
        "sex": _("nữ") if is_female else _("nam"),
        "year": year,
    }
    if birth_year is None:
        return NumberHint(words, agrees=None)
    if birth_year == year:
        return NumberHint(_("%(words)s: khớp") % {"words": words}, agrees=True)
    return NumberHint(
        _("Theo số này: %(words)s. Ông bà đối chiếu lại ngày sinh.") % {"words": words}, agrees=False
    )


def id_hint(kind: str, number: str, *, birth_year: int | None = None) -> NumberHint | None:
    """What is to be said about a number of this kind; None where there is nothing.

    Legal source: Luật Căn cước 2023, Điều 46 khoản 2 (the old card of nine digits was good until
    31/12/2024).
    """
    if kind == IdKind.PERSONAL:
        return number_hint(number, birth_year=birth_year)
    if kind == IdKind.OLD_CARD:
        text = _("Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Ông bà hỏi số định danh 12 chữ số.")
        return NumberHint(text, agrees=False)
    if kind == IdKind.TAX_CODE:
        return _tax_hint(number)
    return NumberHint(_("Hộ chiếu"), agrees=None) if kind == IdKind.PASSPORT else None


def _tax_hint(code: str) -> NumberHint:
    if not code or tax_code_is_sound(code):
        return NumberHint(_("Tổ chức: ghi thêm người nộp ở dưới"), agrees=None)
    return NumberHint(_("Chữ số kiểm tra của mã số thuế không khớp. Ông bà xem lại số."), agrees=False)


def birth_hint(year: int, month: int | None, day: int | None, *, today: date) -> NumberHint | None:
    """A birth after today, or longer ago than people live."""
    if (year, month or 1, day or 1) > (today.year, today.month, today.day):
        return NumberHint(_("Ngày sinh sau hôm nay. Ông bà xem lại."), agrees=False)
    if today.year - year > OLDEST:
        years = today.year - year
        return NumberHint(_("Theo ngày sinh: %(n)s tuổi. Ông bà xem lại.") % {"n": years}, agrees=False)
    return None


def phone_hint(phone: str) -> NumberHint | None:
    """A number in the form +84… that cannot take a text message, or that nobody has."""
    if not phone:
        return None
    if not is_mobile(phone):
        return NumberHint(_("Điện thoại bàn: không nhận được tin nhắn."), agrees=None)
    if not MOBILE_PREFIXES.match(phone) or ONE_DIGIT.search(phone):
        return NumberHint(_("Số điện thoại lạ. Ông bà đọc lại cho người dân nghe."), agrees=False)
    return None
