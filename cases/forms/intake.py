"""The one screen of reception: what a clerk types about a walk-in, checked and made into an ``Intake``."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import Immediate, Intake, PaperTaken, Person
from cases.choices import Delivery, IdentityCheck, IdKind
from cases.forms.fields import (
    CountField,
    NumberOnCardField,
    OneOfField,
    PartialDate,
    PartialDateField,
    PhoneField,
    TextField,
)
from procedures.choices import Category, Channel, PaperKind
from procedures.models import ProcedureVersion, RequiredPaper
from staff.clock import LOCAL
from staff.models import Membership, ReceptionPoint

CHANNEL_WORDS = {
    Channel.COUNTER: _("Trực tiếp"),
    Channel.ONLINE: _("Nộp giúp trực tuyến"),
    Channel.POST: _("Bưu chính"),
}
TAKEN_KINDS = (PaperKind.PAPER, PaperKind.EFORM, PaperKind.PRESENTED)


class IntakeForm(forms.Form):
    """A walk-in on one screen.

    The papers depend on the version of the procedure that is chosen; each adds a mark and three counts named
    by the paper's code.
    """

    intake_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    procedure = TextField(
        label=_("Thủ tục"), max_length=200, error_messages={"required": _("Ông bà tìm và chọn thủ tục.")}
    )
    situation = OneOfField(label=_("Trường hợp"), choices=(), required=False)
    papers_in_database = forms.BooleanField(
        label=_("Giấy tờ chưa đánh dấu đã có trong cơ sở dữ liệu, không thu"), required=False
    )
    number = NumberOnCardField(
        label=_("Số định danh"), max_length=30, required=False, attrs={"inputmode": "numeric"}
    )
    name = TextField(
        label=_("Họ và tên"),
        max_length=200,
        error_messages={"required": _("Ông bà nhập họ và tên chủ hồ sơ.")},
    )
    birth = PartialDateField(
        label=_("Ngày sinh"), max_length=20, required=False, attrs={"inputmode": "numeric"}
    )
    phone = PhoneField(label=_("Điện thoại"), max_length=30, required=False, attrs={"inputmode": "tel"})
    address = TextField(label=_("Nơi ở"), max_length=300, required=False)
    for_other = forms.BooleanField(label=_("Nộp thay người khác (ủy quyền)"), required=False)
    filer_name = TextField(label=_("Họ và tên người nộp"), max_length=200, required=False)
    filer_number = NumberOnCardField(
        label=_("Số định danh người nộp"), max_length=30, required=False, attrs={"inputmode": "numeric"}
    )
    filer_phone = PhoneField(
        label=_("Điện thoại người nộp"), max_length=30, required=False, attrs={"inputmode": "tel"}
    )
    mandate = TextField(label=_("Giấy ủy quyền"), max_length=300, required=False)
    channel = OneOfField(
        label=_("Cách nộp"),
        choices=list(CHANNEL_WORDS.items()),
        widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )
    category = OneOfField(label=_("Miễn, giảm"), choices=(), required=False)
    copies = CountField(label=_("Số bản"), low=1, high=500, initial=1, required=False)
    pages = CountField(label=_("Số trang mỗi bản"), low=1, high=5000, initial=1, required=False)
    delivery = OneOfField(label=_("Nhận kết quả"), choices=Delivery.choices, initial=Delivery.COUNTER)
    delivery_address = TextField(label=_("Địa chỉ nhận kết quả"), max_length=300, required=False)
    due_on = forms.DateField(
        label=_("Ngày hẹn trả"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"class": "in", "inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y"
        ),
        error_messages={"invalid": _("Nhập ngày dạng 26/11/2026.")},
    )
    due_reason = TextField(label=_("Lý do hẹn ngày này"), max_length=300, required=False)
    immediate = forms.BooleanField(label=_("Trả kết quả ngay tại quầy"), required=False)
    result_number = TextField(label=_("Số chứng thực, số kết quả"), max_length=60, required=False)
    signer = OneOfField(label=_("Người ký"), choices=(), required=False)

    def __init__(
        self,
        *args: Any,
        version: ProcedureVersion | None,
        channels: Sequence[str] = (),
        categories: Sequence[str] = (),
        signers: Sequence[Membership] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self._choose("category", [("", _("Không thuộc diện miễn, giảm")), *_named(categories)])
        self._choose("signer", [(str(m.pk), f"{m.officer.full_name} – {m.title}") for m in signers])
        self._offer_channels(channels)
        situations = list(version.situations.all()) if version else []
        self._choose("situation", [(s.slug, s.name) for s in situations])
        self.shown_papers = self._papers_of(self._chosen_situation(situations)) if version else []
        for paper in self.shown_papers:
            self._add_paper(paper)

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        cast("OneOfField", self.fields[name]).choices = list(choices)

    def _offer_channels(self, channels: Sequence[str]) -> None:
        """Only the ways that the version publishes; the first one is chosen for the clerk."""
        if channels:
            self._choose("channel", [(c, CHANNEL_WORDS[Channel(c)]) for c in Channel.values if c in channels])
            self.initial.setdefault("channel", next(c for c in Channel.values if c in channels))

    def _chosen_situation(self, situations: Sequence[Any]) -> str:
        posted = self.data.get("situation", "") if self.is_bound else self.initial.get("situation", "")
        slugs = [situation.slug for situation in situations]
        return posted if posted in slugs else next(iter(slugs), "")

    def _papers_of(self, slug: str) -> list[RequiredPaper]:
        """The papers of the chosen situation, and those that every situation asks for."""
        if self.version is None:
            return []
        papers = self.version.papers.all()
        return [paper for paper in papers if paper.situation is None or paper.situation.slug == slug]

    def _add_paper(self, paper: RequiredPaper) -> None:
        if paper.kind not in TAKEN_KINDS:
            return
        name = paper_field(paper)
        self.fields[name] = forms.BooleanField(label=paper.name, required=False)
        if paper.kind == PaperKind.PRESENTED:
            return
        counts = {"originals": paper.originals, "certified": 0, "photo": paper.copies}
        for part, initial in counts.items():
            self.fields[f"{name}-{part}"] = CountField(
                label=COUNT_LABELS[part], high=99, required=False, initial=initial
            )

    @property
    def paper_rows(self) -> list[dict[str, Any]]:
        """Each line of the list of papers with its fields, for the template."""
        rows = []
        for paper in self.shown_papers:
            name = paper_field(paper)
            counts = [self[f"{name}-{part}"] for part in COUNT_LABELS if f"{name}-{part}" in self.fields]
            mark = self[name] if name in self.fields else None
            rows.append({"paper": paper, "mark": mark, "counts": counts})
        return rows

    def readable(self) -> dict[str, Any]:
        """What can be read so far: typed values that are right, else what the screen starts with."""
        if self.is_bound:
            self.is_valid()
            return self.cleaned_data
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def clean_procedure(self) -> str:
        """A procedure in force that this system registers."""
        if self.version is None:
            raise ValidationError(
                _("Chưa rõ thủ tục nào. Ông bà gõ vài chữ rồi chọn trong danh sách."),
                code="procedure_unknown",
            )
        return str(self.version.procedure.code)

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        data = self.cleaned_data
        self._need(data, "for_other", {"filer_name": _("Ông bà nhập họ và tên người nộp.")})
        if data.get("delivery") == Delivery.POST and not (
            data.get("delivery_address") or data.get("address")
        ):
            self._complain("delivery_address", _("Gửi bưu chính thì cần địa chỉ nhận."))
        self._need(
            data,
            "immediate",
            {"result_number": _("Ông bà nhập số kết quả."), "signer": _("Ông bà chọn người đã ký.")},
        )
        self._check_papers(data)
        return data

    def _need(self, data: Mapping[str, Any], flag: str, wanted: Mapping[str, Any]) -> None:
        for name, message in wanted.items():
            if data.get(flag) and not data.get(name) and name not in self.errors:
                self._complain(name, message)

    def _complain(self, name: str, message: Any) -> None:
        self.add_error(name, ValidationError(message, code="required"))

    def _check_papers(self, data: Mapping[str, Any]) -> None:
        """All papers at once; what is in a database is not asked for again.

        Legal source: Nghị định 118/2025/NĐ-CP, Điều 17 khoản 1.
        """
        if data.get("papers_in_database") or self.version is None:
            return
        missing = [
            p for p in self.shown_papers if paper_field(p) in self.fields and not data.get(paper_field(p))
        ]
        if missing:
            names = "; ".join(paper.name for paper in missing)
            message = gettext("Chưa nhận: %(names)s. Nếu đã có trong cơ sở dữ liệu, đánh dấu ô bên dưới.") % {
                "names": names
            }
            self.add_error(paper_field(missing[0]), ValidationError(message, code="paper_missing"))

    def to_intake(self, *, point: ReceptionPoint) -> Intake:
        """Everything the clerk typed as one value."""
        data = self.cleaned_data
        return Intake(
            intake_key=data["intake_key"] or uuid.uuid4(),
            procedure_code=data["procedure"],
            situation=data["situation"],
            channel=Channel(data["channel"]),
            reception_point_id=point.pk,
            principal=self._principal(),
            filer=self._filer(),
            papers=self._papers_taken(),
            delivery=Delivery(data["delivery"]),
            delivery_address=data["delivery_address"],
            identity_check=self._identity_check(),
            copies=data["copies"] or 1,
            pages=data["pages"] or 1,
            categories=frozenset({data["category"]} - {""}),
            due_at=_closing(data["due_on"]),
            due_reason=data["due_reason"],
            immediate=Immediate(data["result_number"], int(data["signer"])) if data["immediate"] else None,
        )

    def _principal(self) -> Person:
        data = self.cleaned_data
        birth: PartialDate | None = data["birth"]
        return Person(
            name=data["name"],
            id_kind=IdKind.PERSONAL if data["number"] else IdKind.NONE,
            id_number=data["number"],
            phone=data["phone"],
            address=data["address"],
            birth_year=birth.year if birth else None,
            birth_month=birth.month if birth else None,
            birth_day=birth.day if birth else None,
        )

    def _filer(self) -> Person | None:
        data = self.cleaned_data
        if not data["for_other"]:
            return None
        return Person(
            name=data["filer_name"],
            id_kind=IdKind.PERSONAL if data["filer_number"] else IdKind.NONE,
            id_number=data["filer_number"],
            phone=data["filer_phone"],
            mandate=data["mandate"],
        )

    def _identity_check(self) -> IdentityCheck:
        """A ticked paper to be shown is the identity check."""
        shown = [p for p in self.shown_papers if p.kind == PaperKind.PRESENTED]
        seen = any(self.cleaned_data.get(paper_field(paper)) for paper in shown)
        return IdentityCheck.PAPER_SEEN if seen else IdentityCheck.NONE

    def _papers_taken(self) -> tuple[PaperTaken, ...]:
        return tuple(
            self._taken(paper)
            for paper in self.shown_papers
            if paper_field(paper) in self.fields
            and (self.cleaned_data.get(paper_field(paper)) or self.cleaned_data["papers_in_database"])
        )

    def _taken(self, paper: RequiredPaper) -> PaperTaken:
        name, data = paper_field(paper), self.cleaned_data
        if not data.get(name):
            note = gettext("Khai thác từ cơ sở dữ liệu, không thu")
            return PaperTaken(paper.name, PaperKind.DATA, note=note, required_paper_id=paper.pk)
        return PaperTaken(
            paper.name,
            paper.kind,
            originals=data.get(f"{name}-originals") or 0,
            certified_copies=data.get(f"{name}-certified") or 0,
            photocopies=data.get(f"{name}-photo") or 0,
            note=gettext("Đã xem, không thu") if paper.kind == PaperKind.PRESENTED else "",
            required_paper_id=paper.pk,
        )


COUNT_LABELS = {
    "originals": _("Bản chính"),
    "certified": _("Bản sao chứng thực"),
    "photo": _("Bản photo"),
}


def paper_field(paper: RequiredPaper) -> str:
    """The name of the mark of a paper in the form."""
    return f"paper-{paper.code}"


def _named(categories: Sequence[str]) -> list[tuple[str, Any]]:
    return [(slug, Category(slug).label) for slug in categories]


def _closing(day: dt.date | None) -> dt.datetime | None:
    """A typed date is promised for the end of the office's afternoon."""
    return dt.datetime.combine(day, dt.time(17), LOCAL) if day else None
