"""The one screen of reception: what a clerk types about a walk-in, checked and made into an ``Intake``."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.actions import Immediate, Intake
from cases.actions.counter import NOT_YOUR_FIELD, Rules
from cases.choices import Delivery
from cases.forms.elsewhere import ElsewhereForm
from cases.forms.fields import (
    CountField,
    DayField,
    KeyField,
    OneOfField,
    SlipKeyField,
    TextField,
)
from cases.forms.late import LateForm
from cases.forms.people import PeopleForm
from cases.forms.returning import ReturningForm, with_cards
from procedures.choices import Category, Channel, FeeUnit
from procedures.models import ProcedureVersion
from staff.actor import Actor
from staff.clock import localdate
from staff.figures import day_text
from staff.models import Membership, ReceptionPoint
from staff.work_calendar import CalendarMissing, WorkCalendar

CHANNEL_WORDS = {
    Channel.COUNTER: _("Trực tiếp"),
    Channel.ONLINE: _("Nộp giúp trực tuyến"),
    Channel.POST: _("Bưu chính"),
}
FARTHEST_DAYS = 730


@dataclass(frozen=True)
class OnOffer:
    """What may be chosen at this counter on this day; without a version no procedure is chosen yet.

    ``at`` is now; ``received_at``, on ``day``, is when the citizen came: earlier where the clerk typed so.
    """

    version: ProcedureVersion | None
    day: dt.date
    calendar: WorkCalendar
    channels: Sequence[str] = ()
    categories: Sequence[str] = ()
    signers: Sequence[Membership] = ()
    actor: Actor | None = None
    at: dt.datetime | None = None
    received_at: dt.datetime | None = None
    rules: Rules | None = None


class IntakeForm(LateForm, ElsewhereForm, PeopleForm, ReturningForm):
    """A walk-in on one screen."""

    intake_key = KeyField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    slip = SlipKeyField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    procedure = TextField(
        label=_("Thủ tục"), max_length=200, error_messages={"required": _("Ông bà tìm và chọn thủ tục.")}
    )
    situation = OneOfField(label=_("Trường hợp"), choices=(), required=False)
    purpose = TextField(label=_("Nội dung cụ thể"), max_length=500, required=False)
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
    due_on = DayField(
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
    slip_reason = TextField(
        label=_("Nội dung cần bổ sung, hoặc lý do từ chối"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
        attrs={"rows": 3},
    )

    def __init__(self, *args: Any, offer: OnOffer, is_draft: bool = False, **kwargs: Any) -> None:
        """Lay the screen out for what is on offer; a draft shows what is typed without judging it."""
        super().__init__(*args, **kwargs)
        self.offer, self.version, self.is_draft = offer, offer.version, is_draft
        self._choose("category", [("", _("Không miễn, giảm")), *_named(offer.categories)])
        self._choose("signer", [(str(m.pk), f"{m.officer.full_name} – {m.title}") for m in offer.signers])
        self.channels_now: list[str] = list(Channel.values)
        self._offer_channels(offer.channels)
        situations = list(self.version.situations.all()) if self.version else []
        self._choose("situation", [(s.slug, s.name) for s in situations])
        self.fields["situation"].widget.attrs["lang"] = "vi"  # words of the catalogue
        self.asks = self.version.procedure.asks if self.version else ""
        if self.asks:
            self.fields["purpose"].label = self.asks
        self.situation_now = self._chosen_situation(situations)
        self.offer_places()
        self.shown_papers = self.papers_of(self.situation_now)
        self.add_papers()
        self.add_people(offer.day)
        self.order_fields(["intake_key", "procedure", "situation", "purpose", *self.paper_names()])
        if self.is_bound:
            self.data = self._settled()

    def full_clean(self) -> None:
        """Check everything; of a draft only what can be read is kept, in silence."""
        super().full_clean()
        if self.is_draft and self.is_bound:
            self.errors.clear()

    def _settled(self) -> QueryDict:
        """What was sent, with the beginnings of fields that were not on the screen when it was sent."""
        data = cast("QueryDict", self.data).copy()
        for name, field in self.fields.items():
            begin = self.get_initial_for_field(field, name)
            if name not in data and begin is not None and not isinstance(field, forms.BooleanField):
                data[name] = str(begin)
        if self.is_draft or self.version is None:
            data["situation"] = self.situation_now
        if self.version is None:
            data["category"] = ""
        if self.is_draft and data.get("channel") not in self.channels_now:
            data["channel"] = self.channels_now[0]
        return with_cards(data)

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        cast("OneOfField", self.fields[name]).choices = list(choices)

    def _offer_channels(self, channels: Sequence[str]) -> None:
        """Only the ways that the version publishes; the first one is chosen for the clerk."""
        if channels:
            self.channels_now = [c for c in Channel.values if c in channels]
            self._choose("channel", [(c, CHANNEL_WORDS[Channel(c)]) for c in self.channels_now])
            self.initial.setdefault("channel", self.channels_now[0])

    def _chosen_situation(self, situations: Sequence[Any]) -> str:
        posted = self.data.get("situation", "") if self.is_bound else self.initial.get("situation", "")
        slugs = [situation.slug for situation in situations]
        return posted if posted in slugs else next(iter(slugs), "")

    def summary(self) -> str:
        """What the procedure asks beside the papers, with its name; nothing where it asks nothing."""
        said = self.cleaned_data["purpose"] if self.asks else ""
        return f"{self.asks}: {said}" if said else ""

    @property
    def counts_copies(self) -> bool:
        """Whether some fee counts by the copy."""
        return self._counts_by(FeeUnit.PER_COPY, FeeUnit.PER_PAGE)

    @property
    def counts_pages(self) -> bool:
        """Whether some fee counts by the page."""
        return self._counts_by(FeeUnit.PER_PAGE)

    def _counts_by(self, *units: FeeUnit) -> bool:
        fees = self.version.fee_items.all() if self.version else []
        return any(fee.unit in units for fee in fees)

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
        if self.offer.actor and not self.offer.actor.sees_field(self.version.procedure.field.code):
            raise ValidationError(NOT_YOUR_FIELD, code="not_your_field")
        return str(self.version.procedure.code)

    def clean_due_on(self) -> dt.date | None:
        """A day on which the result can be fetched; a year without calendar is taken on trust."""
        day: dt.date | None = self.cleaned_data["due_on"]
        if day is None:
            return None
        today = localdate(self.offer.at) if self.offer.at else self.offer.day
        if day < today:
            raise ValidationError(_("Ngày hẹn không được trước hôm nay."), code="due_in_the_past")
        if (day - today).days > FARTHEST_DAYS:
            raise ValidationError(_("Ngày hẹn xa quá hai năm, ông bà xem lại."), code="due_too_far")
        if not _may_be_worked_on(day, self.offer.calendar):
            raise ValidationError(
                _("%(day)s là ngày nghỉ, ông bà chọn một ngày làm việc."),
                code="due_on_day_off",
                params={"day": day_text(day)},
            )
        return day

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        data = self.cleaned_data
        self.check_people(data)
        if data.get("delivery") == Delivery.POST and not (
            data.get("delivery_address") or data.get("address")
        ):
            self.complain("delivery_address", _("Gửi bưu chính thì cần địa chỉ nhận."))
        self.need(
            data,
            "immediate",
            {"result_number": _("Ông bà nhập số kết quả."), "signer": _("Ông bà chọn người đã ký.")},
        )
        self.check_papers(data)
        self.check_duplicates()
        self.check_late(data, self.offer.at)
        self.check_elsewhere(data)
        return data

    def need_day(self) -> None:
        """Ask for the day and its reason, because no limit can be computed."""
        if self.is_bound and not self.is_draft:
            self.need(
                self.cleaned_data | {"is_bound": True},
                "is_bound",
                {
                    "due_on": _("Thủ tục này chưa có thời hạn tính được. Ông bà ghi ngày hẹn."),
                    "due_reason": _("Ông bà ghi lý do hẹn ngày này."),
                },
            )

    def to_intake(self, *, point: ReceptionPoint) -> Intake:
        """Everything the clerk typed as one value."""
        data = self.cleaned_data
        return Intake(
            intake_key=data["intake_key"] or uuid.uuid4(),
            procedure_code=data["procedure"],
            situation=data["situation"],
            channel=Channel(data["channel"]),
            reception_point_id=point.pk,
            principal=self.principal(),
            others=self.others(),
            filer=self.filer(),
            contact=self.contact(),
            helper=self.helper(),
            papers=self.papers_taken(),
            delivery=Delivery(data["delivery"]),
            delivery_address=data["delivery_address"],
            identity_check=self.identity_check(),
            summary=self.summary(),
            copies=data["copies"] or 1,
            pages=data["pages"] or 1,
            categories=frozenset({data["category"]} - {""}),
            due_on=data["due_on"],
            due_reason=data["due_reason"],
            immediate=Immediate(data["result_number"], int(data["signer"])) if data["immediate"] else None,
            slip=data["slip"],
            is_recalled=self.is_agreed,
            late=self.late_entry(),
        )


def _may_be_worked_on(day: dt.date, calendar: WorkCalendar) -> bool:
    try:
        return calendar.is_working_day(day)
    except CalendarMissing:
        return True


def _named(categories: Sequence[str]) -> list[tuple[str, Any]]:
    return [(slug, Category(slug).label) for slug in categories]
