"""People who do not exist, named and numbered as people in Thanh Hóa are."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from staff.choices import CommuneKind

_T = TypeVar("_T")

SURNAMES: Final[Mapping[str, int]] = {
    "Nguyễn": 27,
    "Lê": 19,
    "Trịnh": 8,
    "Phạm": 8,
    "Hoàng": 6,
    "Trần": 5,
    "Bùi": 4,
    "Vũ": 3,
    "Đỗ": 3,
    "Lương": 2,
    "Hà": 2,
    "Ngô": 2,
    "Cao": 2,
    "Trương": 2,
    "Quách": 1,
    "Lưu": 1,
    "Mai": 1,
    "Đinh": 1,
    "Phan": 1,
    "Đặng": 1,
    "Dương": 1,
    "Tống": 1,
    "Lò": 1,
    "Vi": 1,
    "Hồ": 1,
    "Nghiêm": 1,
}
MIDDLES: Final[tuple[Mapping[str, int], ...]] = (
    {"Văn": 38, "Đình": 9, "Hữu": 7, "Đức": 8, "Quốc": 6, "Minh": 8, "Xuân": 5, "Công": 4, "Trọng": 4},
    {"Thị": 56, "Thu": 7, "Ngọc": 9, "Thanh": 6, "Khánh": 4, "Phương": 5, "Minh": 4, "Hồng": 5, "Bích": 3},
)
GIVEN: Final[tuple[tuple[str, ...], ...]] = (
    (
        "An",
        "Bình",
        "Chung",
        "Cường",
        "Dũng",
        "Dương",
        "Đạt",
        "Định",
        "Đông",
        "Giang",
        "Hà",
        "Hải",
        "Hiếu",
        "Hòa",
        "Hùng",
        "Huy",
        "Khánh",
        "Kiên",
        "Lâm",
        "Long",
        "Lợi",
        "Mạnh",
        "Nam",
        "Nghĩa",
        "Phong",
        "Phúc",
        "Quân",
        "Quang",
        "Quý",
        "Sơn",
        "Tài",
        "Tân",
        "Thành",
        "Thắng",
        "Thiết",
        "Thọ",
        "Toàn",
        "Tuấn",
        "Tùng",
        "Việt",
        "Vinh",
    ),
    (
        "Anh",
        "Ánh",
        "Bích",
        "Chi",
        "Dung",
        "Duyên",
        "Giang",
        "Hà",
        "Hạnh",
        "Hằng",
        "Hiền",
        "Hoa",
        "Hòe",
        "Hồng",
        "Huệ",
        "Hương",
        "Huyền",
        "Lan",
        "Liên",
        "Linh",
        "Loan",
        "Lý",
        "Mai",
        "Nga",
        "Ngân",
        "Nhàn",
        "Nhung",
        "Oanh",
        "Phương",
        "Quỳnh",
        "Tâm",
        "Thảo",
        "Thu",
        "Thủy",
        "Trang",
        "Tuyết",
        "Vân",
        "Xuân",
        "Yến",
    ),
)
MOBILE: Final = (
    *("96", "97", "98", "86", "32", "33", "34", "35", "36", "37", "38", "39"),
    *("91", "94", "88", "83", "84", "85", "81", "82", "90", "93", "89", "70", "77", "78"),
)
PLACES: Final = (
    *("Tân Long", "Đồng Tâm", "Thành Phú", "Công Bình", "Đông Thịnh", "Tân Sơn", "Yên Lạc", "Phú Thọ"),
    *("Quang Trung", "Xuân Minh", "Hợp Tiến", "Tiền Phong", "Thọ Lộc", "Minh Khai", "Đại Đồng", "Hòa Bình"),
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented citizen; the number is written the way a personal identification number is built."""

    name: str
    number: str
    phone: str
    address: str
    birth: tuple[int, int, int]


def _drawn(weights: Mapping[str, int]) -> tuple[str, ...]:
    """Every name as often as it weighs, so that one even draw is enough."""
    return tuple(name for name, weight in weights.items() for _ in range(weight))


_SURNAMES: Final = _drawn(SURNAMES)
_MIDDLES: Final = tuple(map(_drawn, MIDDLES))


def pick(chance: random.Random, among: Sequence[_T]) -> _T:
    """One of them, each as likely; quicker than ``Random.choice``."""
    return among[int(chance.random() * len(among))]


def full_name(chance: random.Random, sex: int) -> str:
    """Family, middle and given name."""
    return f"{pick(chance, _SURNAMES)} {pick(chance, _MIDDLES[sex])} {pick(chance, GIVEN[sex])}"


def telephone(chance: random.Random) -> str:
    """A mobile number as it is stored."""
    return f"+84{pick(chance, MOBILE)}{int(chance.random() * 10**7):07d}"


def somebody(chance: random.Random, *, commune: str, kind: str, sex: int | None = None) -> Somebody:
    """A grown-up citizen of this commune; the number holds province, sex and century, year, six digits."""
    sex = int(chance.random() * 2) if sex is None else sex
    year, month, day = (
        1946 + int(chance.random() * 62),
        1 + int(chance.random() * 12),
        1 + int(chance.random() * 28),
    )
    century = sex + (2 if year >= 2000 else 0)
    place = "Phố" if kind == CommuneKind.WARD else "Thôn"
    return Somebody(
        name=full_name(chance, sex),
        number=f"038{century}{year % 100:02d}{int(chance.random() * 10**6):06d}",
        phone=telephone(chance) if chance.random() < 0.93 else "",
        address=f"{place} {pick(chance, PLACES)}, {commune}",
        birth=(year, month, day),
    )
