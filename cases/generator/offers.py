"""What people ask for: the procedures of the catalogue, the common ones most, with their papers and money."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import accumulate
from typing import Any, Final

from cases.generator.people import pick
from cases.generator.rows import escaped
from procedures.choices import Channel, PaperKind
from procedures.deadlines import TimeLimit, Unit
from procedures.explanations import explain_limit, explain_reason
from procedures.fees import ExemptionTerm, FeeLine
from procedures.models import ProcedureVersion, RequiredPaper, Situation
from procedures.quotes import categories_that_matter, channels_offered, exemption_terms, quote
from staff.clock import LOCAL
from staff.work_calendar import WorkCalendar

COMMON: Final[Mapping[str, int]] = {
    "2.000815": 340,
    "2.000884": 120,
    "2.000635": 90,
    "1.001193": 70,
    "1.004873": 70,
    "2.000908": 25,
    "1.000656": 25,
    "1.000894": 22,
    "1.014027": 22,
    "1.013225": 15,
    "1.001612": 18,
    "1.004859": 15,
    "1.001731": 14,
    "1.001776": 14,
    "2.001035": 14,
    "1.001022": 8,
    "1.010833": 10,
    "2.000942": 10,
}
"""How often the common procedures are asked for; everything else on the board weighs one."""
CHANNELS: Final[Mapping[str, int]] = {Channel.COUNTER: 58, Channel.ONLINE: 38, Channel.POST: 4}


@dataclass(frozen=True)
class Bill:
    """The limit and the money of a request, as rows and as the receipt prints them."""

    limit: TimeLimit
    limit_text: str
    obligations: tuple[str, ...]
    fee_lines: tuple[dict[str, Any], ...]
    payable_vnd: int


@dataclass(frozen=True)
class Offer:
    """One procedure, in one situation, as it can be asked for on a day."""

    version: ProcedureVersion
    channels: tuple[str, ...]
    papers: Mapping[int | None, Sequence[RequiredPaper]]
    groups: tuple[str, ...]
    situations: tuple[Situation, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    """What one citizen asks for."""

    offer: Offer
    situation: Situation | None
    channel: str
    copies: int
    pages: int
    categories: tuple[str, ...]


class Catalogue:
    """The catalogue of the days from first to last, as it is asked at the counter."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        versions = ProcedureVersion.objects.published().listed().filter(procedure__external_system=False)
        self._versions = list(versions.for_detail().order_by("procedure__code", "-valid_from"))
        self._rules: dict[date, tuple[int, tuple[ExemptionTerm, ...]]] = {}
        self._known_rules: list[tuple[ExemptionTerm, ...]] = []
        self._menus: dict[tuple[int, ...], tuple[list[Offer], list[int]]] = {}
        self._menu_of_day: dict[date, tuple[list[Offer], list[int]]] = {}
        self._bills: dict[tuple[Any, ...], Bill] = {}

    def request(self, chance: random.Random, day: date, *, immediate: bool | None) -> Request:
        """What somebody asks for on this day; ``immediate`` False leaves out what is done at the counter."""
        offers, weights = self._menu(day)
        while True:
            offer = chance.choices(offers, cum_weights=weights)[0]
            if immediate is None or offer.version.is_immediate == immediate:
                break
        first = offer.situations[:1] if chance.random() < 0.8 else offer.situations
        return Request(
            offer=offer,
            situation=pick(chance, first) if first else None,
            channel=pick(chance, offer.channels),
            copies=pick(chance, (1, 1, 1, 2, 3)),
            pages=pick(chance, (1, 1, 2, 4)),
            categories=(pick(chance, offer.groups),) if offer.groups and chance.random() < 0.1 else (),
        )

    def bill(self, request: Request, day: date) -> Bill:
        """The limit and the money for this request on this day, by the engines."""
        number, rules = self._rules_on(day)
        key = (
            *(request.offer.version.pk, request.situation and request.situation.pk, request.channel),
            *(request.copies, request.pages, request.categories, number),
        )
        found = self._bills.get(key)
        if found is None:
            found = self._bills[key] = self._bill(request, day, rules)
        return found

    def _bill(self, request: Request, day: date, rules: tuple[ExemptionTerm, ...]) -> Bill:
        quoted = quote(
            request.offer.version,
            situation=request.situation.slug if request.situation else None,
            channel=request.channel,
            received_at=datetime.combine(day, time(8), LOCAL),
            calendar=self._calendar,
            copies=request.copies,
            pages=request.pages,
            categories=frozenset(request.categories),
            exemptions=rules,
        )
        lines = quoted.fees.lines
        return Bill(
            limit=quoted.limit,
            limit_text=explain_limit(quoted.limit),
            obligations=tuple(_row(n, fee) for n, fee in enumerate(lines, start=1)),
            fee_lines=tuple(_printed(fee) for fee in lines),
            payable_vnd=sum(fee.payable_vnd for fee in lines),
        )

    def _rules_on(self, day: date) -> tuple[int, tuple[ExemptionTerm, ...]]:
        """The exemptions of a day, and a number that is the same for all days with the same ones."""
        if day not in self._rules:
            rules = tuple(sorted(exemption_terms(day), key=lambda rule: rule.code))
            if rules not in self._known_rules:
                self._known_rules.append(rules)
            self._rules[day] = self._known_rules.index(rules), rules
        return self._rules[day]

    def _menu(self, day: date) -> tuple[list[Offer], list[int]]:
        if day not in self._menu_of_day:
            in_force: dict[str, ProcedureVersion] = {}
            for version in self._versions:
                if version.valid_from <= day and (version.valid_to is None or version.valid_to >= day):
                    in_force.setdefault(version.procedure.code, version)
            key = tuple(version.pk for version in in_force.values())
            if key not in self._menus:
                offers = [_offer(version, day) for version in in_force.values() if _is_counted(version)]
                weights = [COMMON.get(offer.version.procedure.code, 1) for offer in offers]
                self._menus[key] = offers, list(accumulate(weights))
            self._menu_of_day[day] = self._menus[key]
        return self._menu_of_day[day]


def _is_counted(version: ProcedureVersion) -> bool:
    """Whether each way of filing has a limit that the engine counts; else a clerk would name a day."""
    terms = list(version.terms.all())
    whole = {row.channel for row in terms if row.situation_id is None}
    return bool(terms) and all(row.unit != Unit.NONE and row.channel in whole for row in terms)


def _offer(version: ProcedureVersion, day: date) -> Offer:
    offered = channels_offered(version)
    channels = tuple(name for name, weight in CHANNELS.items() if name in offered for _ in range(weight))
    taken = [
        paper
        for paper in version.papers.all()
        if paper.kind in (PaperKind.PAPER, PaperKind.EFORM) and not paper.only_for_some
    ]
    situations = tuple(sorted(version.situations.all(), key=lambda row: row.position))
    return Offer(
        version=version,
        channels=channels,
        papers={
            chosen: [paper for paper in taken if paper.situation_id in (None, chosen)]
            for chosen in (None, *(row.pk for row in situations))
        },
        groups=categories_that_matter(version, day),
        situations=situations,
        name=escaped(version.procedure.name),
    )


def _row(position: int, fee: FeeLine) -> str:
    reason = json.dumps({"code": fee.reason.code, "params": fee.reason.params}, ensure_ascii=False)
    said = (fee.name, fee.kind, fee.charge, fee.base_vnd, fee.payable_vnd, fee.certainty)
    cells = (position, *said, fee.exemption_code or "", reason)
    return "\t".join(escaped(str(value)) for value in cells)


def _printed(fee: FeeLine) -> dict[str, Any]:
    """The fee line of a receipt."""
    return {
        "name": fee.name,
        "base_vnd": fee.base_vnd,
        "payable_vnd": fee.payable_vnd,
        "reason": explain_reason(fee.reason),
    }
