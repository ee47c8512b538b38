"""The money of a day: what one officer took, and what the whole commune took, reconciled in three ways."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.choices import PaymentMethod
from cases.models import FeeObligation, ForeignReception, Payment, PaymentVoid
from procedures.choices import FeeKind
from staff.actor import Actor


@dataclass(frozen=True)
class Entry:
    """One line of the till: a take, or a void that gives the money back (negative).

    ``shares`` says of which fee lines the money is; only the sheet of the commune knows them.
    """

    payment: Payment
    amount_vnd: int
    void: PaymentVoid | None = None
    shares: Sequence[tuple[FeeObligation, int]] = ()

    @property
    def officer(self) -> str:
        """Who took the money, or who gave it back."""
        return (self.void.voided_by if self.void else self.payment.taken_by).full_name


@dataclass(frozen=True)
class Till:
    """What was taken and given back on one day; a sheet printed again tomorrow says the same.

    ``for_others`` is money that the counter noted with cases of other communes; it has no receipt here.
    """

    entries: Sequence[Entry]
    for_others: Sequence[ForeignReception] = ()

    @property
    def for_others_vnd(self) -> int:
        """Everything that was taken for other communes."""
        return sum(row.taken_vnd for row in self.for_others)

    @property
    def total_vnd(self) -> int:
        """Everything taken less everything given back."""
        return sum(entry.amount_vnd for entry in self.entries)

    @property
    def sums(self) -> list[tuple[str, int]]:
        """The sum of each way of paying that was used, named."""
        return [(line.name, line.net_vnd) for line in self.by_method]

    @property
    def whole(self) -> "Line":
        """The day in one line."""
        return _line("", self.entries)

    @property
    def by_method(self) -> list["Line"]:
        """One line for each way of paying that was used."""
        used = {entry.payment.method for entry in self.entries}
        return [
            _line(str(way.label), [entry for entry in self.entries if entry.payment.method == way])
            for way in PaymentMethod
            if way in used
        ]

    @property
    def by_point(self) -> list[tuple["Line", list["Line"]]]:
        """Each reception point with its officers, by name; a void stands where the receipt was written."""
        points: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            point = entry.payment.reception_point
            points[point.name if point else ""].append(entry)
        return [(_line(name, points[name]), _by_officer(points[name])) for name in sorted(points)]

    @property
    def by_charge(self) -> list["Line"]:
        """One line for each thing that is charged, fees before charges as the law names them, by name."""
        lines: dict[tuple[str, str], Line] = {}
        for entry in self.entries:
            for owed, amount in entry.shares:
                line = lines.setdefault((owed.kind, owed.name), Line(owed.name, FeeKind(owed.kind).label))
                line.add(amount, is_void=entry.void is not None)
        return [lines[key] for key in sorted(lines, key=lambda key: (key[0] != FeeKind.FEE, key[1]))]


@dataclass
class Line:
    """A line of the reconciliation: taken, given back (positive), and how many receipts each."""

    name: str
    kind: object = ""
    taken_vnd: int = 0
    voided_vnd: int = 0
    receipts: int = field(default=0)
    voids: int = field(default=0)

    @property
    def net_vnd(self) -> int:
        """What is left of it."""
        return self.taken_vnd - self.voided_vnd

    def add(self, amount_vnd: int, *, is_void: bool) -> None:
        """Count one entry, or its share, in."""
        if is_void:
            self.voided_vnd, self.voids = self.voided_vnd + abs(amount_vnd), self.voids + 1
        else:
            self.taken_vnd, self.receipts = self.taken_vnd + amount_vnd, self.receipts + 1


def till_of(actor: Actor, day: date) -> Till:
    """The takes and voids of this officer on this day, in the order in which they happened."""
    taken = Payment.objects.of_till(actor).filter(taken_on=day).select_related("case")
    voided = PaymentVoid.objects.filter(
        commune_id=actor.home_id, voided_by_id=actor.officer_id, voided_on=day
    ).select_related("payment__case")
    entries = [Entry(payment, payment.amount_vnd) for payment in taken]
    entries += [Entry(void.payment, -void.payment.amount_vnd, void) for void in voided]
    mine = ForeignReception.objects.taken_on(actor, day).filter(received_by_id=actor.officer_id)
    return Till(sorted(entries, key=_moment), list(mine))


def till_of_commune(actor: Actor, day: date) -> Till:
    """Everything that was taken and given back in the actor's commune on this day: three queries.

    The earlier takes of the same cases are read too, because they say which fee lines were open that day.
    """
    payments = list(Payment.objects.touched_on(actor, day))
    owed: dict[int, list[FeeObligation]] = defaultdict(list)
    cases = {payment.case_id for payment in payments}
    for row in FeeObligation.objects.filter(commune_id=actor.home_id, case_id__in=cases).order_by("position"):
        owed[row.case_id].append(row)
    by_case: dict[int, list[Payment]] = defaultdict(list)
    for payment in payments:
        by_case[payment.case_id].append(payment)
    shares = {
        key: parts
        for case, several in by_case.items()
        for key, parts in shares_of(owed[case], several).items()
    }
    entries = []
    for payment in payments:
        void, parts = getattr(payment, "void", None), shares[payment.pk]
        if payment.taken_on == day:
            entries.append(Entry(payment, payment.amount_vnd, None, parts))
        if void is not None and void.voided_on == day:
            entries.append(Entry(payment, -payment.amount_vnd, void, parts))
    return Till(sorted(entries, key=_moment), list(ForeignReception.objects.taken_on(actor, day)))


def shares_of(
    owed: Sequence[FeeObligation], payments: Iterable[Payment]
) -> Mapping[int, list[tuple[FeeObligation, int]]]:
    """For each take of one case, by its key, the fee lines that it paid, in đồng.

    A take fills the lines in their order; what a void gives back is open again for the next take. More than
    is owed counts to the last line.
    """
    left = {row.pk: row.payable_vnd for row in owed}
    shares: dict[int, list[tuple[FeeObligation, int]]] = {}
    steps = [Entry(payment, payment.amount_vnd) for payment in payments]
    steps += [Entry(step.payment, -step.amount_vnd, step.payment.void) for step in steps if _is_void(step)]
    for step in sorted(steps, key=_moment):
        if step.void is not None:
            for row, part in shares[step.payment.pk]:
                left[row.pk] += part
            continue
        rest, parts = step.amount_vnd, []
        for row in owed:
            part = rest if row is owed[-1] else min(rest, left[row.pk])
            left[row.pk], rest = left[row.pk] - part, rest - part
            if part:
                parts.append((row, part))
        shares[step.payment.pk] = parts
    return shares


def _is_void(entry: Entry) -> bool:
    return getattr(entry.payment, "void", None) is not None


def _line(name: str, entries: Iterable[Entry]) -> Line:
    line = Line(name)
    for entry in entries:
        line.add(entry.amount_vnd, is_void=entry.void is not None)
    return line


def _by_officer(entries: Sequence[Entry]) -> list[Line]:
    names = sorted({entry.officer for entry in entries})
    return [_line(name, [entry for entry in entries if entry.officer == name]) for name in names]


def _moment(entry: Entry) -> tuple[object, int, bool]:
    at = entry.void.voided_at if entry.void else entry.payment.taken_at
    return at, entry.payment.pk, entry.void is not None
