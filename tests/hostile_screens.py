"""The forms of the office, each on its page and before its officer, with good values for the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.cases.scans import sent

WALK_IN = {
    "name": "Lê Thị Hương",
    "number": "038185012346",
    "birth": "14/03/1985",
    "phone": "0912 345 018",
    "address": "Thôn 4, xã Định Hòa",
    "other_paper": "on",
    "nationality": "Lào",
    "for_other": "on",
    "filer_name": "Lê Văn Tư",
    "filer_number": "038085012347",
    "filer_phone": "0912 345 019",
    "mandate": "Giấy ủy quyền 12",
    "has_contact": "on",
    "contact_name": "Lê Thị Lan",
    "contact_phone": "0912 345 017",
    "contact_relation": "con",
    "has_helper": "on",
    "helper_name": "Trần Thị Mơ",
    "helper_from": "Tổ công nghệ số thôn 4",
    "delivery_address": "Thôn 4, xã Định Hòa",
    "papers_in_database": "on",
    "result_number": "12/CT",
    "copies": "2",
    "pages": "3",
    "late_at": "19/11/2026 15:30",
    "late_reason": "Mất điện",
    "elsewhere_place": "Xã Mường Lát",
    "elsewhere_taken": "0",
    "due_on": "30/11/2026",
    "due_reason": "Chờ xác minh",
    "slip_reason": "Thiếu bản sao trích lục",
}


@dataclass(frozen=True)
class Screen:
    """A form of the office.

    Attributes:
        page: the address that the form is read on.
        finder: the name of a field that only this form of the page has.
        only: the fields that this screen is walked for; none named means all of them.
        kinds: where a field is of another kind here than anywhere else.
        unkept: fields of which nothing stays, because the screen has no use for them.
        done: what the office answers when it has done what was asked.
        said_at: where a message stands, if at another field.
        parts: into how many tests the walk is cut.
    """

    page: Callable
    finder: str
    username: str | None = "ha.lt"
    good: Mapping = field(default_factory=dict)
    only: tuple = ()
    kinds: Mapping = field(default_factory=dict)
    unkept: frozenset = frozenset()
    done: int = 302
    said_at: Mapping = field(default_factory=dict)
    action: str = ""
    prepare: Callable = lambda _day, _case_at: None
    parts: int = 1


def _intake(code, **more):
    more["good"] = WALK_IN | more.get("good", {})
    return Screen(lambda _day: f"/ho-so/moi/?procedure={code}", "intake_key", **more)


SCREENS = {
    "reception at once": _intake(
        "2.000815", good={"immediate": "on"}, only=("immediate", "result_number", "signer", "copies", "pages")
    ),
    "reception afterwards": _intake("1.004873", good={"late": "on"}, only=("late", "late_at", "late_reason")),
    "reception for elsewhere": _intake(
        "1.004873",
        good={"elsewhere": "on"},
        only=("elsewhere", "elsewhere_place", "elsewhere_taken"),
    ),
}

FILES = {"scans": lambda: sent(name="to-khai.pdf")}
