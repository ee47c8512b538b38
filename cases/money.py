"""What of a case's money is owed, taken and still to be taken: three sums over rows that never change."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.choices import PAYABLE
from cases.models import Case, Payment, PaymentVoid
from staff.actor import Actor

FIRST_NUMBER = 1


@dataclass(frozen=True)
class Taken:
    """One take, and how it was voided if it was."""

    payment: Payment
    void: PaymentVoid | None


@dataclass(frozen=True)
class Money:
    """The money of one case. ``takes`` holds every take, the voided ones too, in their order.

    ``elsewhere_vnd`` was taken by the counter of another commune, where the citizen filed.
    """

    owed_vnd: int
    takes: Sequence[Taken] = ()
    elsewhere_vnd: int = 0

    @property
    def taken_vnd(self) -> int:
        """What has been taken and not been voided."""
        here = sum(take.payment.amount_vnd for take in self.takes if take.void is None)
        return here + self.elsewhere_vnd

    @property
    def outstanding_vnd(self) -> int:
        """What is still to be taken."""
        return max(self.owed_vnd - self.taken_vnd, 0)


def money_of(case: Case, payments: Sequence[Payment] | None = None) -> Money:
    """The money of a case; its payments are read where the caller has not, and something is owed."""
    owed = sum(row.payable_vnd for row in case.obligations.all())
    if not owed:
        return Money(owed)
    if payments is None:
        payments = list(case.payments.select_related("void", "taken_by"))
    takes = [Taken(payment, getattr(payment, "void", None)) for payment in payments]
    return Money(owed, takes, case.arrival.taken_vnd if case.receiving_commune_id else 0)


def is_payable(case: Case) -> bool:
    """Whether money may be taken in the state of the case."""
    return case.state in PAYABLE


def next_receipt(actor: Actor) -> tuple[str, int]:
    """The series of the officer's last receipt and the number after it; nothing before the first."""
    last = Payment.objects.of_till(actor).order_by("-taken_at", "-pk").first()
    return (last.series, last.number + 1) if last else ("", FIRST_NUMBER)
