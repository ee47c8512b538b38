"""Every address of the office, walked as a stranger, as a neighbour, in every role, and with bad intent."""

from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Case, CaseEvent, OfficerNotice
from staff.models import AccessLog
from staff.rights import Role
from tests import morning
from tests.addresses import addresses
from tests.morning import MORNING, OWN_WORDS, WriteOnReadingError, reading_only, signed_in

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

ALL = addresses()
BY_NAME = {address.name: address for address in ALL}
# What anybody may open, with what a plain look without any question answers.
PUBLIC = {
    "health": 200,
    "metrics": 404,
    "schema": 200,
    "procedures_api:procedures": 200,
    "procedures_api:procedure": 200,
    "procedures_api:quote": 422,
    "procedures_api:deadlines": 422,
    "cases_api:track": 422,
    "^api/": 404,
    "staff:sign_in": 200,
    "staff:sign_out": 405,
    "staff:communes": 200,
    "staff:commune": 200,
    "staff:personal_data": 200,
    "procedures:home": 200,
    "procedures:board": 200,
    "procedures:procedure": 200,
    "cases:track": 200,
    "cases:track_token": 200,
}
THRESHOLD = {"staff:change_password": 200, "staff:choose_membership": 200}
# Addresses that open with a key alone; a session opens none of them.
BEHIND_A_KEY = {
    "cases_api:cases": 401,
    "cases_api:case": 401,
    "cases_api:moves": 401,
    "cases_api:papers": 401,
    "cases_api:documents": 401,
    "cases_api:document": 401,
}
PUBLIC |= BEHIND_A_KEY
OWN_ACCOUNT = {
    "staff:account": 200,
    "staff:tokens": 200,
    "staff:revoke_token": 405,
    "staff:set_shortcuts": 405,
    "office_status": 200,
}
TILL = frozenset({Role.CLERK, Role.CASHIER})
VIEWERS = frozenset({Role.CLERK, Role.HANDLER, Role.DIRECTOR, Role.SIGNATORY})
# Who may open what lies behind sign-in; the others get the page that says so.
OPEN_TO = {
    "cases:queue": VIEWERS,
    "cases:find": VIEWERS,
    "cases:case": VIEWERS,
    "cases:registered": VIEWERS,
    "cases:receipt": VIEWERS,
    "cases:move": VIEWERS,
    "cases:papers": VIEWERS,
    "cases:file": VIEWERS,
    "cases:digitise": frozenset({Role.CLERK, Role.HANDLER}),
    "cases:paper_reuse": frozenset({Role.CLERK, Role.HANDLER}),
    "cases:receipt_copy": VIEWERS,
    "cases:amend": VIEWERS,
    "cases:void": VIEWERS,
    "cases:reprint": VIEWERS,
    "cases:correct": VIEWERS,
    "cases:batch": frozenset({Role.CLERK, Role.HANDLER, Role.DIRECTOR}),
    "cases:notices": VIEWERS,
    "cases:intake": frozenset({Role.CLERK}),
    "cases:intake_options": frozenset({Role.CLERK}),
    "cases:intake_preview": frozenset({Role.CLERK}),
    "cases:intake_recall": frozenset({Role.CLERK}),
    "cases:typed_drop": frozenset({Role.CLERK}),
    "cases:signed_in": frozenset({Role.CLERK}),
    "cases:slips": frozenset({Role.CLERK}),
    "cases:slip": frozenset({Role.CLERK}),
    "cases:slip_given": frozenset({Role.CLERK}),
    "cases:slip_pdf": frozenset({Role.CLERK}),
    "cases:approvals": frozenset({Role.SIGNATORY}),
    "cases:approve_batch": frozenset({Role.SIGNATORY}),
    "cases:take_payment": TILL,
    "cases:void_payment": TILL | {Role.DIRECTOR},
    "cases:till": TILL,
    "cases:foreign": frozenset({Role.CLERK}),
    "cases:handover": frozenset({Role.CLERK}),
    "cases:handover_pdf": frozenset({Role.CLERK}),
    "cases:foreign_row": frozenset({Role.CLERK}),
    "cases:foreign_receipt": frozenset({Role.CLERK}),
    "cases:arrivals": frozenset({Role.CLERK}),
    "cases:agencies": frozenset({Role.CLERK}),
    "cases:agency_handover": frozenset({Role.CLERK}),
}
POSTED_ONLY = frozenset({
    "cases:approve_batch", "cases:batch", "cases:find", "cases:handover", "cases:agency_handover",
    "cases:intake_preview",
    "cases:intake_recall", "cases:typed_drop",
})  # fmt: skip
# Asked for without a form it leads back to the screen that the form is on.
LEADS_BACK = frozenset({"cases:slip", "cases:digitise", "cases:paper_reuse"})
OF_A_CASE = (
    *("cases:case", "cases:registered", "cases:receipt", "cases:move"),
    *("cases:papers", "cases:digitise", "cases:paper_reuse", "cases:file"),
    *("cases:receipt_copy", "cases:amend", "cases:void", "cases:reprint", "cases:correct"),
)
OF_MONEY = ("cases:take_payment", "cases:void_payment")
MOVES = ("forward", "submit", "approve", "send_back", "hand_over", "withdraw")
OFFICERS = {
    Role.CLERK: "ha.lt",
    Role.HANDLER: "duc.hm",
    Role.SIGNATORY: "thanh.nt",
    Role.DIRECTOR: "long.td",
    Role.COMMUNE_ADMIN: "hung.tv",
    Role.CASHIER: "thu.nt",
    Role.PROVINCE_ADMIN: "son.lv",
    Role.AUDITOR: "lan.pt",
    Role.CONTENT_EDITOR: "trang.dt",
}
NEIGHBOURS = ("mai.lt", "thiem.vv", "buong.lv")
# Reading pages that leave a trace, and where.
MAY_WRITE = {
    "cases:case": ("staff_accesslog",),
    "cases:registered": ("staff_accesslog",),
    "cases:move": ("staff_accesslog",),
    "cases:receipt": ("staff_accesslog",),
    "cases:papers": ("staff_accesslog",),
    "cases:file": ("staff_accesslog",),
    "cases:receipt_copy": ("staff_accesslog",),
    "cases:amend": ("staff_accesslog",),
    "cases:void": ("staff_accesslog",),
    "cases:reprint": ("staff_accesslog",),
    "cases:correct": ("staff_accesslog",),
    "cases:slip_given": ("staff_accesslog",),
    "cases:slip_pdf": ("staff_accesslog",),
    "cases:take_payment": ("staff_accesslog",),
    "cases:void_payment": ("staff_accesslog",),
    "cases:foreign_row": ("staff_accesslog",),
    "cases:foreign_receipt": ("staff_accesslog",),
    "cases_api:track": ("cases_trackingattempt",),
}
ASKED = {
    "procedures:home": ("q=khai+sinh",),
    "procedures:procedure": ("situation=late",),
    "procedures_api:procedures": ("q=khai+sinh", "after=1.001193"),
    "procedures_api:quote": ("channel=counter&received_at=2026-11-20T09:42",),
    "procedures_api:deadlines": ("received_at=2026-11-20T09:42&amount=3&unit=working_day",),
    "cases:queue": (
        "view=overdue",
        "view=mine&size=50",
        "after=2026-11-20T09:42:00%2B07:00,H56",
        "order=name&holder=none&state=registered",
    ),
    "cases:intake": (
        "procedure=1.004873",
        "procedure=2.000815",
        "procedure=khai+sinh",
        "slip=2026-1",
        "slip=x",
        "tiep=x",
    ),
    "cases:intake_options": ("procedure=khai+sinh",),
    "cases:till": ("code=9999", "code=x"),
    "cases:foreign": ("view=all", "after=2026-11-20T09:42:00%2B07:00,H56"),
    "cases:agencies": ("view=all", "after=2026-11-20T09:42:00%2B07:00,H56"),
    "cases:arrivals": ("after=2026-11-20T09:42:00%2B07:00,H56",),
    "staff:communes": ("q=Định+Hòa",),
}
HOSTILE = {
    "nul": "%00",
    "escaped nul": "%2500",
    "5000 characters": "a" * 5000,
    "astral": "💥",
    "combining": "ạ̣̣",
    "dots": "..",
    "encoded slash": "..%2f..%2fetc%2fpasswd",
    "quote": "' OR 1=1 --",
    "broken utf-8": "%ff%fe",
    "line break": "a%0d%0aSet-Cookie:%20x=1",
    "format": "%25s{0}{{7*7}}",
    "right to left": "\u202e",
}
QUESTIONS = (
    *("q", "procedure", "after", "before", "view", "size", "situation", "next", "received_at", "amount"),
    *("channel", "category", "copies", "unit", "digits", "lang", "slip", "tiep", "code"),
    *("order", "field", "state", "holder", "point"),
)
TYPED = (
    *("q", "code", "digits", "username", "password", "next", "version", "holder", "reason", "number"),
    *("procedure", "name", "phone", "birth", "copies", "channel", "delivery", "due_on", "situation"),
    *(
        "case",
        "confirmed",
        "holder_id",
        "slip",
        "slip_reason",
        "typed_by",
        "late",
        "late_at",
        "late_reason",
        "key",
        "intake_key",
        "category",
        "signer",
        "membership",
        "current",
        "new",
        "repeated",
        "granted",
        "recall_agreed",
        "another_request",
    ),
    *(
        "summary",
        "valid_until",
        "scope",
        "kind_code",
        "follows",
        "scans",
        "file",
        "paper",
        "origin",
        "consent",
        "after",
        "delivery_address",
        *("amount", "method", "series", "payer", "take_key"),
        "collector",
        "days",
        "elsewhere",
        "elsewhere_place",
        "elsewhere_code",
        "elsewhere_taken",
    ),
)
METHODS = ("head", "options", "post", "put", "patch", "delete", "trace")


def values_of(address, day):
    """What fills the places of this address: a procedure's code in the catalogue, else a case's."""
    if address.name.startswith(("procedures:", "procedures_api:")):
        return day.values | {"code": "1.001193"}
    if address.name.startswith("cases:foreign_"):
        return day.values | {"code": day.sent.case_code}
    return day.values


def path_of(address, day):
    return "/api/v1/nothing/" if address.name == "^api/" else address.path(values_of(address, day))


def queries_of(address):
    return ("", *ASKED.get(address.name, ()))


def words_of(response):
    return response.content.decode(errors="replace")


def test_addresses_are_all_known_here():
    known = set(PUBLIC) | set(THRESHOLD) | set(OWN_ACCOUNT) | set(OPEN_TO)

    assert [address.name for address in ALL if address.name not in known] == []
    assert known == set(BY_NAME)
    assert len(BY_NAME) == len(ALL)


def test_addresses_as_a_stranger_are_public_by_name_or_lead_to_the_sign_in(office_day):
    answers, expected = {}, {}
    for address in ALL:
        path, client = path_of(address, office_day), Client()
        response = client.get(path)
        answers[address.name] = (response.status_code, response.headers.get("Location"))
        sent = (302, f"/dang-nhap/?next={path}")
        expected[address.name] = (PUBLIC[address.name], None) if address.name in PUBLIC else sent

    assert answers == expected


def test_addresses_as_a_stranger_take_no_post(office_day):
    open_to_post = {"cases:track", "cases:track_token", "staff:sign_in", "staff:sign_out"}
    before = OfficerNotice.objects.filter(read_at=None).count(), CaseEvent.objects.count()
    for address in ALL:
        response = Client().post(path_of(address, office_day), {"version": 1, "q": "Khuê"})
        if address.name not in PUBLIC:
            assert (response.status_code, response["Location"][:12]) == (302, "/dang-nhap/?"), address.name
        elif address.name not in open_to_post:
            refused = {401} if address.name in BEHIND_A_KEY else {404, 405}
            assert response.status_code in refused, address.name

    assert (OfficerNotice.objects.filter(read_at=None).count(), CaseEvent.objects.count()) == before


def test_public_pages_of_a_stranger_name_nobody(office_day):
    for address in ALL:
        if address.name in PUBLIC:
            text = words_of(Client().get(path_of(address, office_day)))
            assert [word for word in OWN_WORDS if word in text] == [], address.name


@pytest.mark.parametrize("username", NEIGHBOURS)
def test_cases_of_another_commune_do_not_exist(office_day, username):
    client = signed_in(office_day.people[username])
    before = list(Case.objects.order_by("pk").values_list("state", "version", "holder_id"))

    for code in office_day.codes:
        for name in OF_A_CASE:
            response = client.get(BY_NAME[name].path(office_day.values | {"code": code}))
            assert response.status_code == 404, name
            assert [word for word in OWN_WORDS if word in words_of(response)] == []
        for name in OF_MONEY:  # a role that takes no money is refused before the case is looked for
            response = client.get(BY_NAME[name].path(office_day.values | {"code": code}))
            assert response.status_code in {403, 404}, name
            assert [word for word in OWN_WORDS if word in words_of(response)] == []
        for action in MOVES:
            path = BY_NAME["cases:move"].path({"code": code, "action": action})
            typed = {"version": 1, "reason": "vì", "number": "1", "granted": "yes", "body": "x"}
            assert client.post(path, typed).status_code == 404, action

    assert list(Case.objects.order_by("pk").values_list("state", "version", "holder_id")) == before
    assert AccessLog.objects.exists() is False


@pytest.mark.parametrize("username", NEIGHBOURS)
def test_pages_of_a_neighbour_hold_nothing_of_another_commune(office_day, case_at, username):
    case_at("resolved", clerk="mai.lt", handler="thiem.vv", leader="buong.lv")
    client = signed_in(office_day.people[username])
    looks = [
        client.get(f"{path_of(address, office_day)}?{query}")
        for address in ALL
        if address.name not in {*PUBLIC, *OF_A_CASE, *OF_MONEY}
        for query in queries_of(address)
    ]
    searched = (office_day.case.code[-4:], "ngụy", "nguy", "Ngụy", "391", "")
    looks += [client.post(BY_NAME["cases:find"].path({}), {"q": words}) for words in searched]

    for response in looks:
        text = words_of(response)
        assert [word for word in (*OWN_WORDS, *office_day.codes) if word in text] == [], response.request


def test_pages_of_the_own_commune_do_hold_what_a_neighbour_must_not_see(office_day):
    clerk, leader = (signed_in(office_day.people[name]) for name in ("ha.lt", "thanh.nt"))

    assert "Khắc Khuê" in words_of(clerk.get("/ho-so/"))
    assert "Khắc Khuê" in words_of(clerk.post("/ho-so/tim/", {"q": "nguy"}))
    assert "Khắc Khuê" in words_of(clerk.get(f"/ho-so/{office_day.codes[-1]}/"))
    assert any(code in words_of(leader.get("/ky-duyet/")) for code in office_day.codes)
    assert any(code in words_of(leader.get("/thong-bao/")) for code in office_day.codes)


@pytest.mark.parametrize(("role", "username"), OFFICERS.items())
def test_addresses_open_to_the_roles_of_the_table_only(office_day, role, username):
    actor = office_day.people[username]
    client = signed_in(actor)
    answers = {}
    for name in OPEN_TO:
        path = path_of(BY_NAME[name], office_day)
        ask = client.post if name in POSTED_ONLY else client.get
        answers[name] = ask(path, {"q": "nguy"}, follow=True).status_code

    assert actor.role == role
    assert answers == {name: 200 if role in roles else 403 for name, roles in OPEN_TO.items()}
    for name, status in (THRESHOLD | OWN_ACCOUNT).items():
        assert client.get(path_of(BY_NAME[name], office_day)).status_code == status, name


def test_officers_cover_every_role():
    assert set(OFFICERS) == set(Role)


@pytest.mark.parametrize("role", [Role.PROVINCE_ADMIN, Role.AUDITOR, Role.CONTENT_EDITOR, Role.CASHIER])
def test_pages_of_roles_without_cases_name_nobody(office_day, role):
    client = signed_in(office_day.people[OFFICERS[role]])
    for address in ALL:
        text = words_of(client.get(path_of(address, office_day)))
        assert [word for word in OWN_WORDS if word in text] == [], address.name


@pytest.mark.parametrize("username", [None, *OFFICERS.values()])
def test_addresses_that_are_only_read_write_nothing(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address in ALL:
        for query in queries_of(address):
            with reading_only(*MAY_WRITE.get(address.name, ())):
                response = client.get(f"{path_of(address, office_day)}?{query}")
            assert response.status_code < 500, address.name


def test_reading_only_refuses_what_writes(office_day):
    clerk = signed_in(office_day.people["ha.lt"])

    with reading_only(), pytest.raises(WriteOnReadingError, match="staff_accesslog"), transaction.atomic():
        clerk.get(path_of(BY_NAME["cases:case"], office_day))
    with (
        reading_only(),
        pytest.raises(WriteOnReadingError, match="cases_officernotice"),
        transaction.atomic(),
    ):
        clerk.post(BY_NAME["cases:notices"].path({}))


def test_a_search_without_a_hit_may_count_itself(office_day):
    with reading_only("procedures_searchmiss"):
        response = Client().get("/?q=zzz+kkk+www")

    assert response.status_code == 200


def test_the_first_request_after_a_minute_may_write_the_session(office_day):
    client = signed_in(office_day.people["ha.lt"])
    session = client.session
    session["seen_at"] = int(MORNING.timestamp()) - 120
    session.save()

    with reading_only(), pytest.raises(WriteOnReadingError, match="django_session"), transaction.atomic():
        client.get("/tai-khoan/")
    with reading_only("django_session"):
        assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("username", [None, "ha.lt", "trang.dt"])
def test_addresses_answer_every_method_without_a_fault(office_day, method, username):
    for address in ALL:
        client = signed_in(office_day.people[username]) if username else Client()
        response = getattr(client, method)(path_of(address, office_day))
        assert response.status_code < 500, address.name


@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_head_answers_like_get(office_day, username):
    for address in ALL:
        client = signed_in(office_day.people[username]) if username else Client()
        path = path_of(address, office_day)
        read, asked = client.get(path), client.head(path)
        is_get_only = read.status_code == 200 and asked.status_code == 405
        assert (asked.status_code == read.status_code or is_get_only, asked.content) == (True, b""), (
            address.name
        )


@pytest.mark.parametrize("username", [None, "ha.lt"])
def test_hostile_places_of_an_address_are_refused_without_a_fault(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address, (kind, hostile) in product(ALL, HOSTILE.items()):
        usual = values_of(address, office_day)
        for name in address.arguments:
            response = client.get(address.raw_path(usual | {name: hostile}))
            assert 300 <= response.status_code < 500, (address.name, name, kind)
            assert "Set-Cookie: x=1" not in str(response.headers)


@pytest.mark.parametrize("username", [None, "ha.lt"])
def test_hostile_questions_are_answered_without_a_fault(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address, (kind, hostile) in product(ALL, HOSTILE.items()):
        for names in (QUESTIONS, *((name,) for name in QUESTIONS[:3])):
            query = "&".join(f"{name}={hostile}" for name in names)
            response = client.get(f"{path_of(address, office_day)}?{query}")
            assert response.status_code < 500, (address.name, names, kind)


@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_hostile_forms_are_answered_without_a_fault(office_day, username):
    for address, (kind, hostile) in product(ALL, HOSTILE.items()):
        typed = dict.fromkeys(TYPED, hostile.replace("%00", "\x00"))
        client = signed_in(office_day.people[username]) if username else Client()
        response = client.post(path_of(address, office_day), typed)
        assert response.status_code < 500, (address.name, kind)
