"""Reads the catalogue from `procedures/data` and refuses what a person has to look at first. No query.

One file per sector holds what the office publishes, in the short form that lists use:

* a limit is "3wd S", "10-15wd U", "2h S", "same K" or "none U": amount, unit, certainty mark;
* "fees" is a list, or "0 S" where nothing is charged;
* "count" of a paper is originals/copies; "only_for_some": true where its note says who brings it;
* the first situation is the default; without "channels" a procedure takes counter, online and post;
* "principals": 2 where two people ask together, as for a marriage;
* "asks": what reception asks beside the papers, as a label: the purpose of a certificate;
* "terms": false marks a name whose limit and fees nobody has entered yet.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from procedures.choices import Category, Certainty, Channel, OnlineLevel, PaperKind, ResultKind, TimeUnit
from procedures.errors import ProcedureError
from staff.text import clean_text

DATA: Final = Path(__file__).parent / "data"
AGENCY: Final = "Ủy ban nhân dân cấp xã"
CODE: Final = re.compile(r"[0-9]\.[0-9]{6}")
SHORT_CODE: Final = re.compile(r"[0-9]\.[0-9]{1,5}")
LIMIT: Final = re.compile(r"(?:(\d+)(?:-(\d+))?)?(wd|d|h|same|none) ([SKU])")
UNITS: Final = {
    "wd": TimeUnit.WORKING_DAY,
    "d": TimeUnit.CALENDAR_DAY,
    "h": TimeUnit.WORKING_HOUR,
    "same": TimeUnit.SAME_DAY,
    "none": TimeUnit.NONE,
}

Record = Mapping[str, Any]


@dataclass(frozen=True)
class TermsRow:
    """The limit of one channel, of one situation or of all (no slug)."""

    situation: str | None
    channel: str
    amount: int | None
    amount_max: int | None
    unit: str
    certainty: str
    note: str


@dataclass(frozen=True)
class PaperRow:
    """One line of the list of papers."""

    situation: str | None
    code: str
    name: str
    kind: str
    originals: int
    copies: int
    form_name: str
    note: str
    only_for_some: bool


@dataclass(frozen=True)
class FeeRow:
    """One fee or charge."""

    situation: str | None
    code: str
    name: str
    kind: str
    authority: str
    charge: str
    amount_vnd: int | None
    unit: str
    tiers: list[list[int]]
    cap_vnd: int | None
    certainty: str
    basis: str
    channels: list[str]


@dataclass(frozen=True)
class VersionRecord:
    """All that one decision publishes about a procedure."""

    decision_number: str
    name: str
    valid_from: date
    is_immediate: bool
    online_level: str
    online_level_certainty: str
    result_name: str
    result_kind: str
    conditions: str
    no_fee_certainty: str
    terms_known: bool
    situations: tuple[tuple[str, str], ...]
    terms: tuple[TermsRow, ...]
    papers: tuple[PaperRow, ...]
    fees: tuple[FeeRow, ...]
    laws: tuple[tuple[str, str], ...]

    def digest(self) -> str:
        """The same content has the same digest, so that nothing is published twice.

        Digests of the first publications know no ``only_for_some``: it is compared beside them.
        """
        content = asdict(self)
        for paper in content["papers"]:
            del paper["only_for_some"]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()

    def only_for_some(self) -> frozenset[str]:
        """The codes of the papers that only some people bring."""
        return frozenset(paper.code for paper in self.papers if paper.only_for_some)


@dataclass(frozen=True)
class ProcedureRecord:
    """A procedure with the version that its file holds."""

    code: str
    field: str
    level: str
    agency: str
    external_system: bool
    keywords: str
    is_listed: bool
    certainty: str
    supersedes: tuple[str, ...]
    version: VersionRecord
    principals: int = 1
    asks: str = ""


@dataclass
class Catalogue:
    """Everything in the files; `restored_codes` had lost a trailing zero and wait for a person."""

    sectors: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    procedures: dict[str, ProcedureRecord] = field(default_factory=dict)
    exemptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    restored_codes: list[str] = field(default_factory=list)


def read_catalogue(folder: Path = DATA) -> Catalogue:
    """The catalogue in a folder of data files.

    Raises:
        ProcedureError: a code, mark, unit, charge or reference is not one that the office knows.
    """
    catalogue = Catalogue()
    charges, laws = _load(folder / "charges.json"), _load(folder / "laws.json")
    for path in sorted((folder / "catalogue").glob("*.json")):
        _read_sector(_load(path), catalogue, charges=charges, laws=laws)
    for entry in _load(folder / "exemptions.json"):
        rule = _exemption(entry, charges)
        _put_once(catalogue.exemptions, rule["code"], rule)
    _check_successors(catalogue)
    return catalogue


def national_code(value: object) -> tuple[str, bool]:
    """The code as text, and whether trailing zeros that a spreadsheet ate had to be put back.

    Raises:
        ProcedureError: `code_not_text` for a number, `code_malformed` for any other form.
    """
    if not isinstance(value, str):
        raise ProcedureError("code_not_text", _("Mã thủ tục phải là chữ, không phải số: %s") % value)
    code = clean_text(value)
    if CODE.fullmatch(code):
        return code, False
    if SHORT_CODE.fullmatch(code):
        return code.ljust(8, "0"), True
    raise ProcedureError("code_malformed", _("Mã thủ tục không đúng dạng: %s") % code)


def _load(path: Path) -> Any:
    return _cleaned(json.loads(path.read_text(encoding="utf-8")))


def _cleaned(value: Any) -> Any:
    """Every text in NFC with single blanks, at any depth."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _cleaned(item) for key, item in value.items()}
    return value


def _put_once(table: dict[str, Any], code: str, row: Any) -> None:
    if code in table:
        raise ProcedureError("code_twice", _("Mã xuất hiện hai lần trong dữ liệu: %s") % code)
    table[code] = row


def _known(value: Any, allowed: Any, what: str) -> Any:
    """The value, if the office knows it."""
    if value not in allowed:
        code = f"{what}_unknown"
        raise ProcedureError(code, _("Giá trị không có trong danh mục: %s") % value)
    return value


def _read_sector(data: Record, catalogue: Catalogue, *, charges: Record, laws: Record) -> None:
    sector = data["sector"]
    _put_once(
        catalogue.sectors, sector["code"], {"name": sector["name"], "position": len(catalogue.sectors) + 1}
    )
    field_laws: dict[str, list[str]] = {}
    for position, entry in enumerate(data["fields"], start=1):
        row = {"name": entry["name"], "sector": sector["code"], "position": position}
        _put_once(catalogue.fields, entry["code"], row)
        field_laws[entry["code"]] = entry.get("laws", [])
    for entry in data["procedures"]:
        code, restored = national_code(entry["code"])
        if restored:
            catalogue.restored_codes.append(code)
        numbers = [*field_laws[_known(entry["field"], field_laws, "field")], *entry.get("laws", [])]
        named = tuple((number, laws[_known(number, laws, "law")]) for number in numbers)
        version = _version(
            entry, date.fromisoformat(entry.get("valid_from", data["valid_from"])), charges, named
        )
        mark = Certainty.UNCERTAIN if restored else entry.get("mark", "S")
        _put_once(catalogue.procedures, code, _procedure(entry, code, mark, version))


def _procedure(entry: Record, code: str, mark: str, version: VersionRecord) -> ProcedureRecord:
    return ProcedureRecord(
        code=code,
        field=entry["field"],
        level=entry.get("level", "commune"),
        agency=entry.get("agency", AGENCY),
        external_system=entry.get("external", False),
        keywords=entry.get("keywords", ""),
        is_listed=entry.get("listed", True),
        certainty=_known(mark, Certainty.values, "mark"),
        supersedes=tuple(entry.get("supersedes", ())),
        version=version,
        principals=_known(entry.get("principals", 1), (1, 2), "principals"),
        asks=entry.get("asks", ""),
    )


def _version(
    entry: Record, valid_from: date, charges: Record, laws: tuple[tuple[str, str], ...]
) -> VersionRecord:
    level, mark = entry.get("online", "info U").split()
    result_kind, result_name = entry.get("result", ("other", ""))
    situations = tuple((item["slug"], item["name"]) for item in entry.get("situations", ()))
    slugs = {slug for slug, _name in situations}
    fees, no_fee = _fees(entry.get("fees", []), charges, slugs)
    return VersionRecord(
        decision_number=entry.get("decision", ""),
        name=entry["name"],
        valid_from=valid_from,
        is_immediate=entry.get("immediate", False),
        online_level=_known(level, OnlineLevel.values, "online_level"),
        online_level_certainty=_known(mark, Certainty.values, "mark"),
        result_name=result_name,
        result_kind=_known(result_kind, ResultKind.values, "result_kind"),
        conditions=entry.get("conditions", ""),
        no_fee_certainty=no_fee,
        terms_known=entry.get("terms", True),
        situations=situations,
        terms=_terms(entry),
        papers=tuple(
            _paper(item, number, slugs) for number, item in enumerate(entry.get("papers", ()), start=1)
        ),
        fees=fees,
        laws=laws,
    )


def _terms(entry: Record) -> tuple[TermsRow, ...]:
    """One row per channel, then one per channel for each situation with a limit of its own."""
    if not entry.get("terms", True):
        return ()
    by_channel: Any = entry["limit"]
    if isinstance(by_channel, str):
        by_channel = dict.fromkeys(entry.get("channels", Channel.values), by_channel)
    note = entry.get("limit_note", "")
    rows = [_limit_row(None, channel, limit, note) for channel, limit in by_channel.items()]
    for item in entry.get("situations", ()):
        if "limit" in item:
            rows += [_limit_row(item["slug"], channel, item["limit"], note) for channel in by_channel]
    return tuple(rows)


def _limit_row(situation: str | None, channel: str, limit: str, note: str) -> TermsRow:
    match = LIMIT.fullmatch(limit)
    if match is None:
        raise ProcedureError("limit_unknown", _("Thời hạn không đọc được: %s") % limit)
    low, high, unit, mark = match.groups()
    return TermsRow(
        situation=situation,
        channel=_known(channel, Channel.values, "channel"),
        amount=int(low) if low else None,
        amount_max=int(high) if high else None,
        unit=UNITS[unit].value,
        certainty=Certainty.UNCERTAIN.value if high else mark,
        note=note,
    )


def _paper(item: Record, number: int, slugs: set[str]) -> PaperRow:
    originals, copies = (int(count) for count in item.get("count", "0/0").split("/"))
    situation = item.get("situation")
    return PaperRow(
        situation=_known(situation, slugs, "situation") if situation else None,
        code=f"{number:02d}",
        name=item["name"],
        kind=_known(item["kind"], PaperKind.values, "paper_kind"),
        originals=originals,
        copies=copies,
        form_name=item.get("form", ""),
        note=item.get("note", ""),
        only_for_some=item.get("only_for_some", False),
    )


def _fees(entry: Any, charges: Record, slugs: set[str]) -> tuple[tuple[FeeRow, ...], str]:
    """The fee rows, and the certainty of the statement that nothing is charged ("0 S")."""
    if isinstance(entry, str):
        amount, mark = entry.split()
        _known(amount, ["0"], "amount")
        return (), _known(mark, Certainty.values, "mark")
    return tuple(_fee(item, number, charges, slugs) for number, item in enumerate(entry, start=1)), ""


def _fee(item: Record, number: int, charges: Record, slugs: set[str]) -> FeeRow:
    charge = charges[_known(item["charge"], charges, "charge")]
    situation = item.get("situation")
    return FeeRow(
        situation=_known(situation, slugs, "situation") if situation else None,
        code=f"{number:02d}",
        name=charge["name"],
        kind=charge["kind"],
        authority=charge["authority"],
        charge=item["charge"],
        amount_vnd=item["amount"],
        unit=charge["unit"],
        tiers=item.get("tiers", []),
        cap_vnd=item.get("cap"),
        certainty=_known(item["mark"], Certainty.values, "mark"),
        basis=charge["basis"],
        channels=[_known(channel, Channel.values, "channel") for channel in item.get("channels", [])],
    )


def _exemption(entry: Record, charges: Record) -> dict[str, Any]:
    """An exemption rule; its procedures may lie outside the catalogue, its charges may not."""
    return {
        "code": entry["code"],
        "basis": entry["basis"],
        "wording": entry["wording"],
        "charges": [_known(charge, charges, "charge") for charge in entry["charges"]],
        "procedures": [national_code(code)[0] for code in entry.get("procedures", [])],
        "situations": entry.get("situations", []),
        "channels": [_known(channel, Channel.values, "channel") for channel in entry.get("channels", [])],
        "categories": [_known(slug, Category.values, "category") for slug in entry.get("categories", [])],
        "waive_percent": entry.get("waive_percent", 100),
        "certainty": _known(entry["mark"], Certainty.values, "mark"),
        "valid_from": date.fromisoformat(entry["valid_from"]),
        "valid_to": date.fromisoformat(entry["valid_to"]) if "valid_to" in entry else None,
    }


def _check_successors(catalogue: Catalogue) -> None:
    for record in catalogue.procedures.values():
        for old in record.supersedes:
            _known(old, catalogue.procedures, "superseded_code")
