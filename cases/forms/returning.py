"""The citizen who was here before: the card as it is read, data declared earlier, the same request twice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cases.cards import LONGEST, read_card
from cases.earlier import Sought
from cases.forms.fields import PartialDate
from cases.forms.papers import PapersForm
from cases.lookups import same_requests
from cases.models import Case, CaseParty
from staff.encryption import blind_index
from staff.text import fold

if TYPE_CHECKING:
    from cases.forms.intake import OnOffer

FROM_CARD: Final = {
    "number": ("number", "name", "birth", "address"),
    "filer_number": ("filer_number", "filer_name", "", ""),
}
"""A card read into one of these fields fills these: number, name, birth, address."""


class TickFor(forms.CharField):
    """A tick that holds for what stood beside it when it was made; what cannot be read is no tick."""

    def clean(self, value: Any) -> str:
        """What the tick was made for, or nothing."""
        return value if isinstance(value, str) else ""


class ReturningForm(PapersForm):
    """The part of reception that knows whom the commune has served before."""

    offer: "OnOffer"
    is_draft = False

    recall_agreed = TickFor(label=_("Người dân đồng ý dùng lại dữ liệu đã khai"), required=False)
    another_request = TickFor(label=_("Vẫn tiếp nhận, đây là yêu cầu khác"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave room in the fields of numbers for a whole card, which a reader types into them."""
        super().__init__(*args, **kwargs)
        for name in FROM_CARD.keys() & self.fields.keys():
            self.fields[name].widget.attrs["maxlength"] = str(LONGEST)

    if TYPE_CHECKING:

        def readable(self) -> dict[str, Any]:
            """What can be read so far; the whole screen knows."""

    @cached_property
    def is_known_here(self) -> bool:
        """Whether this commune knows the number; that it does is all that is said before the consent."""
        number = self._number() if self.is_bound else ""
        known = CaseParty.objects.visible_to(self.offer.actor)
        return bool(number) and known.numbered(blind_index(number)).exists()

    @property
    def known_number(self) -> str:
        """The number that the offer, and so the consent, is about."""
        return self._number() if self.is_known_here else ""

    @property
    def is_agreed(self) -> bool:
        """Whether the citizen agreed, and to the number that stands there now."""
        return bool(self._number()) and self.readable().get("recall_agreed") == self._number()

    @cached_property
    def duplicates(self) -> Sequence[Case]:
        """Requests of this person for this procedure that are open or of today; never the form's own case."""
        actor, version = self.offer.actor, self.version
        if actor is None or version is None:
            return []
        return same_requests(
            actor,
            self._sought(),
            procedure_id=version.procedure_id,
            day=self.offer.day,
            intake_key=self.readable().get("intake_key"),
        )

    @property
    def duplicates_shown(self) -> str:
        """What the tick beside the warning is made for: the codes that it names."""
        return " ".join(case.code for case in self.duplicates)

    @property
    def is_another(self) -> bool:
        """Whether the clerk saw these very cases and says that this request is another one."""
        return self.readable().get("another_request") == self.duplicates_shown

    def check_duplicates(self) -> None:
        """Ask once: a warning, not a wall."""
        if not self.is_draft and self.duplicates and not self.is_another:
            message = _("Người này đang có hồ sơ cùng thủ tục. Nếu là yêu cầu khác, ông bà đánh dấu ô này.")
            self.add_error("another_request", ValidationError(message, code="duplicate"))

    def take_over(self, party: CaseParty) -> None:
        """Fill the fields that are still empty with what was declared earlier."""
        data = cast("QueryDict", self.data)
        for name, value in declared(party).items():
            if not data.get(name, "").strip():
                data[name] = value
        self._errors = None
        self.__dict__.pop("duplicates", None)

    def _number(self) -> str:
        return str(self.readable().get("number") or "")

    def _sought(self) -> Sought:
        if not self.is_bound:
            return Sought()
        typed, number = self.readable(), self._number()
        birth: PartialDate | None = typed.get("birth") or None
        return Sought(
            blind_index(number) if number else None,
            fold(typed.get("name") or ""),
            birth.year if birth else None,
        )


def declared(party: CaseParty) -> dict[str, str]:
    """What a person declared, in the words of the form."""
    birth = PartialDate(party.birth_year, party.birth_month, party.birth_day) if party.birth_year else ""
    return {"name": party.name, "birth": str(birth), "address": party.address, "phone": party.phone}


def with_cards(data: QueryDict) -> QueryDict:
    """What was sent, with a card that was read into a field of a number laid out over its fields."""
    for field, names in FROM_CARD.items():
        card = read_card(data.get(field) or "")
        if card:
            said = (card.number, card.name, f"{card.birth:%d/%m/%Y}", card.address)
            for name, value in zip(names, said, strict=True):
                if name:
                    data[name] = value
    return data
