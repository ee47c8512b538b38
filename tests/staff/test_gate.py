"""In and out: sign-in, sign-out, the first password, where to work."""

import re

import pytest
from django.shortcuts import resolve_url
from django.test import Client

from staff.models import Officer, SignInEvent
from staff.rights import Role
from tests.staff.conftest import MUONG_LAT, PASSWORD, post

pytestmark = pytest.mark.django_db
NEW = "nắng mới trên mái ngói xã"


def sign_in(client, username="ha.lt", password=PASSWORD, wanted="/tai-khoan/"):
    return client.post("/dang-nhap/", {"username": username, "password": password, "next": wanted})


def change(client, *, current=PASSWORD, new=NEW, repeated=None):
    data = {"current": current, "new": new, "repeated": new if repeated is None else repeated}
    return client.post("/mat-khau/", data)


def page(response):
    return response.content.decode()


def test_sign_in_with_one_membership_goes_where_one_wanted(enrol, client):
    officer = enrol()

    response = sign_in(client)

    assert (response.status_code, response["Location"]) == (302, "/tai-khoan/")
    assert client.session["membership_id"] == officer.memberships.get().pk


def test_sign_in_takes_the_name_in_any_case_and_a_password_of_any_keyboard(enrol, client):
    enrol()
    decomposed = "cu\u031b\u0309a cho\u031b\u0301p xanh tu\u031bo\u031b\u0300ng vo\u0302i va\u0300ng"

    assert sign_in(client, " HA.LT ", decomposed).status_code == 302


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(enrol, client, wanted):
    enrol(role=Role.CONTENT_EDITOR, gso="")

    assert sign_in(client, wanted=wanted)["Location"] == "/tai-khoan/"


def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_name(enrol, client):
    enrol()

    response = sign_in(client, password="sai")

    assert response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng. Ông bà còn thử được 4 lần." in page(response)
    assert 'value="ha.lt"' in page(response)
    assert "_auth_user_id" not in client.session


def test_sign_in_without_anything_names_both_fields(client):
    response = client.post("/dang-nhap/", {})

    assert response.status_code == 422
    assert "Ông bà nhập tên đăng nhập." in page(response)
    assert "Ông bà nhập mật khẩu." in page(response)


def test_sign_in_five_times_wrong_is_locked_in_another_browser_too(enrol, client):
    enrol()
    for _ in range(5):
        sign_in(client, password="sai")

    response = sign_in(Client())

    assert response.status_code == 422
    assert re.search(r"tạm khóa đến \d\d:\d\d", page(response))


def test_sign_in_needs_the_token_of_the_page(enrol):
    enrol()

    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_sign_in_page_is_never_stored(client):
    assert "no-store" in client.get("/dang-nhap/")["Cache-Control"]


def test_sign_in_page_speaks_vietnamese_but_for_the_other_language(client):
    text = re.sub(
        r"<(style|svg|script)\b.*?</\1>|<[^>]+>", " ", page(client.get("/dang-nhap/")), flags=re.DOTALL
    )

    assert " ".join(text.split()) == (
        "Đăng nhập – Một Cửa Đăng nhập Dành cho cán bộ, công chức làm việc tại Trung tâm Phục vụ "
        "hành chính công. "
        "Tên đăng nhập Mật khẩu Đăng nhập Quên mật khẩu: ông bà liên hệ người quản trị "
        "tài khoản của xã, phường. "
        "Trang dành cho người dân "
        "English"  # the link that leaves Vietnamese
    )


def test_sign_out_by_post_ends_the_session(enrol, client):
    enrol()
    sign_in(client)

    response = client.post("/dang-xuat/")

    assert (response.status_code, response["Location"]) == (302, "/dang-nhap/")
    assert "_auth_user_id" not in client.session
    assert SignInEvent.objects.order_by("-pk").values_list("outcome", flat=True)[0] == "signed_out"


def test_sign_out_by_get_is_refused(enrol, client):
    enrol()
    sign_in(client)

    assert client.get("/dang-xuat/").status_code == 405
    assert "_auth_user_id" in client.session


def test_change_of_the_first_password_opens_the_office(enrol, client):
    enrol(must_change_password=True, role=Role.CONTENT_EDITOR, gso="")
    sign_in(client)

    response = change(client)

    assert response.status_code == 302
    assert not Officer.objects.get().must_change_password
    assert client.get("/noi-lam-viec/").status_code == 200
    assert sign_in(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"new": PASSWORD}, "Mật khẩu mới phải khác mật khẩu hiện nay."),
        ({"new": "ngắn quá"}, "Mật khẩu phải có ít nhất 14 ký tự."),
        ({"new": "12345678901234"}, "Mật khẩu không được chỉ gồm chữ số."),
        ({"new": "telechargement"}, "Mật khẩu này dễ bị đoán."),
        ({"new": "Lê Thu Hà Lê Thu"}, "Mật khẩu không được giống tên đăng nhập, họ tên hoặc số điện thoại."),
        ({"repeated": "khác hẳn mật khẩu mới"}, "Hai lần nhập mật khẩu mới không giống nhau."),
        ({"current": "sai mật khẩu rồi"}, "Tên đăng nhập hoặc mật khẩu không đúng."),
        ({"current": ""}, "Ông bà nhập mật khẩu hiện nay."),
        ({"new": ""}, "Ông bà nhập mật khẩu mới."),
        ({"new": "x" * 257}, "Mật khẩu dài quá 256 ký tự."),
    ],
)
def test_change_of_password_refuses_with_a_reason(enrol, client, typed, message):
    enrol()
    sign_in(client)

    response = change(client, **typed)

    assert response.status_code == 422
    assert message in page(response)
    assert Officer.objects.get().check_password(PASSWORD)


def test_change_of_password_keeps_this_session_and_ends_the_others(enrol, client):
    enrol(role=Role.CONTENT_EDITOR, gso="")
    other = Client()
    sign_in(client)
    sign_in(other)

    change(client)

    assert "_auth_user_id" in client.session
    assert client.get("/mat-khau/").status_code == 200
    assert other.get("/mat-khau/").status_code == 302


def test_choice_between_two_communes_comes_first_and_leads_on(enrol, client):
    officer = enrol()
    second = post(officer, gso=MUONG_LAT)

    first_page = sign_in(client)
    choice = client.get(first_page["Location"])["Location"]
    shown = page(client.get(choice))
    response = client.post("/noi-lam-viec/", {"membership": second.pk, "next": "/tai-khoan/"})

    assert choice == "/noi-lam-viec/?next=/tai-khoan/"
    assert ("Xã Định Hòa" in shown, "Xã Mường Lát" in shown) == (True, True)
    assert response["Location"] == "/tai-khoan/"
    assert client.session["membership_id"] == second.pk


def test_switch_of_membership_gives_the_session_a_new_key(enrol, client):
    officer = enrol()
    sign_in(client)
    second, before = post(officer, gso=MUONG_LAT), client.session.session_key

    client.post("/noi-lam-viec/", {"membership": second.pk, "next": "/tai-khoan/"})

    assert client.session["membership_id"] == second.pk
    assert client.session.session_key != before
    assert SignInEvent.objects.order_by("-pk").values_list("outcome", flat=True)[0] == "switched"


def test_choice_of_somebody_elses_membership_is_refused(enrol, client):
    enrol()
    stranger = enrol("mai.lt", gso=MUONG_LAT)
    sign_in(client)
    before = client.session["membership_id"]

    response = client.post("/noi-lam-viec/", {"membership": stranger.memberships.get().pk})

    assert response.status_code == 422
    assert "Nơi làm việc này không còn hiệu lực." in page(response)
    assert client.session["membership_id"] == before


def test_choice_without_any_valid_membership_says_whom_to_ask(enrol, client):
    enrol(valid_to="2025-07-31")
    sign_in(client)

    assert "không có nơi làm việc nào còn hiệu lực" in page(client.get("/noi-lam-viec/"))


def test_sign_in_without_a_wanted_page_leads_clerks_to_the_queue(enrol, client):
    enrol()

    assert sign_in(client, wanted="")["Location"] == resolve_url("cases:queue")


def test_sign_in_of_a_role_without_cases_leads_to_the_account(enrol, client):
    enrol(role=Role.CONTENT_EDITOR, gso="")

    assert sign_in(client, wanted="")["Location"] == "/tai-khoan/"


def test_sign_in_page_of_somebody_signed_in_leads_on(enrol, client):
    enrol()
    sign_in(client)

    assert client.get("/dang-nhap/?next=/tai-khoan/")["Location"] == "/tai-khoan/"
