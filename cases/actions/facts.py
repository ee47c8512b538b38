"""The facts of a case that may be corrected, each under one code: who, where to, which papers.

What was promised is none of them: moment of receipt, procedure, situation, deadline and fee stay.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from cases.choices import IdKind, PartyKind, PartyRole
from cases.id_numbers import IF_CHOSEN, bare, kind_of, written
from cases.models import Case, CasePaper, CaseParty
from cases.parties import (
    MAY_LOOK,
    is_somebody_else,
    joined_names,
    last_four,
    number_of,
    people_of,
    set_number,
)

OF_PARTY: Final = ("name", "number", "birth", "phone", "email", "address", "mandate")
OF_PAPER: Final = ("originals", "certified_copies", "photocopies", "note")
OF_CASE: Final = ("delivery", "delivery_address", "summary")
_BIRTH: Final = ("birth_year", "birth_month", "birth_day")


def party_fact(party: CaseParty, part: str) -> str:
    """The code of a fact about somebody; it holds a key, never a name."""
    return f"party-{party.pk}-{part}"


def paper_fact(paper: CasePaper, part: str) -> str:
    """The code of a fact about a paper."""
    return f"paper-{paper.pk}-{part}"


def facts_of(case: Case) -> dict[str, str]:
    """Every fact as text, in the order in which the page asks for them."""
    facts = {
        party_fact(party, part): _of_party(party, part) for party in case.parties.all() for part in OF_PARTY
    }
    facts |= {part: str(getattr(case, part)) for part in OF_CASE}
    return facts | {
        paper_fact(paper, part): str(getattr(paper, part)) for paper in case.papers.all() for part in OF_PAPER
    }


def twins_of(case: Case) -> dict[int, CaseParty]:
    """Who stands in the case twice: the principal's key with the copy that filed the case."""
    parties = list(case.parties.all())
    filers = [party for party in parties if party.role == PartyRole.FILER]
    return {
        party.pk: filer
        for filer in filers
        for party in parties
        if party.role == PartyRole.PRINCIPAL and not is_somebody_else(filer, party)
    }


def with_twins(case: Case, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts, said of both entries where one person stands in the case twice."""
    copied = {
        party_fact(twin, part): facts[f"party-{pk}-{part}"]
        for pk, twin in twins_of(case).items()
        for part in OF_PARTY
        if f"party-{pk}-{part}" in facts
    }
    return {**facts, **copied}


def write_facts(case: Case, facts: Mapping[str, str]) -> None:
    """Put these facts into the case, which the caller saves, and into its people and papers."""
    for party in case.parties.all():
        codes = {part: party_fact(party, part) for part in OF_PARTY}
        known = {part: facts[code] for part, code in codes.items() if code in facts}
        if known:
            _write_party(party, known)
    case.principal_name = joined_names(party.name for party in people_of(case).principals)
    for paper in case.papers.all():
        codes = {part: paper_fact(paper, part) for part in OF_PAPER}
        known = {part: facts[code] for part, code in codes.items() if code in facts}
        if known:
            _write_paper(paper, known)
    for part in OF_CASE:
        setattr(case, part, facts.get(part, getattr(case, part)))


def has_digits(parties: Iterable[CaseParty]) -> bool:
    """Whether somebody in the case knows four digits that open the tracking page."""
    return any(
        last_four(party.phone) or last_four(number_of(party)) for party in parties if party.role in MAY_LOOK
    )


def corrected_kind(party: CaseParty, number: str) -> IdKind | None:
    """The kind of a corrected number: told by its form, else the present kind; None when it fits neither.

    A number never makes a tax code of a natural person's paper.
    """
    present = IdKind(party.id_kind)
    told = kind_of(number) or (kind_of(number, present) if present in IF_CHOSEN else None)
    is_odd = told == IdKind.TAX_CODE != present and party.kind == PartyKind.PERSON
    return None if is_odd else told


def _of_party(party: CaseParty, part: str) -> str:
    if part == "number":
        return number_of(party)
    if part == "birth":
        known = (party.birth_day, party.birth_month)
        days = [f"{number:02d}" for number in known if number]
        return "/".join([*days, str(party.birth_year)]) if party.birth_year else ""
    return str(getattr(party, part))


def _write_party(party: CaseParty, known: Mapping[str, str]) -> None:
    for part, text in known.items():
        if part == "number":
            kind = corrected_kind(party, bare(text)) or IdKind.NONE
            set_number(party, kind, written(kind, bare(text)))
        elif part == "birth":
            numbers: list[int | None] = [int(number) for number in reversed(text.split("/")) if number]
            for name, number in zip(_BIRTH, [*numbers, None, None, None], strict=False):
                setattr(party, name, number)
        else:
            setattr(party, part, text)
    party.save()


def _write_paper(paper: CasePaper, known: Mapping[str, str]) -> None:
    for part, text in known.items():
        setattr(paper, part, text if part == "note" else int(text))
    paper.save()
