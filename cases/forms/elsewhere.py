"""The rare choice of reception: another commune, or an agency that is none, decides on this case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import Elsewhere
from cases.forms.fields import CountField, OneOfField, TextField
from staff.errors import OfficeError
from staff.models import Agency, Commune
from staff.queries import agencies_named, communes_named
from staff.text import clean_text, fold

MOST_PLACES: Final = 8
LARGEST_SUM: Final = 100_000_000


@dataclass(frozen=True)
class Place:
    """A commune or an agency, as it is offered."""

    of: Commune | Agency

    @property
    def pk(self) -> int:
        """The key in its own table."""
        return self.of.pk

    @property
    def is_agency(self) -> bool:
        """Whether it is no commune."""
        return isinstance(self.of, Agency)

    @property
    def key(self) -> str:
        """How the screen names it."""
        return self.of.slug if isinstance(self.of, Agency) else self.of.gso_code

    @property
    def name(self) -> str:
        """Its name in full."""
        return self.of.name

    def is_meant_by(self, words: str) -> bool:
        """Whether these words are its present name and no part of one."""
        names = {fold(self.of.name)}
        if isinstance(self.of, Commune):
            names.add(fold(self.of.short_name))
        return fold(words) in names

    def sense(self, words: str) -> str:
        """The name, and the former one that was typed."""
        return self.of.name if isinstance(self.of, Agency) else _sense(self.of, words)


class ElsewhereForm(forms.Form):
    """Who decides: a commune, found by its present or a former name, or an agency; the money noted for it."""

    elsewhere = forms.BooleanField(label=_("Nơi giải quyết khác"), required=False)
    elsewhere_place = TextField(
        label=_("Xã, phường (tên mới hoặc cũ) hoặc cơ quan giải quyết"), max_length=100, required=False
    )
    elsewhere_code = OneOfField(
        label=_("Chọn nơi giải quyết"), choices=(), required=False, widget=forms.RadioSelect
    )
    elsewhere_taken = CountField(
        label=_("Tiền đã thu tại quầy (đồng)"), high=LARGEST_SUM, initial=0, required=False
    )

    places: tuple[Place, ...] = ()

    def offer_places(self) -> None:
        """Find the places that the typed name may mean; a present name typed in full means only itself."""
        words = self._typed_name() if self.is_bound and self.data.get("elsewhere") else ""
        found = _named(words) if words else []
        exact = [place for place in found if place.is_meant_by(words)]
        self.places = tuple(exact or found[:MOST_PLACES])
        choices = [(place.key, place.sense(words)) for place in self.places]
        cast("OneOfField", self.fields["elsewhere_code"]).choices = choices

    def _typed_name(self) -> str:
        try:
            return clean_text(str(self.data.get("elsewhere_place", "")))[:100]
        except OfficeError:
            return ""

    @property
    def competent(self) -> Place | None:
        """Who decides; None as long as it is this commune, or not clear who."""
        if len(self.places) == 1:
            return self.places[0]
        wanted = self.data.get("elsewhere_code") if self.places else None
        return next((place for place in self.places if place.key == wanted), None)

    def check_elsewhere(self, data: Mapping[str, Any]) -> None:
        """Ticked means named, and only one commune is meant; at once is given only what one signs oneself."""
        if not data.get("elsewhere"):
            return
        if self.competent is None and "elsewhere_place" not in self.errors:
            self.errors.pop("elsewhere_code", None)
            self.add_error("elsewhere_place", ValidationError(self._which(), code="place_unclear"))
        if self.competent and self.competent.is_agency and data.get("elsewhere_taken"):
            message = _("Hồ sơ này thu tiền và ghi biên lai ở trang hồ sơ, ông bà để trống mục này.")
            self.add_error("elsewhere_taken", ValidationError(message, code="taken_there"))
        if data.get("immediate"):
            message = _("Hồ sơ của nơi khác không trả kết quả ngay tại quầy này.")
            self.add_error("immediate", ValidationError(message, code="not_here"))

    def _which(self) -> Any:
        if self.places:
            return _("Có nhiều nơi khớp tên này. Ông bà chọn một nơi trong danh sách.")
        return _("Không có nơi nào khớp. Ông bà gõ tên mới hoặc cũ của xã, hoặc tên cơ quan.")

    def to_elsewhere(self) -> Elsewhere:
        """To which commune the case goes; nowhere when nothing is chosen."""
        place = self.competent
        return Elsewhere(place.pk if place else 0, self.cleaned_data["elsewhere_taken"] or 0)


def _named(words: str) -> list[Place]:
    """Communes first, half of the list at least; then agencies."""
    agencies = [Place(agency) for agency in agencies_named(words)[:MOST_PLACES]]
    communes = [Place(commune) for commune in communes_named(words)[:MOST_PLACES]]
    return [*communes[: max(MOST_PLACES - len(agencies), MOST_PLACES // 2)], *agencies]


def _sense(place: Commune, words: str) -> str:
    """The commune, and the former one whose name was typed."""
    wanted = fold(words)
    former = [
        unit.name
        for unit in place.former_communes.all()
        if wanted in unit.name_fold and unit.name_fold != place.name_fold
    ]
    if not former:
        return place.name
    return gettext("%(place)s (trước đây %(former)s)") % {
        "place": place.name,
        "former": ", ".join(former[:3]),
    }
