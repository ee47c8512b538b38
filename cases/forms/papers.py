"""The papers on the counter: which are asked for, which were taken, in how many copies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cases.actions import PaperTaken
from cases.choices import IdentityCheck
from cases.forms.fields import CountField
from procedures.choices import PaperKind
from procedures.models import ProcedureVersion, RequiredPaper
from staff.language import RECORD

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

TAKEN_KINDS = (PaperKind.PAPER, PaperKind.EFORM, PaperKind.PRESENTED)
FROM_DATABASE = _("Khai thác từ cơ sở dữ liệu, không thu")
SEEN = _("Đã xem, không thu")
COUNT_LABELS = {
    "originals": _("Bản chính"),
    "certified": _("Bản sao chứng thực"),
    "photo": _("Bản photo"),
}


def paper_field(paper: RequiredPaper) -> str:
    """The name of the mark of a paper in the form."""
    return f"paper-{paper.code}"


class PapersForm(forms.Form):
    """The part of reception that depends on the chosen version of a procedure.

    Each paper adds a mark, three counts and the word that the office holds it, named by the paper's code.
    """

    version: ProcedureVersion | None = None
    shown_papers: list[RequiredPaper]

    papers_in_database = forms.BooleanField(
        label=_("Giấy tờ chưa đánh dấu đã có trong cơ sở dữ liệu, không thu"), required=False
    )

    def papers_of(self, slug: str) -> list[RequiredPaper]:
        """The papers of the chosen situation, and those that every situation asks for."""
        if self.version is None:
            return []
        papers = self.version.papers.all()
        return [paper for paper in papers if paper.situation is None or paper.situation.slug == slug]

    def add_papers(self) -> None:
        """Lay out the fields of the shown papers."""
        for paper in self.shown_papers:
            self._add_paper(paper)

    def paper_names(self) -> list[str]:
        """The names of all fields of papers, in the order of the list."""
        return [name for name in self.fields if name.startswith("paper-")] + ["papers_in_database"]

    def _add_paper(self, paper: RequiredPaper) -> None:
        if paper.kind not in TAKEN_KINDS:
            return
        name = paper_field(paper)
        self.fields[name] = forms.BooleanField(label=paper.name, required=False)
        self.fields[f"{name}-held"] = self._held(paper)
        if paper.kind == PaperKind.PRESENTED:
            return
        counts = {"originals": paper.originals, "certified": 0, "photo": paper.copies}
        for part, initial in counts.items():
            label = f"{COUNT_LABELS[part]}: {paper.name}"
            field = CountField(label=label, high=99, required=False, initial=initial)
            field.widget.attrs["aria-label"] = label
            self.fields[f"{name}-{part}"] = field

    def _held(self, paper: RequiredPaper) -> forms.BooleanField:
        label = f"{FROM_DATABASE}: {paper.name}"
        attrs = {"aria-label": label, "title": FROM_DATABASE}
        return forms.BooleanField(label=label, required=False, widget=forms.CheckboxInput(attrs=attrs))

    @property
    def paper_rows(self) -> list[dict[str, Any]]:
        """Each line of the list of papers with its fields, for the template."""
        rows = []
        for paper in self.shown_papers:
            name = paper_field(paper)
            counts = [self[f"{name}-{part}"] for part in COUNT_LABELS if f"{name}-{part}" in self.fields]
            mark, held = (self[name], self[f"{name}-held"]) if name in self.fields else (None, None)
            rows.append({"paper": paper, "mark": mark, "counts": counts, "held": held})
        return rows

    def check_papers(self, data: Mapping[str, Any]) -> None:
        """All papers at once; what is in a database, or not for everybody, is not asked for.

        Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1.
        """
        message = _("Chưa nhận. Đã có trong cơ sở dữ liệu thì đánh dấu ô Có sẵn của giấy này.")
        for paper in self.papers_missing(data):
            self.add_error(paper_field(paper), ValidationError(message, code="paper_missing"))

    def papers_missing(self, data: Mapping[str, Any]) -> list[RequiredPaper]:
        """The papers that everybody has to bring and that are not there."""
        if self.version is None:
            return []
        return [
            paper
            for paper in self.shown_papers
            if paper_field(paper) in self.fields
            and not paper.only_for_some
            and not data.get(paper_field(paper))
            and not _is_in_database(paper, data)
        ]

    def identity_check(self) -> IdentityCheck:
        """A ticked paper to be shown is the identity check."""
        shown = [p for p in self.shown_papers if p.kind == PaperKind.PRESENTED]
        seen = any(self.cleaned_data.get(paper_field(paper)) for paper in shown)
        return IdentityCheck.PAPER_SEEN if seen else IdentityCheck.NONE

    def papers_taken(self) -> tuple[PaperTaken, ...]:
        """What the receipt will list: the marked papers, and those that the database already holds."""
        return tuple(
            self._taken(paper)
            for paper in self.shown_papers
            if paper_field(paper) in self.fields
            and (self.cleaned_data.get(paper_field(paper)) or _is_in_database(paper, self.cleaned_data))
        )

    def _taken(self, paper: RequiredPaper) -> PaperTaken:
        name, data = paper_field(paper), self.cleaned_data
        if not data.get(name):
            note = _recorded(FROM_DATABASE)
            return PaperTaken(paper.name, PaperKind.DATA, note=note, required_paper_id=paper.pk)
        return PaperTaken(
            paper.name,
            paper.kind,
            originals=data.get(f"{name}-originals") or 0,
            certified_copies=data.get(f"{name}-certified") or 0,
            photocopies=data.get(f"{name}-photo") or 0,
            note=_recorded(SEEN) if paper.kind == PaperKind.PRESENTED else "",
            required_paper_id=paper.pk,
        )


def _is_in_database(paper: RequiredPaper, data: Mapping[str, Any]) -> bool:
    """Whether the clerk said so of this paper, or of all that everybody brings and that are not marked."""
    said_of_all = bool(data.get("papers_in_database")) and not paper.only_for_some
    return said_of_all or bool(data.get(f"{paper_field(paper)}-held"))


def _recorded(note: "StrPromise") -> str:
    """A note as it is kept with the paper and printed on the receipt, whatever the screen speaks."""
    with translation.override(RECORD):
        return str(note)
