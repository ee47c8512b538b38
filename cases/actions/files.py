"""Scans of papers: kept, used again, opened; and what belongs to no case swept away.

Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1 (scanned, or taken from what the office
already holds), Điều 19 khoản 2 (metadata).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from cases import cabinet
from cases.choices import Action, Digitised, State
from cases.errors import CaseError
from cases.history import record_event
from cases.media import JPEG, PNG, SUFFIXES
from cases.models import Case, CaseFile, CasePaper
from staff.actor import Actor
from staff.rights import Capability
from staff.scope import enter

MAY_DIGITISE: Final = (Capability.REGISTER_CASE, Capability.HANDLE_CASE)
ENDED: Final = (State.WITHDRAWN, State.STOPPED, State.CLOSED, State.NOT_ACCEPTED)
ORPHAN_AGE: Final = timedelta(hours=24)
AT_ONCE: Final = 500
NAMELESS: Final = "giay-to"


@dataclass(frozen=True)
class Scan:
    """One file as it was sent."""

    content: BinaryIO
    name: str


@dataclass(frozen=True)
class PaperFacts:
    """What the law asks to be known of an electronic paper.

    ``follows`` is the address of the file of this paper that the new one is newer than.
    """

    summary: str
    kind_code: str = ""
    valid_until: date | None = None
    scope: str = ""
    follows: str = ""


def may_digitise(case: Case, by: Actor) -> bool:
    """Whether this officer may add files to the papers of this case now."""
    return case.state not in ENDED and any(by.may(wanted) for wanted in MAY_DIGITISE)


def digitise_paper(
    code: str, paper_id: int, scans: Sequence[Scan], facts: PaperFacts, *, by: Actor, at: datetime
) -> list[CaseFile]:
    """Keep files of one paper; what the paper already has is left as it is. The files that are new.

    Raises:
        CaseError: ``not_found``, ``refused``, ``file_type``, ``case_full``, ``already_followed``,
            ``disk_full``.
    """
    with transaction.atomic():
        enter(by)
        _paper_of(code, paper_id, by)
    # The files are in the cabinet before their rows are: a row never names what is not there.
    kept: list[tuple[Scan, cabinet.Kept]] = []
    try:
        for scan in scans:
            kept.append((scan, cabinet.keep(scan.content)))  # noqa: PERF401 (those kept before a refusal count)
        files = _take_in(code, paper_id, kept, facts, by=by, at=at)
    except CaseError:
        _discard(kept, files=())
        raise
    _discard(kept, files=files)
    return files


def use_again(
    code: str, paper_id: int, token: str, *, origin: Digitised, by: Actor, at: datetime
) -> list[CaseFile]:
    """Take a file of an earlier case of the same person for a paper, with that person's consent.

    Raises:
        CaseError: ``not_found``, ``refused``, ``file_unknown``, ``case_full``.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1 (papers held already are not asked for again).
    """
    with transaction.atomic():
        enter(by)
        paper = _paper_of(code, paper_id, by)
        reusable = CaseFile.objects.visible_to(by).usable_again_in(paper.case, number_mark(paper.case))
        source = next((file for file in reusable if file.token == token), None)
        if source is None or not cabinet.is_kept(source.stored_as):
            raise CaseError("file_unknown", _("Tệp này không dùng lại được cho hồ sơ này."))
        _check_room(paper.case, source.size)
        copied = ("name", "stored_as", "media_type", "size", "sha256", "pages", "kind_code", "summary")
        facts = {part: getattr(source, part) for part in (*copied, "valid_until", "scope")}
        files = [_file(paper, by=by, at=at, origin=origin, source=source, **facts)]
        return _record(paper, files, by=by, at=at, reused_from=source.case_id)


def number_mark(case: Case) -> bytes | None:
    """The mark of the principal's number, by which earlier cases of the same person are found."""
    principal = next((party for party in case.parties.all() if party.role == "principal"), None)
    return bytes(principal.id_blind) if principal is not None and principal.id_blind else None


def sweep_cabinet(*, at: datetime) -> int:
    """Remove what no row has named for a day: left by a request that was cut off. How many files it was."""
    swept = 0
    for folder in cabinet.folders():
        old = list(cabinet.older_than(at - ORPHAN_AGE, folder))
        for start in range(0, len(old), AT_ONCE):
            swept += _sweep(old[start : start + AT_ONCE])
    return swept


def _take_in(
    code: str,
    paper_id: int,
    kept: Sequence[tuple[Scan, cabinet.Kept]],
    facts: PaperFacts,
    *,
    by: Actor,
    at: datetime,
) -> list[CaseFile]:
    """The rows of what lies in the cabinet by now."""
    with transaction.atomic():
        enter(by)
        paper = _paper_of(code, paper_id, by)
        fresh = _unknown_to(paper, kept)
        _check_room(paper.case, sum(one.size for _scan, one in fresh))
        common = (_facts_of(paper, facts) if fresh else {}) | {"origin": Digitised.SCANNED}
        files = [
            _file(paper, by=by, at=at, name=scan.name, **_content_of(one), **common) for scan, one in fresh
        ]
        return _record(paper, files, by=by, at=at)


def _discard(kept: Sequence[tuple[Scan, cabinet.Kept]], *, files: Sequence[CaseFile]) -> None:
    """Put out of the cabinet what no row came to name; after a fault of the database the sweep does it."""
    named = {file.stored_as for file in files}
    for _scan, one in kept:
        if one.stored_as not in named:
            cabinet.put_out(one.stored_as)


def _sweep(paths: Sequence[Path]) -> int:
    named = CaseFile.objects.filter(stored_as__in=[path.name for path in paths])
    known = set(named.values_list("stored_as", flat=True))
    orphans = [path for path in paths if path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _paper_of(code: str, paper_id: int, by: Actor) -> CasePaper:
    """The paper, with its case under its lock."""
    case = Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(code=code).first()
    paper = CasePaper.objects.filter(case=case, pk=paper_id).first() if case else None
    if case is None or paper is None:
        raise CaseError("not_found", _("Không tìm thấy giấy tờ này trong hồ sơ."))
    if not may_digitise(case, by):
        message = _("Tài khoản này không thêm được tệp vào hồ sơ, hoặc hồ sơ đã kết thúc.")
        raise CaseError("refused", message)
    paper.case = case
    return paper


def _unknown_to(
    paper: CasePaper, kept: Sequence[tuple[Scan, cabinet.Kept]]
) -> list[tuple[Scan, cabinet.Kept]]:
    """Each content that the paper does not have yet, once."""
    seen = set(paper.files.values_list("sha256", flat=True))
    fresh = []
    for scan, one in kept:
        if one.sha256 not in seen:
            seen.add(one.sha256)
            fresh.append((scan, one))
    return fresh


def _check_room(case: Case, more: int) -> None:
    """One stored file that two papers share counts for each of them."""
    total = CaseFile.objects.filter(case=case).aggregate(total=Sum("size"))["total"] or 0
    if total + more > settings.CASE_FILES_MOST_BYTES:
        limit = settings.CASE_FILES_MOST_BYTES // 1024**2
        message = _("Mỗi hồ sơ chứa nhiều nhất %(limit)s MB tệp. Ông bà quét ở độ phân giải thấp hơn.")
        raise CaseError("case_full", message % {"limit": limit})


def _facts_of(paper: CasePaper, facts: PaperFacts) -> dict[str, Any]:
    followed = None
    if facts.follows:
        followed = paper.files.filter(token=facts.follows, followed_by=None).first()
        if followed is None:
            raise CaseError("already_followed", _("Tệp được chọn đã có bản mới. Ông bà tải lại trang."))
    return {
        "summary": facts.summary,
        "kind_code": facts.kind_code,
        "valid_until": facts.valid_until,
        "scope": facts.scope,
        "follows": followed,
    }


def _content_of(kept: cabinet.Kept) -> dict[str, Any]:
    return {
        "stored_as": kept.stored_as,
        "media_type": kept.media_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "pages": 1 if kept.media_type in (JPEG, PNG) else None,
    }


def _file(paper: CasePaper, *, by: Actor, at: datetime, **parts: Any) -> CaseFile:
    suffix = SUFFIXES[parts["media_type"]]
    parts["name"] = (parts["name"].removesuffix(suffix) or NAMELESS) + suffix
    return CaseFile(
        commune_id=paper.commune_id,
        case_id=paper.case_id,
        paper=paper,
        token=secrets.token_urlsafe(24),
        added_by_id=by.officer_id,
        added_at=at,
        **parts,
    )


def _record(
    paper: CasePaper, files: list[CaseFile], *, by: Actor, at: datetime, reused_from: int | None = None
) -> list[CaseFile]:
    """Write the rows, the version and the event; nothing at all when nothing is new."""
    if not files:
        return []
    for file in files:
        file.save(force_insert=True)
    case = paper.case
    case.version += 1
    case.save(update_fields=["version"])
    payload: dict[str, Any] = {"paper": paper.pk, "files": [file.pk for file in files]}
    if reused_from is not None:
        payload |= {"reused_from": reused_from, "consent": True}
    record_event(case, Action.DIGITISE, by=by, at=at, from_state=case.state, payload=payload)
    return files
