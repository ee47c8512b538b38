"""The four digits that open a case from outside: five wrong answers an hour for each case.

Per address there is only a high ceiling, because a whole commune may share one. A code that no case has is
counted and answered in the same way, so that nobody learns which codes exist.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.beside import ON_TRACKING, read_beside, read_tracked
from cases.errors import CaseError
from cases.models import Case, StrangeCodeAttempt, TrackingAttempt
from cases.parties import MAY_LOOK, last_four, number_of
from staff.encryption import blind_index
from staff.scope import enter

MOST_PER_CASE: Final = 5
MOST_PER_ADDRESS: Final = 200
WINDOW: Final = timedelta(hours=1)


def open_by_code(code: str, digits: str, *, address: str, at: datetime) -> Case:
    """The case whose code and digits were typed together.

    Raises:
        CaseError: ``digits_wrong``, also for a code that does not exist; ``too_many_tries``.
    """
    case = read_tracked("code", code)
    if case is None:
        raise _strange(code, address=address, at=at)
    read_beside(case, ON_TRACKING)
    try:
        answer_digits(case, digits, address=address, at=at)
    except CaseError as refused:
        # The number of tries left would tell a stranger that the code exists.
        raise (_no_fit() if refused.code == "digits_wrong" else refused) from None
    return case


def _no_fit() -> CaseError:
    return CaseError("digits_wrong", _("Mã hồ sơ và 4 số không khớp. Ông bà xem lại giấy hẹn."))


def _strange(code: str, *, address: str, at: datetime) -> CaseError:
    """Count a try with a code that no case has; what a case with that code would answer."""
    mark = blind_index(code)
    with transaction.atomic():
        enter(None)
        with connection.cursor() as cursor:
            # As with the row of a case, five parallel guesses count as five.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(encode(%s, 'hex'), 0))", [mark])
        StrangeCodeAttempt.objects.filter(at__lte=at - WINDOW).delete()
        wrong = StrangeCodeAttempt.objects.filter(code_blind=mark).count()
        is_out = wrong >= MOST_PER_CASE or _is_past_ceiling(address, at)
        if not is_out:
            StrangeCodeAttempt.objects.create(code_blind=mark, address_blind=blind_index(address), at=at)
    return _refusal(-1) if is_out else _no_fit()


def answer_digits(case: Case, digits: str, *, address: str, at: datetime) -> None:
    """Accept the four digits of a phone, a number or the printed PIN; note a wrong answer.

    Raises:
        CaseError: ``digits_wrong`` with the tries that are left, ``too_many_tries``.
    """
    with transaction.atomic():
        enter(case.commune_id)
        # The row lock makes five parallel guesses count as five.
        Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
        wrong = _wrong_so_far(case, address, at)
        is_right = wrong < MOST_PER_CASE and digits in _accepted(case)
        if wrong < MOST_PER_CASE and not is_right:
            TrackingAttempt.objects.create(
                commune_id=case.commune_id, case=case, address_blind=blind_index(address), at=at
            )
    if not is_right:
        raise _refusal(MOST_PER_CASE - wrong - 1)


def _refusal(left: int) -> CaseError:
    if left < 0:
        return CaseError(
            "too_many_tries", _("Đã sai quá nhiều lần. Ông bà thử lại sau một giờ, hoặc gọi 02373 900 900.")
        )
    text = ngettext(
        "4 số không khớp. Còn %(n)s lần thử trong giờ này.",
        "4 số không khớp. Còn %(n)s lần thử trong giờ này.",
        left,
    )
    return CaseError("digits_wrong", text % {"n": left})


def _wrong_so_far(case: Case, address: str, at: datetime) -> int:
    """Wrong answers within the hour; an address past its ceiling counts as out of tries."""
    if _is_past_ceiling(address, at):
        return MOST_PER_CASE
    recent = TrackingAttempt.objects.filter(at__gt=at - WINDOW)
    return recent.filter(commune_id=case.commune_id, case=case).count()


def _is_past_ceiling(address: str, at: datetime) -> bool:
    """Whether this address guessed too often within the hour, at cases and at codes that no case has."""
    of_address = {"address_blind": blind_index(address), "at__gt": at - WINDOW}
    strange = StrangeCodeAttempt.objects.filter(**of_address).values("at")
    guesses = TrackingAttempt.objects.filter(**of_address).values("at").union(strange, all=True)
    return guesses.count() >= MOST_PER_ADDRESS


def _accepted(case: Case) -> set[str]:
    accepted = {case.tracking_pin}
    for party in case.parties.all():
        if party.role in MAY_LOOK:
            accepted |= {last_four(party.phone), last_four(number_of(party))}
    return accepted - {""}
