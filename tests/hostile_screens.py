"""The forms of the office, each on its page and before its officer, with good values for the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cases.models import Case
from staff.models import Membership
from tests.cases.scans import a_pdf, sent

WALK_IN = {
    "name": "Lê Thị Hương",
    **dict.fromkeys(("id_kind", "second_id_kind", "filer_id_kind"), ""),
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
    "purpose": "Vay vốn ngân hàng",
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
COUPLE = {
    "second_name": "Trần Văn Bình",
    "second_number": "038085012348",
    "second_birth": "02/05/1984",
    "second_phone": "0912 345 016",
    "second_address": "Thôn 5, xã Định Hòa",
    "second_other_paper": "on",
    "second_nationality": "Lào",
}


@dataclass(frozen=True)
class Screen:
    """A form of the office.

    Attributes:
        page: the address that the form is read on.
        finder: the name of a field that only this form of the page has.
        beside: what the page of the last look sends with the fields of the form.
        only: the fields that this screen is walked for; none named means all of them.
        kinds: where a field is of another kind here than anywhere else.
        unkept: fields of which nothing stays, because the screen has no use for them.
        done: what the office answers when it has done what was asked.
        said_at: where a message stands, if at another field.
        opening: what is posted to come to the form, where it is no page of its own.
        parts: into how many tests the walk is cut.
    """

    page: Callable
    finder: str
    username: str | None = "ha.lt"
    good: Mapping = field(default_factory=dict)
    beside: Mapping = field(default_factory=dict)
    only: tuple = ()
    kinds: Mapping = field(default_factory=dict)
    unkept: frozenset = frozenset()
    done: int = 302
    said_at: Mapping = field(default_factory=dict)
    action: str = ""
    prepare: Callable = lambda _day, _case_at: None
    opening: Callable | None = None
    parts: int = 1


def _intake(code, **more):
    more["good"] = WALK_IN | more.get("good", {})
    return Screen(lambda _day: f"/ho-so/moi/?procedure={code}", "intake_key", **more)


def _case(place, finder, state=0, **more):
    """A form of the case of the morning that is in this state of the list."""
    return Screen(lambda day: f"/ho-so/{day.codes[state]}/{place}", finder, **more)


def a_colleague(day, _case_at):
    """The clerk may work as the handler too."""
    member = Membership.objects.get(pk=day.people["duc.hm"].membership_id)
    member.pk, member.officer_id = None, day.people["ha.lt"].officer_id
    member.save(force_insert=True)


def _held(username):
    def hold(day, case_at):
        a_colleague(day, case_at)
        holder = day.people[username].officer_id
        Case.objects.filter(code=day.codes[1]).update(holder_id=holder)

    return hold


REGISTERED, HELD, DRAFTED, RESOLVED = range(4)
SLIP_ONLY = ("procedure", "name", "phone", "filer_name", "filer_phone", "slip_reason", "slip", "typed_by")
# What lies behind a tick that is not made: nothing of it is asked for, and nothing of it kept.
BEHIND_A_TICK = {
    "late_at": "form?",
    "late_reason": "unkept words?",
    "elsewhere_place": "unkept words?",
}

SCREENS = {
    "reception at once": _intake(
        "2.000815", good={"immediate": "on"}, only=("immediate", "result_number", "signer", "copies", "pages")
    ),
    "reception of two": _intake("1.000894", good=COUPLE, only=("second_*",), parts=2),
    "reception afterwards": _intake("1.004873", good={"late": "on"}, only=("late", "late_at", "late_reason")),
    "reception for elsewhere": _intake(
        "1.004873",
        good={"elsewhere": "on"},
        only=("elsewhere", "elsewhere_place", "elsewhere_taken"),
    ),
    "refusal slip": _intake(
        "1.004873",
        action="/phieu/lap/refusal/",
        beside={"confirmed": "1"},
        only=SLIP_ONLY,
        kinds={"slip_reason": "words"},
    ),
    "guidance slip": _intake(
        "1.004873",
        action="/phieu/lap/guidance/",
        good={"papers_in_database": "", "paper-*": "", "paper-*-held": ""},
        beside={"confirmed": "1"},
        only=SLIP_ONLY,
        kinds={"slip_reason": "words?"},
    ),
    "forward": _case("buoc/forward/", "version", REGISTERED),
    "claim": _case("buoc/claim/", "version", REGISTERED, username="duc.hm"),
    "hand on": _case(
        "buoc/hand_on/",
        "version",
        HELD,
        username="duc.hm",
        kinds={"holder": "choice"},
        prepare=_held("duc.hm"),
    ),
    "assign": _case(
        "buoc/assign/",
        "version",
        HELD,
        kinds={"holder": "choice"},
        username="long.td",
        prepare=_held("duc.hm"),
    ),
    "submit": _case("buoc/submit/", "version", HELD, username="duc.hm", good={"body": "Xác nhận"}),
    "approve": _case(
        "buoc/approve/",
        "version",
        DRAFTED,
        username="thanh.nt",
        good={"number": "7/XN"},
        kinds={"number": "words"},
    ),
    "send back": _case(
        "buoc/send_back/", "version", DRAFTED, username="thanh.nt", good={"reason": "Thiếu chữ"}
    ),
    "hand over": _case("buoc/hand_over/", "version", RESOLVED),
    "withdraw": _case("buoc/withdraw/", "version", REGISTERED, good={"reason": "Xin rút"}),
    "amend": _case(
        "sua/",
        "summary",
        REGISTERED,
        good={"reason": "Gõ nhầm", "summary": "Xin xác nhận", "party-*-email": "a@b.vn"},
        kinds={"delivery": "choice", "paper-*-originals": "form"},
        parts=3,
    ),
    "correct": _case("sua-sai-sot/", "reason", 4, username="long.td", good={"reason": "Sai ngày"}),
    "void": _case("huy/", "reason", 1, username="long.td", good={"reason": "Nhập nhầm"}),
    "reprint": _case("in-lai/", "after", good={"reason": "Mất bản cũ"}, kinds={"reason": "words?"}),
    "payment": _case(
        "thu-tien/",
        "take_key",
        1,
        good={
            "amount": "1000",
            "method": "cash",
            "series": "AB/26P",
            "number": "0000777",
            "payer": "Lê Văn Tư",
        },
        kinds={"number": "form"},
    ),
    "void payment": Screen(
        lambda day: f"/ho-so/{day.case.code}/thu-tien/{day.payment.pk}/huy/",
        "reason",
        good={"reason": "Ghi nhầm"},
    ),
    "scans": _case(
        "giay-to/",
        "follows",
        good={"summary": "Tờ khai", "scope": "Toàn quốc", "valid_until": "31/12/2030", "kind_code": "TK"},
        kinds={"summary": "words"},
        parts=2,
    ),
    "use again": _case("giay-to/", "consent", 1, good={"consent": "on"}),
    "reception": _intake("1.004873", kinds=BEHIND_A_TICK, parts=4),
}
FILES = {"scans": lambda: sent(a_pdf(7))}
