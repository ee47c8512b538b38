"""The screen of reception read as a slip: who, for which procedure, and what stands in the way."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions import SlipIntake
from cases.choices import SlipKind
from cases.forms.intake import IntakeForm
from staff.models import ReceptionPoint

JUDGED = ("procedure", "name", "phone", "filer_name", "filer_phone", "slip_reason")
"""What a slip is made of; whatever else stands on the screen is left for the day of registration."""


class SlipForm(IntakeForm):
    """What was typed for a case that does not come about."""

    def __init__(self, *args: Any, kind: SlipKind, **kwargs: Any) -> None:
        """The same screen, read for this kind of slip."""
        super().__init__(*args, **kwargs)
        self.kind = kind

    def full_clean(self) -> None:
        """Check what the slip says and nothing else."""
        super().full_clean()
        for name in [name for name in self.errors if name not in JUDGED]:
            del self.errors[name]
        if self.is_bound and "slip_reason" not in self.errors and not self._says_something():
            self.add_error("slip_reason", ValidationError(self._what_to_say(), code="required"))

    def check_papers(self, data: Any) -> None:
        """A paper that is not there is what the slip is for."""

    def _says_something(self) -> bool:
        # Without a procedure no list of papers is known yet; that is said at its own field.
        is_enough = self.kind == SlipKind.GUIDANCE and bool(self.version is None or self.missing_papers())
        return is_enough or bool(self.cleaned_data.get("slip_reason"))

    def _what_to_say(self) -> Any:
        if self.kind == SlipKind.REFUSAL:
            return _("Ông bà ghi lý do từ chối.")
        return _("Ông bà ghi nội dung cần bổ sung, vì giấy tờ đã đủ.")

    def missing_papers(self) -> list[str]:
        """The names of the papers that a guidance slip asks for, all at once."""
        if self.kind == SlipKind.REFUSAL:
            return []
        return [paper.name for paper in self.papers_missing(self.cleaned_data)]

    def to_slip(self, *, point: ReceptionPoint) -> SlipIntake:
        """What the slip will say, as one value."""
        data = self.cleaned_data
        is_for_other = bool(data.get("for_other"))
        return SlipIntake(
            intake_key=data.get("intake_key") or uuid.uuid4(),
            kind=self.kind,
            procedure_code=data["procedure"],
            reception_point_id=point.pk,
            name=data["name"],
            phone=data["phone"],
            filer=data["filer_name"] if is_for_other else "",
            filer_phone=data["filer_phone"] if is_for_other else "",
            missing=self.missing_papers(),
            reason=data["slip_reason"],
        )
