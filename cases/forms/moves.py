"""What an officer types with a move. Every form carries the version of the case that the page showed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import AgencyResult
from cases.choices import Action
from cases.forms.fields import OneOfField, TextField, VersionField
from staff.models import Membership


class MoveForm(forms.Form):
    """The version alone: enough for a move that asks nothing."""

    version = VersionField()

    def arguments(self) -> dict[str, Any]:
        """The keywords of the action."""
        return dict(self.cleaned_data)

    def refuse(self, message: str, *, version: int) -> None:
        """Say why the office refuses; what was typed stays, for the case as it is now."""
        self.add_error(None, message)
        self.data = {name: self.data.get(name, "") for name in self.fields} | {"version": version}


class ForwardForm(MoveForm):
    """To whom the case goes; nobody chosen means the office of the field."""

    holder = OneOfField(label=_("Chuyển cho"), choices=(), required=False)
    nobody: Sequence[tuple[str, Any]] = (("", _("Bộ phận chuyên môn, chưa chọn người")),)

    def __init__(self, *args: Any, handlers: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(member.officer_id), f"{member.officer.full_name} – {member.title}") for member in handlers
        ]
        self.fields["holder"].choices = [*named, *self.nobody]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """The holder as an officer's key, or None."""
        holder = self.cleaned_data["holder"]
        return {"version": self.cleaned_data["version"], "holder_id": int(holder) if holder else None}


class ColleagueForm(ForwardForm):
    """The colleague who goes on with the case."""

    holder = OneOfField(label=_("Giao cho đồng nghiệp"), choices=())
    nobody = ()


class SubmitForm(MoveForm):
    """The proposed result."""

    granted = OneOfField(
        label=_("Kết quả"),
        choices=[("yes", _("Đồng ý giải quyết")), ("no", _("Từ chối giải quyết"))],
        initial="yes",
    )
    body = TextField(label=_("Nội dung kết quả"), max_length=1000, widget=forms.Textarea, attrs={"rows": 3})

    def arguments(self) -> dict[str, Any]:
        """Granted as yes or no."""
        return {**self.cleaned_data, "granted": self.cleaned_data["granted"] == "yes"}


class ApproveForm(MoveForm):
    """The number under which the result is signed."""

    number = TextField(label=_("Số kết quả"), max_length=60)
    remark = TextField(label=_("Ý kiến"), max_length=500, required=False)


class ReasonForm(MoveForm):
    """Why."""

    reason = TextField(label=_("Lý do"), max_length=500, widget=forms.Textarea, attrs={"rows": 2})


class HandOverForm(MoveForm):
    """Who took the result."""

    collector = TextField(label=_("Người nhận kết quả"), max_length=200, required=False)


class AgencyResultForm(MoveForm):
    """What the agency decided, as it stands on its paper."""

    granted = OneOfField(
        label=_("Kết quả"),
        choices=[("yes", _("Đồng ý giải quyết")), ("no", _("Từ chối giải quyết"))],
        initial="yes",
    )
    number = TextField(label=_("Số kết quả"), max_length=60)
    signed_on = forms.DateField(
        label=_("Ngày ký"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"class": "in", "inputmode": "numeric", "autocomplete": "off"}, format="%d/%m/%Y"
        ),
        error_messages={
            "required": _("Ông bà nhập ngày ký ghi trên kết quả."),
            "invalid": _("Nhập ngày dạng 26/11/2026."),
        },
    )
    signer = TextField(label=_("Người ký"), max_length=200)
    body = TextField(label=_("Nội dung kết quả"), max_length=1000, widget=forms.Textarea, attrs={"rows": 3})

    def arguments(self) -> dict[str, Any]:
        """The version, and the decision as one value."""
        data = dict(self.cleaned_data)
        version = data.pop("version")
        return {"version": version, "result": AgencyResult(**data | {"granted": data["granted"] == "yes"})}


FORMS: Final[Mapping[Action, type[MoveForm]]] = {
    Action.FORWARD: ForwardForm,
    Action.CLAIM: MoveForm,
    Action.HAND_ON: ColleagueForm,
    Action.ASSIGN: ColleagueForm,
    Action.SUBMIT: SubmitForm,
    Action.APPROVE: ApproveForm,
    Action.SEND_BACK: ReasonForm,
    Action.HAND_OVER: HandOverForm,
    Action.WITHDRAW: ReasonForm,
    Action.SEND_TO_AGENCY: MoveForm,
    Action.AGENCY_RESULT: AgencyResultForm,
}
