"""The people of a case: their numbers are stored encrypted and read back here alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cases.choices import IdKind, PartyKind, PartyRole
from cases.models import Case, CaseParty
from staff.encryption import blind_index, decrypt, encrypt
from staff.text import mask_name, mask_number

NUMBER_COLUMN = "cases_caseparty.id"
LONGEST_NAMES: Final = 200
MAY_LOOK: Final = (PartyRole.PRINCIPAL, PartyRole.FILER, PartyRole.CONTACT)
"""Whose four digits open the tracking page; who only helped to fill in has no business there."""


@dataclass(frozen=True)
class People:
    """Who is in a case. ``filer`` is the first principal when nobody files for him."""

    principals: tuple[CaseParty, ...]
    filer: CaseParty
    contact: CaseParty | None
    helper: CaseParty | None

    @property
    def principal(self) -> CaseParty:
        """The first who asks."""
        return self.principals[0]

    @property
    def several(self) -> bool:
        """Whether more than one person is in the case, so that it has to be said who filed."""
        return bool(len(self.principals) > 1 or self.contact or self.helper or self.somebody_else)

    @property
    def somebody_else(self) -> CaseParty | None:
        """The filer, when it is nobody of those who ask."""
        files_himself = any(not is_somebody_else(self.filer, party) for party in self.principals)
        return None if files_himself else self.filer


def joined_names(names: Iterable[str]) -> str:
    """Everybody who asks, as lists show and find the case; the rows of the people hold the whole names."""
    return ", ".join(names)[:LONGEST_NAMES]


def people_of(case: Case) -> People:
    """Everybody in the case, in the order in which they were written."""
    by_role: dict[str, list[CaseParty]] = {role: [] for role in PartyRole.values}
    for party in case.parties.all():
        by_role[party.role].append(party)
    return People(
        principals=tuple(by_role[PartyRole.PRINCIPAL]),
        filer=by_role[PartyRole.FILER][0],
        contact=next(iter(by_role[PartyRole.CONTACT]), None),
        helper=next(iter(by_role[PartyRole.HELPER]), None),
    )


def set_number(party: CaseParty, kind: IdKind, number: str) -> None:
    """Give a party its number; without one the kind is "none"."""
    party.id_kind = kind if number else IdKind.NONE
    party.id_enc = encrypt(number, column=NUMBER_COLUMN) if number else None
    party.id_blind = blind_index(number) if number else None


def is_somebody_else(party: CaseParty, other: CaseParty) -> bool:
    """Whether two entries of a case are two people; two people may bear one name."""
    return _known(party) != _known(other)


def _known(party: CaseParty) -> tuple[str, str, bytes]:
    return party.name, party.phone, bytes(party.id_blind or b"")


def number_of(party: CaseParty) -> str:
    """The number of a party in clear; empty when it has none."""
    return decrypt(bytes(party.id_enc), column=NUMBER_COLUMN) if party.id_enc else ""


def shown_number(party: CaseParty) -> str:
    """The number as pages and papers show it: of a person masked; that of an organisation is public."""
    number = number_of(party)
    return number if party.kind == PartyKind.ORGANISATION else mask_number(number)


def shown_name(party: CaseParty) -> str:
    """The name as a stranger may read it: of a person the initials, of an organisation the whole name."""
    return party.name if party.kind == PartyKind.ORGANISATION else mask_name(party.name)


def shown_principals(case: Case) -> str:
    """Everybody who asks, as the citizen's page names them."""
    return ", ".join(shown_name(party) for party in people_of(case).principals)


def last_four(number: str) -> str:
    """The last four digits of a telephone or a number, whatever stands between them; empty when too short."""
    digits = re.sub(r"[^0-9]", "", number)
    return digits[-4:] if len(digits) >= 4 else ""
