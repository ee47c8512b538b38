from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from staff import actions
from staff.actions import Attempt
from staff.choices import SignInOutcome
from staff.errors import OfficeError
from staff.models import Officer, SignInEvent
from tests.staff.conftest import PASSWORD

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # Thursday 09:00 in the office
MINUTE = timedelta(minutes=1)


def attempt(password=PASSWORD, *, username="ha.lt", at=AT):
    return Attempt(username, password, "10.1.2.3", at)


def refusal(tried):
    with pytest.raises(OfficeError) as caught:
        actions.sign_in(tried)
    return caught.value.code


def outcomes():
    return list(SignInEvent.objects.order_by("pk").values_list("outcome", flat=True))


def test_sign_in_with_the_right_password_is_noted(enrol):
    officer = enrol()

    signed_in = actions.sign_in(attempt())

    assert signed_in == officer
    assert Officer.objects.get().last_sign_in_at == AT
    rows = SignInEvent.objects.values_list("username", "officer_id", "address", "outcome", "at")
    assert list(rows) == [("ha.lt", officer.pk, "10.1.2.3", "signed_in", AT)]


@pytest.mark.parametrize("username", ["ha.lt", "khong.co"])
def test_sign_in_five_times_wrong_locks_the_name_for_fifteen_minutes(enrol, username):
    enrol()

    tries = [refusal(attempt("sai", username=username, at=AT + i * MINUTE)) for i in range(5)]
    during = refusal(attempt(username=username, at=AT + 18 * MINUTE))

    assert tries == ["wrong_password"] * 4 + ["locked"]
    assert during == "locked"
    assert outcomes() == ["wrong"] * 5 + ["locked"]


def test_sign_in_after_the_lock_lets_the_officer_in(enrol):
    officer = enrol()
    for _ in range(5):
        refusal(attempt("sai"))

    assert actions.sign_in(attempt(at=AT + 15 * MINUTE)) == officer


@pytest.mark.parametrize("username", ["ha.lt", "khong.co"])
def test_sign_in_after_the_lock_may_be_tried_five_times_again(enrol, username):
    enrol()
    for _ in range(5):
        refusal(attempt("sai", username=username))

    later = [refusal(attempt("sai", username=username, at=AT + 15 * MINUTE)) for _ in range(5)]

    assert later == ["wrong_password"] * 4 + ["locked"]


def test_sign_in_with_the_right_password_clears_the_count(enrol):
    enrol()
    for _ in range(4):
        refusal(attempt("sai"))
    actions.sign_in(attempt())

    assert [refusal(attempt("sai")) for _ in range(4)] == ["wrong_password"] * 4


@pytest.mark.parametrize("username", ["ha.lt", "khong.co"])
def test_sign_in_tells_how_many_tries_are_left(enrol, username):
    enrol()

    with pytest.raises(OfficeError) as caught:
        actions.sign_in(attempt("sai", username=username))

    assert str(caught.value.message) == "Tên đăng nhập hoặc mật khẩu không đúng. Ông bà còn thử được 4 lần."


@pytest.mark.parametrize("username", ["ha.lt", "khong.co"])
def test_sign_in_locked_tells_until_when(enrol, username):
    enrol()
    for _ in range(4):
        refusal(attempt("sai", username=username))

    with pytest.raises(OfficeError) as caught:
        actions.sign_in(attempt("sai", username=username))

    message = "Sai mật khẩu 5 lần liên tiếp nên tạm khóa đến 09:15. Ông bà thử lại sau giờ đó."
    assert str(caught.value.message) == message


def test_sign_in_to_a_closed_account_is_refused_like_a_wrong_password(enrol):
    enrol()
    Officer.objects.update(is_active=False)

    assert refusal(attempt()) == "wrong_password"


@pytest.mark.parametrize("username", ["ha.lt", "khong.co"])
def test_sign_in_hashes_a_password_once_for_any_name(enrol, username, monkeypatch, settings):
    enrol()
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = [hasher]
    encode = __import__("django.contrib.auth.hashers", fromlist=["x"]).MD5PasswordHasher.encode
    monkeypatch.setattr(hasher + ".encode", lambda *args: hashed.append(args[1]) or encode(*args))

    refusal(attempt("sai", username=username))

    assert hashed == ["sai"]


def test_change_password_replaces_it_and_lifts_the_duty_to_change(enrol):
    enrol(must_change_password=True)

    actions.change_password(attempt(), new="mật khẩu mới rất dài")

    officer = Officer.objects.get()
    assert officer.check_password("mật khẩu mới rất dài")
    assert not officer.must_change_password
    assert outcomes() == ["password_changed"]


def test_change_password_with_a_wrong_current_one_counts_towards_the_lock(enrol):
    enrol()

    with pytest.raises(OfficeError) as caught:
        actions.change_password(attempt("sai"), new="mật khẩu mới rất dài")

    assert caught.value.code == "wrong_password"
    assert Officer.objects.get().failed_sign_ins == 1
    assert Officer.objects.get().check_password(PASSWORD)


def test_set_letter_shortcuts_is_kept(enrol):
    actions.set_letter_shortcuts(enrol(), enabled=False)

    assert not Officer.objects.get().letter_shortcuts


def test_sign_in_under_a_name_that_nobody_has_keeps_only_a_mark_of_it():
    refusal(attempt("sai", username="mat-khau-go-nham"))
    refusal(attempt("sai", username="mat-khau-go-nham"))

    [first, second] = SignInEvent.objects.values_list("username", flat=True)
    assert first == second
    assert first.startswith("#")
    assert "nham" not in first


def test_wrong_passwords_of_an_address_are_counted_without_reading_the_right_ones():
    """A whole province may come to work through one address."""
    here = SignInEvent.objects.filter(address="127.0.0.1", outcome=SignInOutcome.WRONG, at__gt=AT)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")

    plan = here.explain()

    assert "staff_signinevent_wrong_at" in plan
    assert "Filter" not in plan


def test_address_with_too_many_wrong_passwords_is_refused_for_an_hour(enrol):
    enrol()
    SignInEvent.objects.bulk_create(
        SignInEvent(username="#1", address="10.0.0.1", outcome="wrong", at=AT) for _wrong in range(200)
    )

    def from_address(address, at):
        return actions.sign_in(Attempt("ha.lt", PASSWORD, address, at))

    with pytest.raises(OfficeError) as caught:
        from_address("10.0.0.1", AT + timedelta(minutes=59))
    assert caught.value.code == "address_full"
    assert from_address("10.0.0.2", AT + timedelta(minutes=59)).username == "ha.lt"
    assert from_address("10.0.0.1", AT + timedelta(minutes=60)).username == "ha.lt"
