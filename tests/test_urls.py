"""Every address of the office, walked as a stranger, as a neighbour, in every role, and with bad intent."""

from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from cases.models import Case, CaseEvent, OfficerNotice
from staff.models import AccessLog
from staff.rights import Role
from tests import morning
from tests.morning import MORNING, OWN_WORDS, WriteOnReadingError, reading_only, signed_in, undone
from tests.who_may_open import (
    ALL,
    ASKED,
    BEHIND_A_KEY,
    BY_NAME,
    HOSTILE,
    MAY_WRITE,
    MOVES,
    NEIGHBOURS,
    OF_A_CASE,
    OF_MONEY,
    OFFICERS,
    OPEN_TO,
    OWN_ACCOUNT,
    POSTED_ONLY,
    PUBLIC,
    QUESTIONS,
    THRESHOLD,
    TYPED,
    path_of,
    queries_of,
    values_of,
)

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

METHODS = ("head", "options", "post", "put", "patch", "delete", "trace")


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
    client = signed_in(office_day.people[username]) if username else Client()
    for address in ALL:
        with undone(client):
            response = getattr(client, method)(path_of(address, office_day))
        assert response.status_code < 500, address.name


@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_head_answers_like_get(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address in ALL:
        path = path_of(address, office_day)
        with undone(client):
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


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("username", [None, "ha.lt"])
def test_hostile_questions_are_answered_without_a_fault(office_day, username, kind):
    client, hostile = signed_in(office_day.people[username]) if username else Client(), HOSTILE[kind]
    for address in ALL:
        alone = QUESTIONS[:3] if address.name in ASKED else ()
        for names in (QUESTIONS, *((name,) for name in alone)):
            query = "&".join(f"{name}={hostile}" for name in names)
            response = client.get(f"{path_of(address, office_day)}?{query}")
            assert response.status_code < 500, (address.name, names, kind)


@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_hostile_forms_are_answered_without_a_fault(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address, (kind, hostile) in product(ALL, HOSTILE.items()):
        typed = dict.fromkeys(TYPED, hostile.replace("%00", "\x00"))
        with undone(client):
            response = client.post(path_of(address, office_day), typed)
        assert response.status_code < 500, (address.name, kind)
