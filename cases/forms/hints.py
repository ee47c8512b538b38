"""What a personal number says by its digits: a hint beside the field, never a wall. Pure."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

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
