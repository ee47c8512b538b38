"""The people of a walk-in: who asks, who stands at the counter, who is called, who helped."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cases.actions import Person
from cases.choices import IdKind, PartyKind
from cases.forms.fields import IdNumberField, OneOfField, PartialDate, PartialDateField, PhoneField, TextField
from cases.forms.hints import NumberHint, birth_hint, id_hint, phone_hint
from cases.id_numbers import kind_of, written
from procedures.models import ProcedureVersion
from staff.language import RECORD

NUMERIC: Final = {"inputmode": "numeric"}
TEL: Final = {"inputmode": "tel"}
FIRST, SECOND, FILER = "", "second_", "filer_"
KINDS: Final = [
    ("", _("Theo số đã nhập")),
    (IdKind.PASSPORT, _("Hộ chiếu")),
    (IdKind.TAX_CODE, _("Tổ chức (mã số thuế)")),
]
KINDS_OF_PERSON: Final = KINDS[:2]
REPRESENTATIVE = _("Người đại diện theo pháp luật")
NATIONALITIES: Final = (
    "Lào", "Trung Quốc", "Đài Loan (Trung Quốc)", "Hàn Quốc", "Nhật Bản", "Campuchia", "Thái Lan", "Malaysia",
    "Singapore", "Philippines", "Indonesia", "Ấn Độ", "Hoa Kỳ", "Canada", "Úc", "Anh", "Pháp", "Đức", "Séc",
    "Ba Lan", "Nga", "Ukraina", "Không quốc tịch", "Việt Nam",
)  # fmt: skip
"""Offered while typing; any other nationality may be written."""


class PeopleForm(forms.Form):
    """The part of reception about people; rare things lie behind a tick each."""

    version: ProcedureVersion | None = None
    nationalities = NATIONALITIES
    today: dt.date

    number = IdNumberField(label=_("Số định danh"), max_length=30, required=False)
    birth = PartialDateField(label=_("Ngày sinh"), max_length=20, required=False, attrs=NUMERIC)
    name = TextField(
        label=_("Họ và tên"),
        max_length=200,
        error_messages={"required": _("Ông bà nhập họ và tên chủ hồ sơ.")},
    )
    phone = PhoneField(label=_("Điện thoại"), max_length=30, required=False, attrs=TEL)
    address = TextField(label=_("Nơi ở"), max_length=300, required=False)
    other_paper = forms.BooleanField(label=_("Tổ chức, người nước ngoài"), required=False)
    id_kind = OneOfField(label=_("Loại giấy tờ"), choices=KINDS, required=False)
    nationality = TextField(
        label=_("Quốc tịch"), max_length=60, required=False, attrs={"list": "nationalities"}
    )
    second_number = IdNumberField(label=_("Số định danh bên kia"), max_length=30, required=False)
    second_birth = PartialDateField(
        label=_("Ngày sinh bên kia"), max_length=20, required=False, attrs=NUMERIC
    )
    second_name = TextField(label=_("Họ và tên bên kia"), max_length=200, required=False)
    second_phone = PhoneField(label=_("Điện thoại bên kia"), max_length=30, required=False, attrs=TEL)
    second_address = TextField(label=_("Nơi ở bên kia"), max_length=300, required=False)
    second_other_paper = forms.BooleanField(label=_("Bên kia là người nước ngoài"), required=False)
    second_id_kind = OneOfField(label=_("Loại giấy tờ bên kia"), choices=KINDS_OF_PERSON, required=False)
    second_nationality = TextField(
        label=_("Quốc tịch bên kia"), max_length=60, required=False, attrs={"list": "nationalities"}
    )
    for_other = forms.BooleanField(label=_("Nộp thay (ủy quyền)"), required=False)
    filer_name = TextField(label=_("Họ và tên người nộp"), max_length=200, required=False)
    filer_number = IdNumberField(label=_("Số định danh người nộp"), max_length=30, required=False)
    filer_phone = PhoneField(label=_("Điện thoại người nộp"), max_length=30, required=False, attrs=TEL)
    mandate = TextField(label=_("Giấy ủy quyền"), max_length=300, required=False)
    filer_id_kind = OneOfField(label=_("Loại giấy tờ người nộp"), choices=KINDS_OF_PERSON, required=False)
    is_representative = forms.BooleanField(label=REPRESENTATIVE, required=False)
    has_contact = forms.BooleanField(label=_("Không có điện thoại"), required=False)
    contact_name = TextField(label=_("Người liên lạc"), max_length=200, required=False)
    contact_phone = PhoneField(label=_("Điện thoại người liên lạc"), max_length=30, required=False, attrs=TEL)
    contact_relation = TextField(label=_("Quan hệ với chủ hồ sơ"), max_length=120, required=False)
    has_helper = forms.BooleanField(label=_("Có người hỗ trợ"), required=False)
    helper_name = TextField(label=_("Người hỗ trợ"), max_length=200, required=False)
    helper_from = TextField(label=_("Đơn vị, tổ công nghệ số"), max_length=120, required=False)

    def add_people(self, today: dt.date) -> None:
        """Ask for a second principal only where the procedure has two."""
        self.today = today
        self.has_second = self.version is not None and self.version.procedure.principals > 1
        if not self.has_second:
            for name in [name for name in self.fields if name.startswith(SECOND)]:
                del self.fields[name]

    @property
    def is_organisation(self) -> bool:
        """Whether an organisation asks, by its tax code or because the clerk said so."""
        return self._kind(self._typed(), FIRST) == IdKind.TAX_CODE

    @property
    def people_hints(self) -> list[NumberHint]:
        """What number, date of birth and telephone say by themselves."""
        return self._hints(FIRST)

    @property
    def second_hints(self) -> list[NumberHint]:
        """The same of the second principal."""
        return self._hints(SECOND) if self.has_second else []

    def _typed(self) -> Mapping[str, Any]:
        return self.cleaned_data if hasattr(self, "cleaned_data") else {}

    def _hints(self, part: str) -> list[NumberHint]:
        typed = self._typed()
        birth: PartialDate | None = typed.get(f"{part}birth")
        hints = [
            id_hint(
                self._kind(typed, part),
                typed.get(f"{part}number") or "",
                birth_year=birth.year if birth else None,
            ),
            birth_hint(birth.year, birth.month, birth.day, today=self.today) if birth else None,
            phone_hint(typed.get(f"{part}phone") or ""),
        ]
        return [hint for hint in hints if hint]

    def _chosen(self, data: Mapping[str, Any], part: str) -> str:
        """The kind that the clerk chose; what stands behind an empty tick counts as not chosen."""
        is_shown = part == FILER or data.get(f"{part}other_paper")
        return str(data.get(f"{part}id_kind") or "") if is_shown else ""

    def _kind(self, data: Mapping[str, Any], part: str) -> IdKind:
        chosen, number = self._chosen(data, part), str(data.get(f"{part}number") or "")
        if not number:
            # An organisation without a tax code is an organisation all the same.
            return IdKind.TAX_CODE if chosen == IdKind.TAX_CODE else IdKind.NONE
        return _kind_for(part, number.replace("-", ""), chosen) or IdKind.NONE

    def check_people(self, data: dict[str, Any]) -> None:
        """Every number is of a known kind, and nobody is named half."""
        for part in (FIRST, SECOND, FILER):
            self._check_number(data, part)
        organisation = self.is_organisation
        data["for_other"] = bool(data.get("for_other") or organisation)
        self.need(data, "for_other", {"filer_name": _("Ông bà nhập họ và tên người nộp.")})
        if organisation and not data.get("is_representative"):
            text = _("Ông bà ghi giấy ủy quyền, hoặc đánh dấu người đại diện theo pháp luật.")
            self.need(data, "for_other", {"mandate": text})
        contact = {
            "contact_name": _("Ông bà nhập họ và tên người liên lạc."),
            "contact_phone": _("Ông bà nhập điện thoại người liên lạc."),
        }
        self.need(data, "has_contact", contact)
        self.need(data, "has_helper", {"helper_name": _("Ông bà nhập họ và tên người hỗ trợ.")})
        if self.has_second:
            self.need({"here": True} | data, "here", {"second_name": _("Ông bà nhập họ và tên bên kia.")})

    def _check_number(self, data: dict[str, Any], part: str) -> None:
        """Write the number as it is kept; one of no known form is asked about at its field."""
        number = str(data.get(f"{part}number") or "")
        kind = _kind_for(part, number, self._chosen(data, part))
        if kind is None:
            self.add_error(f"{part}number", _unknown(number, is_chosen=bool(self._chosen(data, part))))
            return
        if number:
            data[f"{part}number"] = written(kind, number)
        if kind == IdKind.PASSPORT and part != FILER:
            self.need(data, f"{part}other_paper", {f"{part}nationality": _("Ông bà ghi quốc tịch.")})

    def need(self, data: Mapping[str, Any], flag: str, wanted: Mapping[str, Any]) -> None:
        """Where the flag is set, complain of each wanted field that is empty."""
        for name, message in wanted.items():
            if data.get(flag) and not data.get(name) and name not in self.errors:
                self.complain(name, message)

    def complain(self, name: str, message: Any) -> None:
        """Say at a field that it has to be filled."""
        self.add_error(name, ValidationError(message, code="required"))

    def principal(self) -> Person:
        """Who asks."""
        return self._person(FIRST)

    def others(self) -> tuple[Person, ...]:
        """Who asks together with the principal."""
        return (self._person(SECOND),) if self.has_second else ()

    def filer(self) -> Person | None:
        """Who stands at the counter, when it is somebody else."""
        return self._person(FILER, mandate=self._mandate()) if self.cleaned_data["for_other"] else None

    def contact(self) -> Person | None:
        """Who is called instead of somebody without a telephone."""
        data = self.cleaned_data
        if not data["has_contact"]:
            return None
        return Person(data["contact_name"], phone=data["contact_phone"], relation=data["contact_relation"])

    def helper(self) -> Person | None:
        """Who helped to fill in and files nothing."""
        data = self.cleaned_data
        return Person(data["helper_name"], relation=data["helper_from"]) if data["has_helper"] else None

    def _mandate(self) -> str:
        """On what ground somebody files for another, as it is kept whatever the screen speaks."""
        if not (self.is_organisation and self.cleaned_data["is_representative"]):
            return str(self.cleaned_data["mandate"])
        with translation.override(RECORD):
            return "; ".join(part for part in (str(REPRESENTATIVE), self.cleaned_data["mandate"]) if part)

    def _person(self, part: str, *, mandate: str = "") -> Person:
        data = self.cleaned_data
        birth: PartialDate | None = data.get(f"{part}birth")
        kind = self._kind(data, part)
        return Person(
            name=data[f"{part}name"],
            id_kind=kind if data[f"{part}number"] else IdKind.NONE,
            id_number=data[f"{part}number"],
            phone=data[f"{part}phone"],
            address=data.get(f"{part}address", ""),
            birth_year=birth.year if birth else None,
            birth_month=birth.month if birth else None,
            birth_day=birth.day if birth else None,
            kind=PartyKind.ORGANISATION if kind == IdKind.TAX_CODE else PartyKind.PERSON,
            nationality=data.get(f"{part}nationality", "") if data.get(f"{part}other_paper") else "",
            mandate=mandate,
        )


def _kind_for(part: str, number: str, chosen: str) -> IdKind | None:
    """The kind of a number; a tax code is only the principal's, for everybody else is a natural person."""
    kind = kind_of(number, chosen)
    return None if kind == IdKind.TAX_CODE and part != FIRST else kind


def _unknown(number: str, *, is_chosen: bool) -> ValidationError:
    """What to do about a number that is of no known form."""
    if is_chosen:
        text = _("Số này không đúng dạng của loại giấy tờ đã chọn.")
        return ValidationError(text, code="number_not_of_kind")
    if number.isdigit():
        return ValidationError(
            _("Số định danh có đúng 12 chữ số, ông bà đã nhập %(n)s ký tự."),
            code="number_invalid",
            params={"n": len(number)},
        )
    text = _("Chưa rõ số này của giấy tờ nào. Hộ chiếu nước ngoài thì chọn loại giấy tờ “Hộ chiếu”.")
    return ValidationError(text, code="number_invalid")
