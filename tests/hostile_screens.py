"""The forms of the office, each on the page and before the officer that opens it, with good values for the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cases.models import Case
from staff.models import Officer
from tests.cases.scans import sent

PASSWORD = "a long password for tests"
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
        only: the fields that this screen is walked for; none named means all that are typed, ticked or hidden.
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


def _case(place, finder, state=0, **more):
    """A form of the case of the morning that is in this state of the list."""
    return Screen(lambda day: f"/ho-so/{day.codes[state]}/{place}", finder, **more)


def _first_password(_day, _case_at):
    officer = Officer.objects.get(username="ha.lt")
    officer.set_password(PASSWORD)
    officer.must_change_password = False
    officer.save()


def _held(username):
    def hold(day, _case_at):
        holder = day.people[username].officer_id
        Case.objects.filter(code=day.codes[1]).update(holder_id=holder)

    return hold


def _asked(page, finder, kind, username=None, **more):
    return Screen(lambda day: page.format(**day.values), finder, username, done=200, kinds=kind, **more)


REGISTERED, HELD, DRAFTED, RESOLVED = range(4)
CONDITIONS = dict.fromkeys(
    ("view", "size", "order", "field", "state", "holder", "channel", "point", "case"), "asked"
)
PICKED = {"holder": "picked", "state": "picked"}
SECRETS = {"current": PASSWORD, "new": "một câu dài chỉ mình nhớ", "repeated": "một câu dài chỉ mình nhớ"}
SLIP_ONLY = ("procedure", "name", "phone", "filer_name", "filer_phone", "slip_reason", "slip", "typed_by")
SLIP = {
    "only": SLIP_ONLY,
    "unkept": frozenset({"filer_name"}),
    "done": 302,
}

SCREENS = {
    "reception": _intake("1.004873", parts=6),
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
        "1.004873", action="/phieu/lap/refusal/", only=SLIP_ONLY, kinds={"slip_reason": "words"}
    ),
    "guidance slip": _intake(
        "1.004873",
        action="/phieu/lap/guidance/",
        good={"papers_in_database": ""},
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
    "assign": _case("buoc/assign/", "version", HELD, kinds={"holder": "choice"}, username="long.td"),
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
        parts=3,
    ),
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
    "queue": _asked("/ho-so/", "point", CONDITIONS, "ha.lt"),
    "batch": _asked("/ho-so/", "holder_id", PICKED, "ha.lt"),
    "find": Screen(lambda _day: "/ho-so/", "q", good={"q": "Khuê"}, done=200),
    "till": _asked("/thu-tien/hom-nay/", "code", {"code": "asked"}, "ha.lt"),
    "foreign row": Screen(lambda day: f"/ho-so/noi-khac/{day.sent.case_code}/", "collector"),
    "home": _asked("/", "q", {"q": "asked words"}),
    "communes": _asked("/xa/", "q", {"q": "asked words"}),
    "situation": _asked("/thu-tuc/1.001193/", "situation", {"situation": "asked"}),
    "tracking": Screen(
        lambda _day: "/tra-cuu/",
        "digits",
        None,
        done=200,
        kinds={"code": "form"},
        said_at={"code": "digits"},
    ),
    "tracking by token": _asked("/tra-cuu/t/{token}/", "digits", {}),
    "sign-in": Screen(
        lambda _day: "/dang-nhap/",
        "password",
        None,
        good={"username": "ha.lt", "password": PASSWORD},
        prepare=_first_password,
    ),
    "password": Screen(lambda _day: "/mat-khau/", "repeated", good=SECRETS, prepare=_first_password),
    "shortcuts": Screen(lambda _day: "/tai-khoan/", "letter_shortcuts"),
}
FILES = {"scans": lambda: sent(name="to-khai.pdf")}
