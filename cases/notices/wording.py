"""What citizens are told: text messages without diacritics, letters with them.

A text message leaves as the id of an approved template and its parameters; ``SMS_TEXTS`` is the wording that
the operator has approved under that id. A digit after the dot counts the approvals.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import CitizenNotice
from staff.clock import local
from staff.text import fold

MOST_LETTERS: Final = 160
SHORTENED: Final = "place"
"""The one parameter that may be cut so that a message stays one message."""

SMS_TEXTS: Final[Mapping[str, str]] = {
    "registered.1": (
        "Ho so {code} da duoc tiep nhan luc {time}. Hen tra ket qua {due}. Tra cuu: {url}. Ho tro: {hotline}"
    ),
    "date_moved.1": "Xin loi Ong/Ba: ho so {code} cham, hen lai {due}. Ly do: {url}",
    "result_ready.1": (
        "Ho so {code} da co ket qua. Moi den {place} trong gio lam viec hoac nhan qua buu dien/dien tu"
    ),
    "handed_over.1": "Ho so {code} da tra ket qua luc {time}. Neu Ong/Ba chua nhan, goi {hotline}",
    "slip_given.1": (
        "Phieu {code} lap luc {time} tai {place}: ho so chua duoc tiep nhan,"
        " noi dung ghi tren phieu. Ho tro: {hotline}"
    ),
}

TEMPLATES: Final[Mapping[CitizenNotice, str]] = {
    CitizenNotice.REGISTERED: "registered.1",
    CitizenNotice.DATE_MOVED: "date_moved.1",
    CitizenNotice.RESULT_READY: "result_ready.1",
    CitizenNotice.HANDED_OVER: "handed_over.1",
    CitizenNotice.SLIP_GIVEN: "slip_given.1",
}

SUBJECTS: Final[Mapping[str, Promise]] = {
    "registered.1": _("Hồ sơ %(code)s đã được tiếp nhận"),
    "date_moved.1": _("Hồ sơ %(code)s hẹn lại ngày trả kết quả"),
    "result_ready.1": _("Hồ sơ %(code)s đã có kết quả"),
    "handed_over.1": _("Hồ sơ %(code)s đã trả kết quả"),
    "slip_given.1": _("Phiếu %(code)s lập tại quầy"),
}

LETTERS: Final[Mapping[str, Promise]] = {
    "registered.1": _(
        "Kính gửi ông/bà,\n\n"
        "Hồ sơ %(code)s đã được tiếp nhận lúc %(time)s tại %(place)s.\n"
        "Hẹn trả kết quả: %(due)s.\n\n"
        "Theo dõi hồ sơ: %(url)s\nHỗ trợ: %(hotline)s\n"
    ),
    "date_moved.1": _(
        "Kính gửi ông/bà,\n\n"
        "Xin lỗi ông/bà: hồ sơ %(code)s chậm so với ngày đã hẹn. Hẹn lại: %(due)s.\n"
        "Lý do ghi tại trang theo dõi hồ sơ: %(url)s\nHỗ trợ: %(hotline)s\n"
    ),
    "result_ready.1": _(
        "Kính gửi ông/bà,\n\n"
        "Hồ sơ %(code)s đã có kết quả. Mời ông/bà đến %(place)s trong giờ làm việc,"
        " hoặc nhận qua bưu chính hay bản điện tử như đã đăng ký.\n\n"
        "Theo dõi hồ sơ: %(url)s\nHỗ trợ: %(hotline)s\n"
    ),
    "handed_over.1": _(
        "Kính gửi ông/bà,\n\n"
        "Kết quả của hồ sơ %(code)s đã được trả lúc %(time)s.\n"
        "Nếu ông/bà chưa nhận được, xin gọi %(hotline)s.\n"
    ),
    "slip_given.1": _(
        "Kính gửi ông/bà,\n\n"
        "Hồ sơ của ông/bà chưa được tiếp nhận. Nội dung ghi trên phiếu %(code)s,"
        " lập lúc %(time)s tại %(place)s.\nHỗ trợ: %(hotline)s\n"
    ),
}


def spoken_moment(at: datetime, *, is_short: bool) -> str:
    """A moment as it stands in a letter, 17:00 25/11/2026; a text message has no room for the year."""
    return f"{local(at):%H:%M %d/%m}" if is_short else f"{local(at):%H:%M %d/%m/%Y}"


def fitting(template: str, params: Mapping[str, str]) -> dict[str, str]:
    """The parameters that this template uses, the place cut short where the message would become two.

    Letters with marks would halve the length of a message, so that every parameter loses them.
    """
    text = SMS_TEXTS[template]
    used = {name: plain(value) for name, value in params.items() if f"{{{name}}}" in text}
    too_long = len(text.format(**used)) - MOST_LETTERS
    if too_long > 0 and SHORTENED in used:
        used[SHORTENED] = used[SHORTENED][:-too_long].rstrip(" ,-")
    return used


def plain(text: str) -> str:
    """The same text in letters that every telephone shows, capitals kept."""
    dashed = re.sub("[\u2010-\u2015]", "-", text)
    letters = "".join(fold(one).upper() if one.isupper() else fold(one) for one in dashed)
    return letters.encode("ascii", "ignore").decode()
