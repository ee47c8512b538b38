"""What a citizen pays for a procedure, and why not more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from django.utils.translation import gettext_lazy as _

from procedures.errors import ProcedureError

FULL_WAIVER: Final = 100


class FeeKind(StrEnum):
    """Price of a public service (phí) or fixed charge for a state act (lệ phí)."""

    FEE = "fee"
    CHARGE = "charge"


class Authority(StrEnum):
    """Who sets the amount: a ministry, or the People's Council of the province."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"


class FeeUnit(StrEnum):
    """What an amount is counted by; pages are pages of one copy."""

    PER_CASE = "per_case"
    PER_COPY = "per_copy"
    PER_PAGE = "per_page"


@dataclass(frozen=True)
class FeeTerm:
    """One published fee or charge of a procedure.

    Args:
        charge: the family that exemptions name, for example "civil_status_charge".
        amount_vnd: đồng per unit; None when no amount has been published.
        basis: the legal text that sets the amount, in Vietnamese.
        channels: the channels in which it is due; empty means all.
        tiers: (from page, amount per page) in ascending order, for amounts by page.
        cap_vnd: the most that one unit (case, or copy) costs.
    """

    code: str
    name: str
    kind: FeeKind
    authority: Authority
    charge: str
    amount_vnd: int | None
    unit: FeeUnit
    certainty: str
    basis: str
    channels: frozenset[str]
    tiers: tuple[tuple[int, int], ...] = ()
    cap_vnd: int | None = None


@dataclass(frozen=True)
class ExemptionTerm:
    """A rule that waives charges it names, for those it names, from a day on.

    Args:
        charges: the families it waives; a rule that names none waives none.
        procedures: empty means any; so do situations and channels.
        categories: one of these must hold for the person; empty means that nobody has to belong.
        valid_to: the last day; None while no end is known.
        waive_percent: 0 to 100.
    """

    code: str
    basis: str
    wording: str
    charges: frozenset[str]
    procedures: frozenset[str]
    situations: frozenset[str]
    channels: frozenset[str]
    categories: frozenset[str]
    valid_from: date
    valid_to: date | None
    waive_percent: int

    def __post_init__(self) -> None:
        if not 0 <= self.waive_percent <= FULL_WAIVER:
            message = f"A waiver of {self.waive_percent} percent is not possible."
            raise ValueError(message)


@dataclass(frozen=True)
class Reason:
    """Why an amount is what it is; worded when it is shown. Params are plain JSON values."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The reason as it is stored with the case."""
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The reason as it was stored."""
        return cls(data["code"], dict(data["params"]))


@dataclass(frozen=True)
class FeeLine:
    """One fee or charge as this citizen owes it."""

    name: str
    kind: FeeKind
    charge: str
    base_vnd: int
    payable_vnd: int
    certainty: str
    basis: str
    exemption_code: str | None
    reason: Reason

    @property
    def waived_vnd(self) -> int:
        """What the exemption takes off."""
        return self.base_vnd - self.payable_vnd


@dataclass(frozen=True)
class FeeQuote:
    """All that is owed for one case."""

    lines: tuple[FeeLine, ...]

    @property
    def base_vnd(self) -> int:
        """The published amounts together."""
        return sum(line.base_vnd for line in self.lines)

    @property
    def payable_vnd(self) -> int:
        """What the citizen pays."""
        return sum(line.payable_vnd for line in self.lines)

    @property
    def waived_vnd(self) -> int:
        """What the citizen is spared."""
        return sum(line.waived_vnd for line in self.lines)


@dataclass(frozen=True)
class _Filing:
    """The circumstances that decide which rules apply."""

    procedure: str
    situation: str | None
    channel: str
    day: date
    categories: frozenset[str]
    copies: int
    pages: int


def quote_fees(  # noqa: PLR0913 - each circumstance is named by the law
    terms: Iterable[FeeTerm],
    exemptions: Iterable[ExemptionTerm],
    *,
    procedure: str,
    situation: str | None,
    channel: str,
    day: date,
    categories: frozenset[str],
    copies: int = 1,
    pages: int = 1,
) -> FeeQuote:
    """What is owed for a filing on a day, each charge by the rule that is best for the citizen.

    Args:
        day: local date of receipt.
        pages: pages of one copy.

    Raises:
        ProcedureError: there is not at least one copy of one page.

    Legal source: Luật Phí và lệ phí 2015, Điều 10; Nghị quyết 66.22/2026/NQ-CP, Điều 5 khoản 2.
    """
    if copies < 1 or pages < 1:
        raise ProcedureError("quantity_invalid", _("Số bản và số trang phải từ 1 trở lên."))
    filing = _Filing(procedure, situation, channel, day, categories, copies, pages)
    rules = tuple(exemptions)
    return FeeQuote(tuple(_line(term, rules, filing) for term in terms if _is_due(term, filing)))


def _is_due(term: FeeTerm, filing: _Filing) -> bool:
    return not term.channels or filing.channel in term.channels


def _line(term: FeeTerm, rules: tuple[ExemptionTerm, ...], filing: _Filing) -> FeeLine:
    base = _base_vnd(term, filing)
    rule = _best_rule(term, rules, filing) if base != 0 else None
    if base is None and rule is not None and rule.waive_percent < FULL_WAIVER:
        rule = None
    known = base or 0
    waived = known * rule.waive_percent // FULL_WAIVER if rule else 0
    return FeeLine(
        name=term.name,
        kind=term.kind,
        charge=term.charge,
        base_vnd=known,
        payable_vnd=known - waived,
        certainty=term.certainty,
        basis=term.basis,
        exemption_code=rule.code if rule else None,
        reason=_reason(term, base, rule),
    )


def _base_vnd(term: FeeTerm, filing: _Filing) -> int | None:
    """The published amount for all copies, None when it is not known."""
    unit_vnd = _unit_vnd(term, filing.pages)
    if unit_vnd is None:
        return None
    capped = unit_vnd if term.cap_vnd is None else min(unit_vnd, term.cap_vnd)
    return capped if term.unit is FeeUnit.PER_CASE else capped * filing.copies


def _unit_vnd(term: FeeTerm, pages: int) -> int | None:
    """The price of one case or of one copy."""
    if term.unit is not FeeUnit.PER_PAGE:
        return term.amount_vnd
    if term.tiers:
        return _tiered_vnd(term.tiers, pages)
    return None if term.amount_vnd is None else term.amount_vnd * pages


def _tiered_vnd(tiers: tuple[tuple[int, int], ...], pages: int) -> int:
    """The price of one copy whose pages grow cheaper (or dearer) from given pages on."""
    total = 0
    last = pages
    for from_page, page_vnd in sorted(tiers, reverse=True):
        if from_page <= last:
            total += (last - from_page + 1) * page_vnd
            last = from_page - 1
    return total


def _best_rule(term: FeeTerm, rules: tuple[ExemptionTerm, ...], filing: _Filing) -> ExemptionTerm | None:
    fitting = (rule for rule in rules if rule.waive_percent and _fits(rule, term, filing))
    return min(fitting, key=lambda rule: (-rule.waive_percent, rule.code), default=None)


def _fits(rule: ExemptionTerm, term: FeeTerm, filing: _Filing) -> bool:
    """Whether the rule names this charge and everything it asks for holds."""
    started = rule.valid_from <= filing.day
    ended = rule.valid_to is not None and rule.valid_to < filing.day
    return (
        term.charge in rule.charges
        and (started and not ended)
        and (not rule.procedures or filing.procedure in rule.procedures)
        and (not rule.situations or filing.situation in rule.situations)
        and (not rule.channels or filing.channel in rule.channels)
        and (not rule.categories or not rule.categories.isdisjoint(filing.categories))
    )


def _reason(term: FeeTerm, base: int | None, rule: ExemptionTerm | None) -> Reason:
    if rule is not None and rule.waive_percent == FULL_WAIVER:
        return Reason("exempt", {"exemption": rule.code, "wording": rule.wording, "basis": rule.basis})
    if base is None:
        return Reason("amount_unknown")
    if rule is not None:
        params = {"exemption": rule.code, "wording": rule.wording, "basis": rule.basis}
        return Reason("reduced", params | {"percent": rule.waive_percent})
    return Reason("charged" if base else "no_charge", {"basis": term.basis})
