"""The people of a case: their numbers are stored encrypted and read back here alone."""

from cases.choices import IdKind
from cases.models import CaseParty
from staff.encryption import blind_index, decrypt, encrypt

NUMBER_COLUMN = "cases_caseparty.id"


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
