import pytest

from staff.models import Officer
from tests.staff.conftest import MUONG_LAT, PASSWORD, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(enrol, client):
    enrol(field_codes=["civil_status"])
    client.post("/dang-nhap/", {"username": "ha.lt", "password": PASSWORD, "next": "/tai-khoan/"})
    return client


def test_account_shows_where_the_officer_works_and_may_switch_to(signed_in):
    post(Officer.objects.get(), gso=MUONG_LAT)

    page = signed_in.get("/tai-khoan/").content.decode()

    assert page.count("Đang làm việc ở đây") == 1
    assert page.count("Làm việc ở đây</button>") == 1
    assert "1 lĩnh vực được giao" in page


def test_account_shows_the_last_sign_ins(signed_in):
    assert "Đăng nhập thành công" in signed_in.get("/tai-khoan/").content.decode()


def test_account_query_count_does_not_grow_with_memberships(signed_in, django_assert_num_queries):
    post(Officer.objects.get(), gso=MUONG_LAT)
    signed_in.get("/tai-khoan/")

    # session, officer, membership, savepoint, scope, bell, memberships, sign-ins, release
    with django_assert_num_queries(8):
        signed_in.get("/tai-khoan/")


@pytest.mark.parametrize(("form", "enabled"), [({}, False), ({"letter_shortcuts": "on"}, True)])
def test_shortcuts_form_turns_bare_letters_on_or_off(signed_in, form, enabled):
    Officer.objects.update(letter_shortcuts=not enabled)

    response = signed_in.post("/tai-khoan/phim-tat/", form)

    assert response["Location"] == "/tai-khoan/"
    assert Officer.objects.get().letter_shortcuts == enabled
