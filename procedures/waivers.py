"""Who pays less for a procedure, in words: the rules in force that name its charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procedures.choices import Category, Channel
from procedures.fees import ExemptionTerm
from procedures.models import ProcedureVersion


@dataclass(frozen=True)
class Waiver:
    """One rule as the public reads it."""

    wording: str
    basis: str
    percent: int
    categories: tuple[str, ...]
    channels: tuple[str, ...]
    valid_to: date | None


def waivers_of(version: ProcedureVersion, exemptions: Sequence[ExemptionTerm]) -> tuple[Waiver, ...]:
    """The exemptions that can apply to this version, the most generous first."""
    charges = {item.charge for item in version.fee_items.all()}
    rules = [
        rule
        for rule in exemptions
        if rule.charges & charges and (not rule.procedures or version.procedure.code in rule.procedures)
    ]
    return tuple(
        Waiver(
            wording=rule.wording,
            basis=rule.basis,
            percent=rule.waive_percent,
            categories=tuple(str(Category(slug).label) for slug in sorted(rule.categories)),
            channels=tuple(str(Channel(channel).label) for channel in sorted(rule.channels)),
            valid_to=rule.valid_to,
        )
        for rule in sorted(rules, key=lambda rule: (-rule.waive_percent, rule.code))
    )
