"""Which paper a typed number belongs to: told by its form, or by what the clerk chose. Pure."""

import re
from typing import Final

from cases.choices import IdKind

SEPARATORS: Final = re.compile(r"[ ./\-\u2010-\u2015]")
BY_FORM: Final = (
    (IdKind.PERSONAL, re.compile(r"[0-9]{12}")),
    (IdKind.OLD_CARD, re.compile(r"[0-9]{9}")),
    (IdKind.TAX_CODE, re.compile(r"[0-9]{10}(?:[0-9]{3})?")),
    (IdKind.PASSPORT, re.compile(r"[A-Z]{1,2}[0-9]{6,8}")),
)
"""What nobody has to be asked about."""
IF_CHOSEN: Final = {
    IdKind.PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    IdKind.TAX_CODE: re.compile(r"[0-9]{10}(?:[0-9]{2,3})?"),
}
"""Wider forms, once the clerk said what it is; a household in business is taxed by its personal number."""
BRANCH_LENGTH: Final = 13
WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def bare(text: str) -> str:
    """The number without what people put between its groups, in capitals."""
    return SEPARATORS.sub("", text).upper()


def kind_of(number: str, chosen: str = "") -> IdKind | None:
    """The kind of a bare number; None when it cannot be told.

    Legal source: Luật Căn cước 2023, Điều 12 (twelve digits); Thông tư 86/2024/TT-BTC, Điều 5 (a tax code
    of ten digits, or of thirteen for a dependent unit).
    """
    if not number:
        return IdKind.NONE
    if chosen:
        kind = IdKind(chosen)
        return kind if IF_CHOSEN[kind].fullmatch(number) else None
    return next((kind for kind, form in BY_FORM if form.fullmatch(number)), None)


def written(kind: IdKind, number: str) -> str:
    """The number as it is kept: the tax code of a dependent unit with its dash."""
    if kind == IdKind.TAX_CODE and len(number) == BRANCH_LENGTH:
        return f"{number[:10]}-{number[10:]}"
    return number


def tax_code_is_sound(code: str) -> bool:
    """Whether the tenth digit of a tax code follows from the nine before it."""
    digits = [int(digit) for digit in code[:10]]
    rest = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    return digits[9] == 10 - rest
