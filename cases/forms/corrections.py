"""Putting a case right: what was typed wrong, a case entered by mistake, a receipt printed once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cases.actions.facts import OF_PAPER, corrected_kind, facts_of, paper_fact, party_fact, twins_of
from cases.choices import Delivery, PartyRole
from cases.forms.fields import (
    CountField,
    IdNumberField,
    OneOfField,
    PartialDateField,
    PhoneField,
    TextField,
    VersionField,
)
from cases.forms.moves import MoveForm, ReasonForm
from cases.models import Case, CasePaper, CaseParty
from staff.templatetags.office import phone
from staff.text import mask_number

MOST_COPIES: Final = 9999
PART_LABELS: Final[Mapping[str, Any]] = {
    "name": _("Họ và tên"),
    "number": _("Số giấy tờ"),
    "birth": _("Ngày sinh"),
    "phone": _("Điện thoại"),
    "email": _("Thư điện tử"),
    "address": _("Nơi ở"),
    "mandate": _("Giấy ủy quyền"),
    "originals": _("Bản chính"),
    "certified_copies": _("Bản sao chứng thực"),
    "photocopies": _("Bản photo"),
    "note": _("Ghi chú"),
    "delivery": _("Nhận kết quả"),
    "delivery_address": _("Địa chỉ nhận kết quả"),
    "summary": _("Nội dung yêu cầu"),
}


@dataclass(frozen=True)
class Sheet:
    """What of a case may be corrected: its people, each once, its papers and every fact."""

    parties: Sequence[CaseParty]
    papers: Sequence[CasePaper]
    facts: Mapping[str, str]


def sheet_of(case: Case) -> Sheet:
    """The sheet of a case as it is now."""
    twins = {twin.pk for twin in twins_of(case).values()}
    parties = [party for party in case.parties.all() if party.pk not in twins]
    return Sheet(parties, list(case.papers.all()), facts_of(case))


def _shown(name: str, present: str) -> str:
    return {"number": "", "phone": phone(present)}.get(name.rpartition("-")[2], present)


class AmendForm(MoveForm):
    """Every fact with its present value; a number is never shown whole, and one left empty stays."""

    delivery = OneOfField(label=PART_LABELS["delivery"], choices=Delivery.choices)
    delivery_address = TextField(label=PART_LABELS["delivery_address"], max_length=300, required=False)
    summary = TextField(
        label=PART_LABELS["summary"],
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        attrs={"rows": 2, "lang": "vi"},
    )
    reason = TextField(
        label=_("Lý do sửa"),
        max_length=500,
        widget=forms.Textarea,
        attrs={"rows": 2},
        help_text=_("không ghi họ tên, số giấy tờ"),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        """Lay out the fields of these people and papers."""
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for party in sheet.parties:
            self._add_party(party)
        for paper in sheet.papers:
            self._add_paper(paper)
        shown = {name: _shown(name, text) for name, text in sheet.facts.items() if name in self.fields}
        self.initial = {**self.initial, **shown}
        of_case = ("delivery", "delivery_address", "summary")
        self.order_fields([*self._names("party-"), *of_case, *self._names("paper-"), "reason"])

    def clean(self) -> dict[str, Any]:
        """What nobody touched is not judged; a result by post needs an address."""
        for name in [name for name in self.errors if name in self.sheet.facts]:
            if self.data.get(name) == self.initial[name]:
                del self.errors[name]
                self.cleaned_data[name] = self.sheet.facts[name]
        data = self.cleaned_data
        for party in self.sheet.parties:
            name = party_fact(party, "number")
            if name in data and corrected_kind(party, data[name]) is None:
                message = _("Chưa rõ số này của giấy tờ nào, ông bà xem lại.")
                self.add_error(name, ValidationError(message, code="number_invalid"))
        addresses = [text for name, text in data.items() if name.endswith("address") and text]
        if data.get("delivery") == Delivery.POST and not addresses:
            message = _("Gửi bưu chính thì cần địa chỉ nhận.")
            self.add_error("delivery_address", ValidationError(message, code="required"))
        return data

    def arguments(self) -> dict[str, Any]:
        """The facts as text; an empty number says nothing."""
        facts = {name: self._text(name) for name in self.fields if name in self.sheet.facts}
        kept = {name: text for name, text in facts.items() if text or not name.endswith("-number")}
        return {"version": self.cleaned_data["version"], "facts": kept, "reason": self.cleaned_data["reason"]}

    def typed_on(self, seen: Mapping[str, str]) -> dict[str, str]:
        """What was typed on a page that showed these facts, with the present ones where nothing was typed."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        untouched = [name for name in seen if name in typed and typed[name] == _shown(name, seen[name])]
        return typed | {name: str(self.initial[name]) for name in untouched}

    @property
    def people(self) -> list[tuple[str, list[BoundField]]]:
        """Each person with the fields that belong to him."""
        return [
            (str(party.get_role_display()), [self[name] for name in self._names(f"party-{party.pk}-")])
            for party in self.sheet.parties
        ]

    @property
    def paper_rows(self) -> list[tuple[str, list[BoundField]]]:
        """Each paper with its counts and its note."""
        return [
            (paper.name, [self[name] for name in self._names(f"paper-{paper.pk}-")])
            for paper in self.sheet.papers
        ]

    def _names(self, begin: str) -> list[str]:
        return [name for name in self.fields if name.startswith(begin)]

    def _text(self, name: str) -> str:
        value = self.cleaned_data[name]
        if self.data.get(name) == self.initial[name] and not name.endswith("-number"):
            return self.sheet.facts[name]
        return "" if value is None else str(value)

    def _add_party(self, party: CaseParty) -> None:
        texts = {"name": 200, "email": 254, "address": 300, "mandate": 300}
        if party.role == PartyRole.PRINCIPAL and not party.mandate:
            del texts["mandate"]
        for part, most in texts.items():
            field = TextField(label=PART_LABELS[part], max_length=most, required=part == "name")
            self.fields[party_fact(party, part)] = field
        dated = PartialDateField(label=PART_LABELS["birth"], max_length=20, required=False)
        self.fields[party_fact(party, "birth")] = dated
        self.fields[party_fact(party, "phone")] = PhoneField(
            label=PART_LABELS["phone"], max_length=30, required=False, attrs={"inputmode": "tel"}
        )
        self._add_number(party)
        parts = ("name", "number", "birth", "phone", "email", "address", "mandate")
        self.order_fields([party_fact(party, part) for part in parts])

    def _add_number(self, party: CaseParty) -> None:
        name = party_fact(party, "number")
        present = mask_number(self.sheet.facts[name])
        hint = _("đang ghi %(number)s, để trống nếu giữ nguyên") % {"number": present} if present else ""
        self.fields[name] = IdNumberField(
            label=PART_LABELS["number"], max_length=30, required=False, help_text=hint
        )

    def _add_paper(self, paper: CasePaper) -> None:
        for part in OF_PAPER:
            label = f"{PART_LABELS[part]}: {paper.name}"
            name = paper_fact(paper, part)
            self.fields[name] = (
                TextField(label=label, max_length=300, required=False)
                if part == "note"
                else CountField(label=label, high=999)
            )
            self.fields[name].widget.attrs["aria-label"] = label


class VoidForm(ReasonForm):
    """Why the case should never have been entered."""


class ReprintForm(forms.Form):
    """After which copy the next one comes, and why if somebody says so."""

    after = VersionField(min_value=1, max_value=MOST_COPIES, unreadable=MOST_COPIES + 1)
    reason = TextField(label=_("Lý do in lại"), max_length=300, required=False)
