"""The first person of an office that holds nothing but the reference data."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staff.models import Membership, Officer
from staff.rights import Role
from tests.staff.conftest import DINH_HOA

pytestmark = pytest.mark.django_db
NEW = "nắng mới trên mái ngói xã"


def open_account(*words, username="ha.lt", role=Role.CLERK):
    said = StringIO()
    call_command("open_account", username, "Lê Thu Hà", "--role", role, *words, stdout=said)
    return re.search(r"password.*: (\S+)\n", said.getvalue()).group(1)


def test_opened_account_signs_in_and_must_change_its_password_first(client):
    password = open_account("--commune", DINH_HOA, "--title", "Công chức")

    client.post("/dang-nhap/", {"username": "ha.lt", "password": password})
    before = client.get("/ho-so/")
    client.post("/mat-khau/", {"current": password, "new": NEW, "repeated": NEW})
    after = client.get("/ho-so/")

    assert (before.status_code, before["Location"].partition("?")[0]) == (302, "/mat-khau/")
    assert after.status_code == 200
    assert "Lê Thu Hà" in after.content.decode()
    assert not Officer.objects.get().must_change_password


def test_clerk_sits_at_the_main_point_unless_another_is_named():
    open_account("--commune", DINH_HOA)
    open_account("--commune", DINH_HOA, "--point", "2", username="hien.vt")

    placed = Membership.objects.order_by("pk").values_list(
        "reception_point__is_main", "reception_point__position"
    )
    assert list(placed) == [(True, 1), (False, 2)]


def test_province_role_needs_no_commune():
    open_account(role=Role.PROVINCE_ADMIN)

    membership = Membership.objects.get()
    assert (membership.commune, membership.reception_point, membership.role) == (None, None, "province_admin")


@pytest.mark.parametrize(
    ("words", "how", "message"),
    [
        ([], {}, "works in a commune; name it with --commune"),
        (["--commune", "99999"], {}, "There is no commune 99999"),
        (["--commune", DINH_HOA], {"role": "chief"}, "invalid choice: 'chief'"),
        (["--commune", DINH_HOA], {"role": Role.PROVINCE_ADMIN}, "leave --commune out"),
        (["--commune", DINH_HOA, "--point", "9"], {}, "There is no reception point 9 here; there are: 1 "),
        (["--commune", DINH_HOA], {"username": "Hà Lê"}, "This account cannot be"),
    ],
)
def test_account_that_cannot_be_is_refused_in_words(words, how, message):
    with pytest.raises(CommandError, match=message):
        open_account(*words, **how)

    assert not Officer.objects.exists()


def test_second_run_changes_nothing(client):
    password = open_account("--commune", DINH_HOA)

    with pytest.raises(CommandError, match=r"The name ha\.lt is taken"):
        open_account("--commune", DINH_HOA)

    assert Officer.objects.get().check_password(password)
    assert Membership.objects.count() == 1
