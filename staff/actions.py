"""What officers do to their own accounts; every attempt leaves a sign-in event."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from staff import clock
from staff.choices import SignInOutcome
from staff.encryption import blind_index
from staff.errors import OfficeError
from staff.models import ApiToken, Membership, Officer, SignInEvent

TRIES: Final = 5
LOCK: Final = timedelta(minutes=15)
KEY_PREFIX: Final = "motcua_"
MOST_WRONG_PER_ADDRESS: Final = 200
ADDRESS_WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Attempt:
    """A name and a password, offered from an address at a moment."""

    username: str
    password: str
    address: str | None
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How a name stands: wrong passwords in a row, and until when it is locked."""

    wrong: int = 0
    locked_until: datetime | None = None

    def is_locked(self, at: datetime) -> bool:
        """Whether nobody gets in under this name now."""
        return self.locked_until is not None and at < self.locked_until

    def after_wrong(self, at: datetime) -> "Standing":
        """The standing after one more wrong password."""
        return Standing(self.wrong + 1) if self.wrong + 1 < TRIES else Standing(0, at + LOCK)


def sign_in(attempt: Attempt) -> Officer:
    """Let an officer in who gives the right password and is not locked out.

    Five wrong passwords in a row lock the name for 15 minutes. A name that nobody has is counted and locked
    in the same way and takes as long to answer, so that no answer tells which names exist. Per address there
    is only a high ceiling, because a whole commune may share one.

    Raises:
        OfficeError: `wrong_password`, `locked` or `address_full`.
    """
    return _verify(attempt, SignInOutcome.SIGNED_IN)


@transaction.atomic
def open_account(officer: Officer, membership: Membership, *, password: str) -> None:
    """Let a person in for the first time; the password opens nothing but the page that changes it."""
    officer.set_password(password)
    officer.must_change_password = True
    officer.save(force_insert=True)
    membership.officer = officer
    membership.save(force_insert=True)


def change_password(current: Attempt, *, new: str) -> Officer:
    """Replace an officer's password; the current one must be given, and wrong ones count as at the sign-in.

    Raises:
        OfficeError: `wrong_password` or `locked`.
    """
    officer = _verify(current, SignInOutcome.PASSWORD_CHANGED)
    officer.set_password(new)
    officer.must_change_password = False
    officer.save(update_fields=["password", "must_change_password"])
    return officer


def sign_out(officer: Officer, *, address: str | None, at: datetime) -> None:
    """Note that an officer ends the session."""
    _record(officer.username, officer, address, SignInOutcome.SIGNED_OUT, at)


def choose_membership(membership: Membership, *, address: str | None, at: datetime) -> None:
    """Note in which membership an officer works from now on."""
    officer = membership.officer
    _record(officer.username, officer, address, SignInOutcome.SWITCHED, at)


def set_letter_shortcuts(officer: Officer, *, enabled: bool) -> None:
    """Turn the shortcuts that are a bare letter on or off for an officer.

    Legal source: none; WCAG 2.1, 2.1.4 Character Key Shortcuts.
    """
    officer.letter_shortcuts = enabled
    officer.save(update_fields=["letter_shortcuts"])


def make_token(attempt: Attempt, *, membership_id: int, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a key for the interface; its secret is told this once and kept nowhere.

    The password must be given, and wrong ones count as at the sign-in.

    Raises:
        OfficeError: `wrong_password`, `locked` or `token_name_taken`.
    """
    text = _("Ông bà đã có khóa mang tên này. Đặt tên khác, hoặc thu hồi khóa cũ trước.")
    taken = OfficeError("token_name_taken", text)
    if ApiToken.objects.filter(membership_id=membership_id, name=name, revoked_at__isnull=True).exists():
        raise taken
    officer = _verify(attempt, SignInOutcome.TOKEN_MADE)
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        membership_id=membership_id,
        name=name,
        digest=digest_of(secret),
        created_at=attempt.at,
        created_by=officer,
        expires_at=attempt.at + timedelta(days=days),
    )
    try:
        with transaction.atomic():
            token.save(force_insert=True)
    except IntegrityError as error:
        if "staff_apitoken_name_once_in_use" not in str(error):
            raise
        raise taken from error
    return token, secret


def revoke_token(token: ApiToken, *, address: str | None, at: datetime) -> None:
    """Let a key open nothing any more; a second time changes nothing."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
            officer = token.membership.officer
            _record(officer.username, officer, address, SignInOutcome.TOKEN_REVOKED, at)


def note_token_used(token: ApiToken, *, day: date) -> None:
    """Note the day on which a key was used last: one write a day."""
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)


def digest_of(secret: str) -> str:
    """What is kept of a secret of 256 random bits; it needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _verify(attempt: Attempt, success: SignInOutcome) -> Officer:
    if _is_full(attempt.address, attempt.at):
        text = _(
            "Từ mạng này đã nhập sai quá nhiều lần. Ông bà thử lại sau một giờ, hoặc báo người quản trị."
        )
        raise OfficeError("address_full", text)
    with transaction.atomic():
        officer = _lock_officer(attempt.username)
        standing = _standing(officer, attempt.username)
        is_right = _is_password_of(officer, attempt.password)
        outcome = success if is_right else SignInOutcome.WRONG
        if standing.is_locked(attempt.at):
            outcome = SignInOutcome.LOCKED
        elif outcome == SignInOutcome.WRONG:
            standing = standing.after_wrong(attempt.at)
        _record(attempt.username, officer, attempt.address, outcome, attempt.at)
        if officer is not None and outcome != SignInOutcome.LOCKED:
            _keep(officer, standing, outcome, attempt.at)
    if officer is None or outcome != success:
        raise _refusal(standing, attempt.at)
    return officer


def _is_full(address: str | None, at: datetime) -> bool:
    """Whether too many wrong passwords came from this address within the hour; then none is looked at."""
    wrong = SignInEvent.objects.filter(
        address=address, at__gt=at - ADDRESS_WINDOW, outcome=SignInOutcome.WRONG
    )
    return address is not None and wrong[:MOST_WRONG_PER_ADDRESS].count() >= MOST_WRONG_PER_ADDRESS


def _lock_officer(username: str) -> Officer | None:
    officers = Officer.objects.select_for_update(of=("self",), no_key=True)
    return officers.filter(username=username, is_active=True).first()


def _standing(officer: Officer | None, username: str) -> Standing:
    """The standing of a name; for one that nobody has it is read from the events alone."""
    if officer is not None:
        return Standing(officer.failed_sign_ins, officer.locked_until)
    mark = _mark_of(username)
    wrong = SignInEvent.objects.filter(username=mark, officer=None, outcome=SignInOutcome.WRONG)
    count = wrong.count()
    last = wrong.order_by("-at").values_list("at", flat=True).first()
    return Standing(count % TRIES, last + LOCK if last and count % TRIES == 0 else None)


def _is_password_of(officer: Officer | None, password: str) -> bool:
    if officer is None:
        Officer().set_password(password)  # costs what checking a real password costs
        return False
    return officer.check_password(password)


def _keep(officer: Officer, standing: Standing, outcome: SignInOutcome, at: datetime) -> None:
    """Write the new standing; a right password clears it."""
    if outcome != SignInOutcome.WRONG:
        standing = Standing()
    if outcome == SignInOutcome.SIGNED_IN:
        officer.last_sign_in_at = at
    officer.failed_sign_ins = standing.wrong
    officer.locked_until = standing.locked_until
    officer.save(update_fields=["failed_sign_ins", "locked_until", "last_sign_in_at"])


def _record(
    username: str, officer: Officer | None, address: str | None, outcome: SignInOutcome, at: datetime
) -> None:
    name = _mark_of(username) if officer is None else username
    SignInEvent.objects.create(username=name, officer=officer, address=address, outcome=outcome, at=at)


def _mark_of(username: str) -> str:
    """What is kept of a name that nobody has: it may be a password typed into the wrong field."""
    return f"#{blind_index(username).hex()}"


def _refusal(standing: Standing, at: datetime) -> OfficeError:
    if standing.locked_until is not None and standing.is_locked(at):
        until = clock.local(standing.locked_until).strftime("%H:%M")
        text = _("Sai mật khẩu 5 lần liên tiếp nên tạm khóa đến {until}. Ông bà thử lại sau giờ đó.")
        return OfficeError("locked", format_lazy(text, until=until))
    text = _("Tên đăng nhập hoặc mật khẩu không đúng. Ông bà còn thử được {left} lần.")
    return OfficeError("wrong_password", format_lazy(text, left=TRIES - standing.wrong))
