"""The papers of a case as files: scanned, used again, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cases import actions, cabinet
from cases.actions.files import MAY_DIGITISE, may_digitise, number_mark
from cases.choices import Digitised
from cases.errors import CaseError
from cases.forms.files import ReuseForm, ScanForm
from cases.media import TIFF
from cases.models import Case, CaseFile, CasePaper
from cases.uploads import DISK_FULL
from staff import clock
from staff.actor import Actor
from staff.guards import needs
from staff.http import OfficerRequest
from staff.rights import Capability

# A file is looked at alone: it loads nothing, runs nothing, sends nothing, and stands in no other page.
ALONE: Final = (
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Row:
    """One paper of the page; without a form where this officer may add nothing."""

    paper: CasePaper
    files: list[tuple[CaseFile, bool]]
    form: ScanForm | None


@needs(Capability.VIEW_CASES)
@require_safe
def papers(request: OfficerRequest, code: str) -> HttpResponse:
    """What has been digitised of a case, and what not yet."""
    at, found = clock.now(), _visible(request.actor, code)
    actions.open_case(found, what="papers", by=request.actor, at=at)
    return render(request, "cases/papers.html", _context(found, request.actor, at))


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def digitise(request: OfficerRequest, code: str, paper: int) -> HttpResponse:
    """Take files of one paper; asked for without them, the way back to the list."""
    at, found = clock.now(), _to_digitise(request.actor, code)
    chosen = next((one for one in found.papers.all() if one.pk == paper), None)
    if chosen is None:
        raise Http404
    if request.method != "POST":
        return redirect("cases:papers", found.code)
    form = ScanForm(request.POST, request.FILES, paper=chosen)
    if form.is_valid() and _took(request, form, found, at):
        return _back_to(found, chosen.pk)
    return _refused(request, found, at, form)


@needs(Capability.VIEW_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def use_again(request: OfficerRequest, code: str) -> HttpResponse:
    """Use a file of an earlier case again; asked for without a choice, the way back to the list."""
    at, found = clock.now(), _to_digitise(request.actor, code)
    if request.method != "POST":
        return redirect("cases:papers", found.code)
    form = _reuse_form(found, request.actor, request.POST)
    if form.is_valid() and _used(request, form, found, at):
        return _back_to(found, int(form.cleaned_data["paper"]))
    return _refused(request, found, at, form)


@needs(Capability.VIEW_CASES)
@require_safe
def serve(request: OfficerRequest, code: str, key: str) -> HttpResponse:
    """The one way to the content of a file."""
    visible = CaseFile.objects.visible_to(request.actor).select_related("case")
    found = get_object_or_404(visible, case__code=code, token=key)
    content = cabinet.read_kept(found.stored_as)
    if content is None:
        raise Http404
    actions.open_case(found.case, what="file", by=request.actor, at=clock.now())
    return _answer(found, content)


def _answer(file: CaseFile, content: bytes) -> HttpResponse:
    is_download = file.media_type == TIFF  # no browser shows it
    response = HttpResponse(content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(is_download, file.name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _took(request: OfficerRequest, form: ScanForm, case: Case, at: datetime) -> bool:
    scans, facts = form.cleaned_data["scans"], form.facts()
    try:
        files = actions.digitise_paper(case.code, form.paper.pk, scans, facts, by=request.actor, at=at)
    except CaseError as refusal:
        form.add_error("scans", ValidationError(str(refusal.message), code=refusal.code))
        return False
    _say(request, files, form.paper.name)
    return True


def _used(request: OfficerRequest, form: ReuseForm, case: Case, at: datetime) -> bool:
    data = form.cleaned_data
    origin = Digitised(int(data["origin"]))
    try:
        actions.use_again(case.code, int(data["paper"]), data["file"], origin=origin, by=request.actor, at=at)
    except CaseError as refusal:
        form.add_error("file", ValidationError(str(refusal.message), code=refusal.code))
        return False
    messages.success(request, _("Đã dùng lại tệp của hồ sơ trước."))
    return True


def _say(request: OfficerRequest, files: list[CaseFile], paper: str) -> None:
    if not files:
        messages.success(request, _("Tệp này đã có ở giấy tờ này, không lưu lần nữa."))
        return
    told = ngettext("Đã lưu %(n)s tệp: %(paper)s.", "Đã lưu %(n)s tệp: %(paper)s.", len(files))
    messages.success(request, told % {"n": len(files), "paper": paper})


def _refused(request: OfficerRequest, case: Case, at: datetime, form: Form) -> HttpResponse:
    actions.open_case(case, what="papers", by=request.actor, at=at)
    status = 507 if form.has_error("scans", DISK_FULL) else 422
    return render(request, "cases/papers.html", _context(case, request.actor, at, form), status=status)


def _back_to(case: Case, paper: int) -> HttpResponse:
    return redirect(f"{reverse('cases:papers', args=[case.code])}#giay-to-{paper}")


def _visible(actor: Actor, code: str) -> Case:
    return get_object_or_404(Case.objects.visible_to(actor).for_papers_page(), code=code)


def _to_digitise(actor: Actor, code: str) -> Case:
    """The case, for those who add files to papers; who only reads is refused, a stranger learns nothing."""
    found = _visible(actor, code)
    if not any(actor.may(wanted) for wanted in MAY_DIGITISE):
        raise PermissionDenied
    return found


def _reuse_form(case: Case, actor: Actor, data: Any = None) -> ReuseForm:
    usable = CaseFile.objects.visible_to(actor).usable_again_in(case, number_mark(case))
    return ReuseForm(data, files=list(usable), papers=list(case.papers.all()))


def _context(case: Case, actor: Actor, at: datetime, posted: Form | None = None) -> dict[str, Any]:
    is_open = may_digitise(case, actor)
    reuse = posted if isinstance(posted, ReuseForm) else _reuse_form(case, actor) if is_open else None
    rows = [_row(paper, posted, is_open=is_open) for paper in case.papers.all()]
    _begin_at_the_first_gap(rows)
    return {
        "case": case,
        "rows": rows,
        "next_paper": next((row.paper for row in rows if not row.files), None),
        "done": sum(row.paper.digitised != Digitised.NOT for row in rows),
        "to_digitise": sum(not row.paper.is_only_seen for row in rows),
        "posted": posted,
        "reuse": reuse,
        "may_digitise": is_open,
        "nav": "queue",
        "now": at,
    }


def _begin_at_the_first_gap(rows: Sequence[Row]) -> None:
    """The hand begins at the first paper that still has to be scanned."""
    open_rows = [row.form for row in rows if row.form and not row.files and not row.paper.is_only_seen]
    if open_rows:
        open_rows[0].fields["scans"].widget.attrs["autofocus"] = True


def _row(paper: CasePaper, posted: Form | None, *, is_open: bool) -> Row:
    files = list(paper.files.all())
    followed = {file.follows_id for file in files}
    form: ScanForm | None = None
    if isinstance(posted, ScanForm) and posted.paper.pk == paper.pk:
        form = posted
    elif is_open:
        form = ScanForm(paper=paper)
    return Row(paper, [(file, file.pk in followed) for file in files], form)
