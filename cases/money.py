"""What of a case's money is owed, taken and still to be taken: three sums over rows that never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.choices import PAYABLE, PaymentMethod
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
    """The money of one case. ``takes`` holds every take, the voided ones too, in their order."""

    owed_vnd: int
    takes: Sequence[Taken] = ()

    @property
    def taken_vnd(self) -> int:
        """What has been taken and not been voided."""
        return sum(take.payment.amount_vnd for take in self.takes if take.void is None)

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
    return Money(owed, [Taken(payment, getattr(payment, "void", None)) for payment in payments])


def is_payable(case: Case) -> bool:
    """Whether money may be taken in the state of the case."""
    return case.state in PAYABLE


def next_receipt(actor: Actor) -> tuple[str, int]:
    """The series of the officer's last receipt and the number after it; nothing before the first."""
    last = Payment.objects.of_till(actor).order_by("-taken_at", "-pk").first()
    return (last.series, last.number + 1) if last else ("", FIRST_NUMBER)


@dataclass(frozen=True)
class Entry:
    """One line of the till: a take, or a void that gives the money back (negative)."""

    payment: Payment
    amount_vnd: int
    void: PaymentVoid | None = None


@dataclass(frozen=True)
class Till:
    """What one officer took on one day; a sheet printed again tomorrow says the same."""

    entries: Sequence[Entry]

    @property
    def total_vnd(self) -> int:
        """Everything taken less everything given back."""
        return sum(entry.amount_vnd for entry in self.entries)

    @property
    def sums(self) -> list[tuple[str, int]]:
        """The sum of each way of paying that was used, named."""
        used = {entry.payment.method for entry in self.entries}
        return [(str(way.label), self._sum(way)) for way in PaymentMethod if way in used]

    def _sum(self, way: PaymentMethod) -> int:
        return sum(entry.amount_vnd for entry in self.entries if entry.payment.method == way)


def till_of(actor: Actor, day: date) -> Till:
    """The takes and voids of this officer on this day, in the order in which they happened."""
    taken = Payment.objects.of_till(actor).filter(taken_on=day).select_related("case")
    voided = PaymentVoid.objects.filter(
        commune_id=actor.home_id, voided_by_id=actor.officer_id, voided_on=day
    ).select_related("payment__case")
    entries = [Entry(payment, payment.amount_vnd) for payment in taken]
    entries += [Entry(void.payment, -void.payment.amount_vnd, void) for void in voided]
    return Till(sorted(entries, key=_moment))


def _moment(entry: Entry) -> tuple[object, int]:
    return (entry.void.voided_at if entry.void else entry.payment.taken_at), entry.payment.pk
