"""The rare choice of reception: another commune decides on this case."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import Elsewhere
from cases.forms.fields import CountField, OneOfField, TextField
from staff.errors import OfficeError
from staff.models import Commune
from staff.queries import communes_named
from staff.text import clean_text, fold

MOST_PLACES: Final = 8
LARGEST_SUM: Final = 100_000_000


class ElsewhereForm(forms.Form):
    """Which commune decides, found by its present or a former name, and the money noted for it."""

    elsewhere = forms.BooleanField(label=_("Nơi giải quyết khác"), required=False)
    elsewhere_place = TextField(
        label=_("Xã, phường giải quyết (tên mới hoặc cũ)"), max_length=100, required=False
    )
    elsewhere_code = OneOfField(
        label=_("Chọn nơi giải quyết"), choices=(), required=False, widget=forms.RadioSelect
    )
    elsewhere_taken = CountField(
        label=_("Tiền đã thu tại quầy (đồng)"), high=LARGEST_SUM, initial=0, required=False
    )

    places: tuple[Commune, ...] = ()

    def offer_places(self) -> None:
        """Find the communes that the typed name may mean; a present name typed in full means only itself."""
        words = self._typed_name() if self.is_bound and self.data.get("elsewhere") else ""
        found = list(communes_named(words)[:MOST_PLACES]) if words else []
        exact = [place for place in found if fold(words) in {place.name_fold, fold(place.short_name)}]
        self.places = tuple(exact or found)
        choices = [(place.gso_code, _sense(place, words)) for place in self.places]
        cast("OneOfField", self.fields["elsewhere_code"]).choices = choices

    def _typed_name(self) -> str:
        try:
            return clean_text(str(self.data.get("elsewhere_place", "")))[:100]
        except OfficeError:
            return ""

    @property
    def competent(self) -> Commune | None:
        """The commune that decides; None as long as it is this one, or not clear which."""
        if len(self.places) == 1:
            return self.places[0]
        wanted = self.data.get("elsewhere_code") if self.places else None
        return next((place for place in self.places if place.gso_code == wanted), None)

    def check_elsewhere(self, data: Mapping[str, Any]) -> None:
        """Ticked means named, and only one commune is meant; at once is given only what one signs oneself."""
        if not data.get("elsewhere"):
            return
        if self.competent is None and "elsewhere_place" not in self.errors:
            self.errors.pop("elsewhere_code", None)
            self.add_error("elsewhere_place", ValidationError(self._which(), code="place_unclear"))
        if data.get("immediate"):
            message = _("Hồ sơ của nơi khác không trả kết quả ngay tại quầy này.")
            self.add_error("immediate", ValidationError(message, code="not_here"))

    def _which(self) -> Any:
        if self.places:
            return _("Có nhiều nơi khớp tên này. Ông bà chọn một nơi trong danh sách.")
        return _("Không có xã, phường nào khớp. Ông bà gõ tên mới hoặc tên cũ của xã.")

    def to_elsewhere(self) -> Elsewhere:
        """Where the case goes; nowhere when nothing is chosen."""
        commune = self.competent
        return Elsewhere(commune.pk if commune else 0, self.cleaned_data["elsewhere_taken"] or 0)


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
