"""What a citizen is told before filing: the limit, the promised moment and the money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from procedures.deadlines import Deadline, TimeLimit, Unit, compute_due
from procedures.errors import ProcedureError
from procedures.fees import (
    Authority,
    ExemptionTerm,
    FeeKind,
    FeeQuote,
    FeeTerm,
    FeeUnit,
    quote_fees,
)
from procedures.models import ChannelTerms, ExemptionRule, FeeItem, ProcedureVersion, Situation
from staff.clock import localdate
from staff.work_calendar import DEFAULT_HOURS, CalendarMissing, OfficeHours, WorkCalendar

NO_LIMIT: Final = TimeLimit(None, Unit.NONE)


@dataclass(frozen=True)
class Quote:
    """One answer for a version, a situation and a channel at a moment.

    Without a `deadline` the clerk types a date with a reason; `no_deadline_code` says which rule stood
    against it: the published limit, terms nobody entered, or a year without calendar.
    """

    version_id: int
    situation_slug: str | None
    limit: TimeLimit
    limit_certainty: str | None
    limit_note: str
    deadline: Deadline | None
    no_deadline_code: str | None
    fees: FeeQuote


def quote(  # noqa: PLR0913 - each circumstance changes the promise or the money
    version: ProcedureVersion,
    *,
    situation: str | None,
    channel: str,
    received_at: datetime,
    counted_from: datetime | None = None,
    calendar: WorkCalendar,
    hours: OfficeHours = DEFAULT_HOURS,
    copies: int = 1,
    pages: int = 1,
    categories: frozenset[str] = frozenset(),
    exemptions: Sequence[ExemptionTerm] | None = None,
) -> Quote:
    """The promise for a file received complete at a moment, by the rules in force on that local date.

    Args:
        situation: slug; None means the first situation of the version.
        counted_from: when whoever decides has the file, where that is later; the limit runs from there.
        pages: pages of one copy.
        exemptions: the rules of that day where the caller has them already; else they are read.

    Raises:
        ProcedureError: `situation_unknown`, `channel_not_offered`, `quantity_invalid`.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 3; for ``counted_from`` Điều 18.
    """
    chosen = _situation(version, situation)
    terms = _terms(version, chosen, channel)
    limit = TimeLimit(terms.amount, Unit(terms.unit)) if terms else NO_LIMIT
    deadline, refusal = _deadline(limit, counted_from or received_at, calendar=calendar, hours=hours)
    day = localdate(received_at)
    return Quote(
        version_id=version.pk,
        situation_slug=chosen.slug if chosen else None,
        limit=limit,
        limit_certainty=terms.certainty if terms else None,
        limit_note=terms.note if terms else "",
        deadline=deadline,
        no_deadline_code=refusal,
        fees=quote_fees(
            [_fee_term(item) for item in version.fee_items.all() if _concerns(item, chosen)],
            exemption_terms(day) if exemptions is None else exemptions,
            procedure=version.procedure.code,
            situation=chosen.slug if chosen else None,
            channel=channel,
            day=day,
            categories=categories,
            copies=copies,
            pages=pages,
        ),
    )


def channels_offered(version: ProcedureVersion) -> tuple[str, ...]:
    """The channels that the version publishes; the counter alone while its terms are not entered."""
    if not version.terms_known:
        return ("counter",)
    return tuple(dict.fromkeys(row.channel for row in version.terms.all()))


def categories_that_matter(
    version: ProcedureVersion, day: date, exemptions: Sequence[ExemptionTerm] | None = None
) -> tuple[str, ...]:
    """The groups of persons for whom some charge of this version is waived on the day.

    Args:
        exemptions: the rules of that day where the caller has them already; else they are read.
    """
    charges = {item.charge for item in version.fee_items.all()}
    rules = [
        rule
        for rule in (exemption_terms(day) if exemptions is None else exemptions)
        if rule.charges & charges and (not rule.procedures or version.procedure.code in rule.procedures)
    ]
    return tuple(sorted({category for rule in rules for category in rule.categories}))


def exemption_terms(day: date) -> list[ExemptionTerm]:
    """The exemption rules in force on a day, as the fee engine takes them."""
    return terms_of(ExemptionRule.objects.in_force(day))


def terms_of(rules: Iterable[ExemptionRule]) -> list[ExemptionTerm]:
    """Exemption rules as the fee engine takes them."""
    return [
        ExemptionTerm(
            code=rule.code,
            basis=rule.basis,
            wording=rule.wording,
            charges=frozenset(rule.charges),
            procedures=frozenset(rule.procedures),
            situations=frozenset(rule.situations),
            channels=frozenset(rule.channels),
            categories=frozenset(rule.categories),
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            waive_percent=rule.waive_percent,
        )
        for rule in rules
    ]


def _situation(version: ProcedureVersion, slug: str | None) -> Situation | None:
    """The named situation, or the first one; None where the procedure has none."""
    situations = sorted(version.situations.all(), key=lambda row: row.position)
    if not slug:
        return situations[0] if situations else None
    for row in situations:
        if row.slug == slug:
            return row
    raise ProcedureError("situation_unknown", _("Thủ tục này không có trường hợp đã chọn."))


def _terms(version: ProcedureVersion, situation: Situation | None, channel: str) -> ChannelTerms | None:
    """The terms of the situation in this channel, else those of the whole procedure."""
    if channel not in channels_offered(version):
        raise ProcedureError("channel_not_offered", _("Thủ tục này không nhận theo hình thức nộp đã chọn."))
    rows = {row.situation_id: row for row in version.terms.all() if row.channel == channel}
    own = rows.get(situation.pk) if situation else None
    return own or rows.get(None)


def _deadline(
    limit: TimeLimit, received_at: datetime, *, calendar: WorkCalendar, hours: OfficeHours
) -> tuple[Deadline | None, str | None]:
    """The promised moment, or the code of the rule that stands against computing one."""
    try:
        return compute_due(received_at, limit, calendar=calendar, hours=hours), None
    except CalendarMissing as missing:
        return None, missing.code
    except ProcedureError as refusal:
        if refusal.code != "no_computable_limit":
            raise
        return None, refusal.code


def _concerns(item: FeeItem, situation: Situation | None) -> bool:
    return item.situation_id is None or (situation is not None and item.situation_id == situation.pk)


def _fee_term(item: FeeItem) -> FeeTerm:
    return FeeTerm(
        code=item.code,
        name=item.name,
        kind=FeeKind(item.kind),
        authority=Authority(item.authority),
        charge=item.charge,
        amount_vnd=item.amount_vnd,
        unit=FeeUnit(item.unit),
        certainty=item.certainty,
        basis=item.basis,
        channels=frozenset(item.channels),
        tiers=tuple((from_page, page_vnd) for from_page, page_vnd in item.tiers),
        cap_vnd=item.cap_vnd,
    )
