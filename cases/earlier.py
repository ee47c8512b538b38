"""What a commune knows of a person from its own earlier cases, of no other's: narrowing only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value

from cases.choices import PartyRole
from staff.actor import Actor
from staff.rights import Capability

if TYPE_CHECKING:
    from cases.models import CaseParty


COMMUNE_WORDS: Final = Func(F("commune"), F("name_fold"), function="commune_words", output_field=TextField())
"""The words of a name, each with the commune before it, so that one index serves every commune apart."""


@dataclass(frozen=True)
class Sought:
    """Whom a clerk has before them, as far as it is typed: the fingerprint of the number, the folded name."""

    blind: bytes | None = None
    name_fold: str = ""
    birth_year: int | None = None

    @property
    def marks(self) -> dict[str, Any]:
        """By what the person is recognised: the number, and the name only together with the year of birth."""
        marks: dict[str, Any] = {"blind": self.blind} if self.blind else {}
        if self.name_fold and self.birth_year:
            marks |= {"name_fold": self.name_fold, "birth_year": self.birth_year}
        return marks


class PartyQuerySet(QuerySet["CaseParty"]):
    """People of cases; every method returns a narrower set, and every search begins with the commune."""

    def visible_to(self, actor: Actor | None) -> Self:
        """The people of the cases that this officer may open."""
        if actor is None or actor.commune_id is None or not actor.may(Capability.VIEW_CASES):
            return self.none()
        mine = self.filter(commune_id=actor.commune_id)
        return mine.filter(case__field_code__in=actor.field_codes) if actor.field_codes else mine

    def numbered(self, blind: bytes | None) -> Self:
        """The entries under this number; none without one."""
        return self.filter(id_blind=blind) if blind else self.none()

    def called(self, name_fold: str) -> Self:
        """The entries under exactly this folded name."""
        return self.filter(name_fold=name_fold)

    def with_words(self, words: Sequence[str], *, commune_id: int) -> Self:
        """The entries of a commune whose names hold all these folded words; the last may be a beginning."""
        marked = [_lexeme(f"{commune_id}:{word}") for word in words]
        asked = Func(
            Value(" & ".join(marked) + ":*" if marked else ""),
            template="%(expressions)s::tsquery",
            output_field=TextField(),
        )
        fits = Func(
            COMMUNE_WORDS, asked, arg_joiner=" @@ ", template="%(expressions)s", output_field=BooleanField()
        )
        return self.filter(fits)

    def fullest_first(self) -> Self:
        """Principals before filers and helpers, who declare less; of these the newest."""
        return self.order_by("-role", "-pk")  # "principal" is the last of the roles in the alphabet

    def cases_of(self, who: Sought, *, actor: Actor) -> QuerySet[Any]:
        """The keys of the cases whose principal this person is.

        The number decides where both sides have one; else the folded name together with the year of birth.
        """
        if actor.commune_id is None:
            return self.none().values("case_id")
        principals = self.visible_to(actor).filter(role=PartyRole.PRINCIPAL)
        by_number = principals.numbered(who.blind).values("case_id")
        if "name_fold" not in who.marks:
            return by_number
        # As an expression: a bare number that its column cannot hold, as a stand-in is, would empty the set.
        born = Q(birth_year=Value(who.birth_year))
        namesakes = principals.filter(
            born, case__commune_id=actor.home_id, case__principal_fold=who.name_fold
        )
        if who.blind:
            namesakes = namesakes.filter(id_blind=None)
        return by_number.union(namesakes.values("case_id"))


def _lexeme(text: str) -> str:
    """A word as it is written in a question of the text search."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
