"""Brings the catalogue files into the database: new versions are published, nothing published is changed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from procedures.catalogue_files import DATA, Catalogue, ProcedureRecord, VersionRecord, read_catalogue
from procedures.errors import ProcedureError
from procedures.models import (
    CatalogueRevision,
    ChannelTerms,
    ExemptionRule,
    FeeItem,
    Field,
    LegalBasis,
    Procedure,
    ProcedureVersion,
    RequiredPaper,
    Sector,
    Situation,
)

BATCH: Final = 500
ONE_DAY: Final = timedelta(days=1)
M = TypeVar("M", bound=models.Model)
Rows = Mapping[str, Mapping[str, Any]]


@dataclass
class ImportReport:
    """What a load changed, and the codes that a person has to look at."""

    rows_written: int = 0
    published: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    restored_codes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything is different from before."""
        return bool(self.rows_written or self.published)


@transaction.atomic
def load_catalogue(folder: Path = DATA) -> ImportReport:
    """Load the files; a second load of the same files changes nothing.

    A procedure whose content changed needs a later first day in its file: then a new version is published
    and the old one closed on the day before. What left the files stays, because old receipts name it.

    Raises:
        ProcedureError: a file is wrong, or would change what is already published.
    """
    catalogue = read_catalogue(folder)
    CatalogueRevision.objects.bulk_create([CatalogueRevision(pk=1)], ignore_conflicts=True)
    CatalogueRevision.objects.select_for_update().get(pk=1)
    report = ImportReport(restored_codes=catalogue.restored_codes)
    report.rows_written += _sync_taxonomy(catalogue)
    report.rows_written += _sync_procedures(catalogue)
    report.rows_written += _sync_exemptions(catalogue)
    _publish_versions(catalogue, report)
    if report.changed:
        CatalogueRevision.objects.filter(pk=1).update(number=F("number") + 1)
    return report


def _sync(rows: models.QuerySet[M], wanted: Rows, *, allowed: frozenset[str] | None = None) -> int:
    """Write the rows that are new or differ, found by code; returns how many.

    Args:
        allowed: the columns that may change in a row that exists; None means all.
    """
    existing = rows.in_bulk(field_name="code")
    new = [rows.model(code=code, **values) for code, values in wanted.items() if code not in existing]
    changed, columns = [], set[str]()
    for code, values in wanted.items():
        row = existing.get(code)
        differing = {name for name, value in values.items() if row and getattr(row, name) != value}
        if row is None or not differing:
            continue
        if allowed is not None and differing - allowed:
            raise ProcedureError("rule_is_final", _("Quy định %s đã áp dụng, cần mã mới để thay đổi.") % code)
        for name in differing:
            setattr(row, name, values[name])
        changed.append(row)
        columns |= differing
    rows.bulk_create(new, batch_size=BATCH)
    if changed:
        rows.bulk_update(changed, sorted(columns), batch_size=BATCH)
    return len(new) + len(changed)


def _ids(rows: models.QuerySet[M]) -> dict[str, int]:
    return dict(rows.values_list("code", "pk"))


def _sync_taxonomy(catalogue: Catalogue) -> int:
    written = _sync(Sector.objects.all(), catalogue.sectors)
    sectors = _ids(Sector.objects.all())
    fields = {
        code: {"name": row["name"], "position": row["position"], "sector_id": sectors[row["sector"]]}
        for code, row in catalogue.fields.items()
    }
    return written + _sync(Field.objects.all(), fields)


def _sync_procedures(catalogue: Catalogue) -> int:
    """Procedures first, then the links from replaced codes to their successors."""
    fields = _ids(Field.objects.all())
    written = _sync(
        Procedure.objects.all(),
        {
            code: {
                "name": record.version.name,
                "field_id": fields[record.field],
                "level": record.level,
                "agency": record.agency,
                "external_system": record.external_system,
                "keywords": record.keywords,
                "is_listed": record.is_listed,
                "principals": record.principals,
                "asks": record.asks,
                "certainty": record.certainty,
            }
            for code, record in catalogue.procedures.items()
        },
    )
    ids = _ids(Procedure.objects.all())
    successors = {
        old: {"superseded_by_id": ids[code]}
        for code, record in catalogue.procedures.items()
        for old in record.supersedes
    }
    return written + _sync(Procedure.objects.all(), successors)


def _sync_exemptions(catalogue: Catalogue) -> int:
    """New rules, and last days of old ones: a changed rule is a new code."""
    rules = {
        code: {name: value for name, value in rule.items() if name != "code"}
        for code, rule in catalogue.exemptions.items()
    }
    return _sync(ExemptionRule.objects.all(), rules, allowed=frozenset({"valid_to"}))


def _publish_versions(catalogue: Catalogue, report: ImportReport) -> None:
    """Draft, fill, close the predecessors and publish, in this order, because publication is final."""
    procedures = {row.code: row for row in Procedure.objects.filter(code__in=catalogue.procedures)}
    known: dict[int, list[ProcedureVersion]] = {}
    for version in ProcedureVersion.objects.filter(procedure__in=procedures.values()).order_by("valid_from"):
        known.setdefault(version.procedure_id, []).append(version)
    marked = _papers_only_for_some()
    drafts: list[tuple[ProcedureVersion, VersionRecord]] = []
    closing: list[ProcedureVersion] = []
    for code, record in catalogue.procedures.items():
        procedure = procedures[code]
        earlier = known.get(procedure.pk, [])
        if not _is_new(record, earlier, marked):
            continue
        if earlier:
            earlier[-1].valid_to = record.version.valid_from - ONE_DAY
            closing.append(earlier[-1])
            report.closed.append(code)
        drafts.append((_draft(procedure, record.version), record.version))
        report.published.append(code)
    ProcedureVersion.objects.bulk_create([draft for draft, _record in drafts], batch_size=BATCH)
    _fill(drafts)
    if closing:
        ProcedureVersion.objects.bulk_update(closing, ["valid_to"], batch_size=BATCH)
    ProcedureVersion.objects.filter(pk__in=[draft.pk for draft, _record in drafts]).update(published_at=Now())


def _papers_only_for_some() -> Mapping[int, frozenset[str]]:
    """Per version the codes of the papers that only some people bring."""
    found: dict[int, set[str]] = {}
    for version, code in RequiredPaper.objects.filter(only_for_some=True).values_list("version_id", "code"):
        found.setdefault(version, set()).add(code)
    return {version: frozenset(codes) for version, codes in found.items()}


def _is_new(
    record: ProcedureRecord, earlier: list[ProcedureVersion], marked: Mapping[int, frozenset[str]]
) -> bool:
    """Whether the file holds a version that follows the last one; one that the office knows is skipped.

    A file that is older than the last version is skipped too: the office went on by itself.
    """
    digest = record.version.digest()
    if not earlier:
        return True
    last = earlier[-1]
    known = [version for version in earlier if version.digest == digest]
    if any(marked.get(version.pk, frozenset()) == record.version.only_for_some() for version in known):
        return False
    if record.version.valid_from < last.valid_from:
        return False
    if record.version.valid_from == last.valid_from or _ended_later(last, record.version.valid_from):
        raise ProcedureError(
            "version_date_not_later",
            _("Thủ tục %s đã công bố với nội dung khác; bản mới cần ngày hiệu lực sau ngày của bản cũ.")
            % record.code,
        )
    return True


def _ended_later(version: ProcedureVersion, day: date) -> bool:
    """A version closed for a day after the start of the next would overlap with it."""
    return version.valid_to is not None and version.valid_to >= day


def _draft(procedure: Procedure, record: VersionRecord) -> ProcedureVersion:
    return ProcedureVersion(
        procedure=procedure,
        decision_number=record.decision_number,
        name=record.name,
        valid_from=record.valid_from,
        is_immediate=record.is_immediate,
        online_level=record.online_level,
        online_level_certainty=record.online_level_certainty,
        result_name=record.result_name,
        result_kind=record.result_kind,
        conditions=record.conditions,
        no_fee_certainty=record.no_fee_certainty,
        terms_known=record.terms_known,
        digest=record.digest(),
    )


def _fill(drafts: Iterable[tuple[ProcedureVersion, VersionRecord]]) -> None:
    """Everything that hangs on the drafts, in five inserts."""
    pairs = list(drafts)
    situations = [
        Situation(version=draft, slug=slug, name=name, position=position)
        for draft, record in pairs
        for position, (slug, name) in enumerate(record.situations, start=1)
    ]
    Situation.objects.bulk_create(situations, batch_size=BATCH)
    by_slug: dict[tuple[int, str | None], Situation] = {(row.version_id, row.slug): row for row in situations}

    def part(model: type[M], draft: ProcedureVersion, row: Mapping[str, Any], **extra: Any) -> M:
        situation = by_slug.get((draft.pk, row["situation"]))
        return model(version=draft, **{**row, **extra, "situation": situation})

    ChannelTerms.objects.bulk_create(
        [part(ChannelTerms, draft, asdict(row)) for draft, record in pairs for row in record.terms],
        batch_size=BATCH,
    )
    RequiredPaper.objects.bulk_create(
        [
            part(RequiredPaper, draft, asdict(row), position=position)
            for draft, record in pairs
            for position, row in enumerate(record.papers, start=1)
        ],
        batch_size=BATCH,
    )
    FeeItem.objects.bulk_create(
        [
            part(FeeItem, draft, asdict(row), position=position)
            for draft, record in pairs
            for position, row in enumerate(record.fees, start=1)
        ],
        batch_size=BATCH,
    )
    LegalBasis.objects.bulk_create(
        [
            LegalBasis(version=draft, number=number, name=name, position=position)
            for draft, record in pairs
            for position, (number, name) in enumerate(record.laws, start=1)
        ],
        batch_size=BATCH,
    )
