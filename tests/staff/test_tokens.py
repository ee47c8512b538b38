"""Keys of the interface: made with the password, shown once, bound to one membership, revoked for good."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from staff import actions, clock
from staff.actions import Attempt
from staff.clock import LOCAL
from staff.models import ApiAnswer, ApiToken, Membership, Officer, SignInEvent
from staff.pruning import prune_answers
from tests.staff.conftest import MUONG_LAT, PASSWORD, post

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # a Friday
ADDRESS = "/tai-khoan/khoa-api/"
TYPED = {"name": "Kho dữ liệu", "days": "90", "password": PASSWORD}


@pytest.fixture
def officer(enrol):
    return enrol()


@pytest.fixture
def signed_in(officer, client):
    client.post("/dang-nhap/", {"username": "ha.lt", "password": PASSWORD, "next": "/tai-khoan/"})
    return client


def a_token(officer, *, name="Kho dữ liệu", days=90, at=FRIDAY, membership=None):
    membership = membership or officer.memberships.get()
    attempt = Attempt(officer.username, PASSWORD, None, at)
    return actions.make_token(attempt, membership_id=membership.pk, name=name, days=days)


def opens(secret, at):
    found = ApiToken.objects.opening(at, clock.localdate(at))
    return found.filter(digest=actions.digest_of(secret)).exists()


def test_make_token_keeps_only_the_digest_of_the_secret(officer):
    token, secret = a_token(officer)

    row = ApiToken.objects.values().get()
    assert secret.startswith("motcua_")
    assert secret not in str(row)
    assert row["digest"] == actions.digest_of(secret)
    assert token.expires_at == FRIDAY + timedelta(days=90)
    assert SignInEvent.objects.get().outcome == "token_made"


def test_token_opens_until_it_runs_out(officer):
    _token, secret = a_token(officer, days=30)

    assert opens(secret, FRIDAY + timedelta(days=29))
    assert not opens(secret, FRIDAY + timedelta(days=30))


def test_token_opens_only_while_its_membership_lasts(officer):
    member = post(officer, gso=MUONG_LAT, valid_from=date(2026, 11, 20), valid_to=date(2026, 11, 23))
    _token, secret = a_token(officer, membership=member)

    assert not opens(secret, FRIDAY - timedelta(days=1))
    assert opens(secret, FRIDAY + timedelta(days=3))
    assert not opens(secret, FRIDAY + timedelta(days=4))


@pytest.mark.parametrize("standing", [{"is_active": False}, {"must_change_password": True}])
def test_token_of_an_officer_who_may_not_work_opens_nothing(officer, standing):
    _token, secret = a_token(officer)

    Officer.objects.update(**standing)

    assert not opens(secret, FRIDAY)


def test_revoked_token_opens_nothing(officer):
    token, secret = a_token(officer)

    actions.revoke_token(token, address=None, at=FRIDAY)
    actions.revoke_token(token, address=None, at=FRIDAY + timedelta(hours=1))

    assert not opens(secret, FRIDAY)
    assert ApiToken.objects.get().revoked_at == FRIDAY
    assert [event.outcome for event in SignInEvent.objects.order_by("pk")] == ["token_made", "token_revoked"]


def test_token_use_is_noted_once_a_day(officer, django_assert_num_queries):
    token, _secret = a_token(officer)

    actions.note_token_used(token, day=date(2026, 11, 20))
    token.refresh_from_db()

    assert token.last_used_on == date(2026, 11, 20)
    with django_assert_num_queries(0):
        actions.note_token_used(token, day=date(2026, 11, 20))


def test_database_refuses_two_tokens_of_one_name_in_use(officer):
    token, _secret = a_token(officer)
    token.pk, token.digest = None, "x"

    with pytest.raises(IntegrityError, match="staff_apitoken_name_once_in_use"), transaction.atomic():
        token.save()


def test_prune_answers_keeps_those_of_the_last_day(officer):
    token, _secret = a_token(officer)
    for hours in (23, 25):
        at = FRIDAY - timedelta(hours=hours)
        ApiAnswer.objects.create(token=token, key=str(hours), fingerprint="x", created_at=at)

    assert prune_answers(at=FRIDAY) == 1
    assert ApiAnswer.objects.get().key == "23"


def test_page_shows_the_secret_once(signed_in):
    page = signed_in.post(ADDRESS, TYPED)

    [secret] = re.findall(r'value="(motcua_[\w-]+)"', page.content.decode())
    assert ApiToken.objects.get().digest == actions.digest_of(secret)
    assert page["Cache-Control"] == "private, no-store"
    assert secret not in signed_in.get(ADDRESS).content.decode()
    assert "Kho dữ liệu" in signed_in.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "sai"}, "Ông bà còn thử được 4 lần"),
        ({"password": ""}, "Ông bà nhập lại mật khẩu"),
        ({"name": " "}, "Ông bà đặt tên cho khóa"),
        ({"name": "x" * 61}, "nhiều nhất 60 ký tự"),
        ({"days": "3650"}, "chọn một thời hạn trong danh sách"),
    ],
)
def test_page_with_something_wrong_makes_no_token(signed_in, changes, words):
    page = signed_in.post(ADDRESS, TYPED | changes)

    assert (page.status_code, ApiToken.objects.count()) == (422, 0)
    assert words in page.content.decode()


def test_page_refuses_a_second_token_of_one_name(signed_in):
    signed_in.post(ADDRESS, TYPED)

    page = signed_in.post(ADDRESS, TYPED)

    assert (page.status_code, ApiToken.objects.count()) == (422, 1)
    assert "Ông bà đã có khóa mang tên này" in page.content.decode()


def test_revoke_ends_an_own_token_and_no_other(signed_in, enrol):
    signed_in.post(ADDRESS, TYPED)
    mine = ApiToken.objects.get()
    other, _secret = a_token(enrol("mai.lt"), at=clock.now())

    assert signed_in.post(f"{ADDRESS}{other.pk}/thu-hoi/").status_code == 404
    assert signed_in.post(f"{ADDRESS}{mine.pk}/thu-hoi/")["Location"] == ADDRESS
    assert list(ApiToken.objects.filter(revoked_at=None)) == [other]


def test_page_query_count_does_not_grow_with_tokens(signed_in, django_assert_num_queries):
    officer, member = Officer.objects.get(), Membership.objects.get()
    for number in range(3):
        a_token(officer, name=f"{number}", membership=member, at=clock.now())
    signed_in.get(ADDRESS)

    # session, officer, membership, savepoint, scope, tokens, bell, release
    with django_assert_num_queries(7):
        signed_in.get(ADDRESS)
