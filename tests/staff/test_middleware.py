import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.urls import path, reverse

from config import urls
from staff.models import Membership
from staff.rights import Role
from tests.staff.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def show(request):
    """A page behind sign-in that tells what the middleware made of the request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.commune', true)")
        (scope,) = cursor.fetchone()
    actor = request.actor
    role = actor.role if actor else "-"
    return HttpResponse(f"{role} {scope} {connection.in_atomic_block}")


class Pages:
    """The addresses of the office and one page to look at."""

    urlpatterns = [*urls.urlpatterns, path("thu-nghiem/", show)]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = Pages
    return Pages


@pytest.fixture
def officer(enrol, pages):
    return enrol()


@pytest.fixture
def signed_in(officer, client):
    client.post(reverse("staff:sign_in"), {"username": "ha.lt", "password": PASSWORD, "next": "/thu-nghiem/"})
    return client


def test_page_of_an_officer_knows_actor_scope_and_transaction(signed_in, officer):
    commune = officer.memberships.get().commune_id

    assert signed_in.get("/thu-nghiem/").content.decode() == f"clerk {commune} True"


def test_page_behind_sign_in_is_never_stored(signed_in):
    assert signed_in.get("/thu-nghiem/")["Cache-Control"] == "private, no-store"


def test_page_of_a_stranger_leads_to_sign_in(client, pages):
    response = client.get("/thu-nghiem/")

    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/?next=/thu-nghiem/")


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/xa/%00/", None),
        ("/xa/?q=Đ%00", None),
        ("/xa/?%00=1", None),
        ("/dang-nhap/", {"user\x00name": "ha.lt"}),
    ],
    ids=["path", "query value", "query name", "form name"],
)
def test_nul_in_an_address_or_the_name_of_a_field_is_malformed(client, address, form):
    response = client.get(address) if form is None else client.post(address, form)

    assert response.status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["username", "password"])
def test_nul_in_a_form_is_told_at_its_field(client, name):
    response = client.post("/dang-nhap/", {"username": "ha.lt", "password": "x", name: "ha\x00lt"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


def test_idle_session_ends_after_half_an_hour(signed_in, monkeypatch):
    monkeypatch.setenv("MOTCUA_NOW_OFFSET", str(31 * 60))

    response = signed_in.get("/thu-nghiem/")
    page = signed_in.get(response["Location"])

    assert response["Location"] == "/dang-nhap/?next=/thu-nghiem/"
    assert "quá 30 phút không thao tác" in page.content.decode()


def test_busy_session_goes_on(signed_in, monkeypatch):
    for minutes in (20, 40, 60):
        monkeypatch.setenv("MOTCUA_NOW_OFFSET", str(minutes * 60))
        assert signed_in.get("/thu-nghiem/").status_code == 200


def test_reading_within_the_minute_does_not_write_the_session(signed_in, django_assert_num_queries):
    signed_in.get("/thu-nghiem/")

    # session, officer with memberships, savepoint, scope, page, release
    with django_assert_num_queries(6) as counted:
        signed_in.get("/thu-nghiem/")

    assert [query for query in counted.captured_queries if "UPDATE" in query["sql"]] == []


def test_membership_that_ended_yesterday_leads_to_the_choice(signed_in, officer):
    Membership.objects.filter(officer=officer).update(valid_to="2025-07-31")

    response = signed_in.get("/thu-nghiem/")

    assert (response.status_code, response["Location"]) == (302, "/noi-lam-viec/?next=/thu-nghiem/")


def test_membership_of_somebody_else_in_the_session_is_no_actor(signed_in, enrol):
    director = enrol("long.td", role=Role.DIRECTOR)
    session = signed_in.session
    session["membership_id"] = director.memberships.get().pk
    session.save()

    assert signed_in.get("/thu-nghiem/").status_code == 302


def test_first_password_leads_to_its_change_from_every_page(enrol, pages, client):
    enrol(must_change_password=True)
    client.post("/dang-nhap/", {"username": "ha.lt", "password": PASSWORD})

    targets = [client.get(address)["Location"] for address in ("/thu-nghiem/", "/tai-khoan/")]

    assert targets == ["/mat-khau/", "/mat-khau/"]


def test_public_page_without_session_starts_none(client, pages, django_assert_num_queries):
    with django_assert_num_queries(4):  # savepoint, communes, former communes, release
        response = client.get("/xa/", {"q": "dinh hoa"})

    assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert "no-store" not in response.get("Cache-Control", "")


def test_sign_in_leaves_one_session(signed_in):
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_nul_in_a_cookie_is_refused(client):
    client.cookies.load('motcua_session="abcdefghij\\000"')

    assert client.get("/").status_code == 400
