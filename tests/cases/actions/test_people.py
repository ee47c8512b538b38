"""Everybody in a case as it is written: roles, digits, messages, the receipt."""

import pytest

from cases import actions
from cases.actions import Person
from cases.choices import IdKind, PartyKind, PartyRole
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError
from cases.lookups import found
from cases.models import Case, CaseEvent, OutboxMessage
from cases.notices.addresses import reachable
from cases.parties import number_of, people_of, shown_principals
from tests.cases.conftest import FRIDAY_MORNING, an_intake

COMPANY = Person(
    "Công ty TNHH Mây Tre",
    id_kind=IdKind.TAX_CODE,
    id_number="0100109106-001",
    kind=PartyKind.ORGANISATION,
)
TOAN = Person("Trịnh Văn Toàn", phone="+84912000222", mandate="Người đại diện theo pháp luật")
OLD_MAN = Person("Cụ Đinh Văn Vân", birth_year=1938)
SON = Person("Đinh Văn Sáu", phone="+84912000111", relation="con trai")
HELPER = Person("Lê Thị Mai", relation="Tổ công nghệ số cộng đồng")
MARRIAGE = "1.000894"
GROOM = Person("Phạm Văn Hải", id_kind=IdKind.PERSONAL, id_number="038099000013")
BRIDE = Person("Souphanh Keo", id_kind=IdKind.PASSPORT, id_number="PA0123456", nationality="Lào")


@pytest.fixture
def taken(clerk):
    """A case of these people."""

    def take(**changes):
        return actions.register_case(an_intake(clerk, **changes), by=clerk, at=FRIDAY_MORNING)

    return take


def rows(case):
    return [(party.role, party.name) for party in case.parties.all()]


def opens(case, digits):
    try:
        actions.answer_digits(case, digits, address="203.0.113.7", at=FRIDAY_MORNING)
    except CaseError:
        return False
    return True


def test_register_for_an_organisation_keeps_who_filed_for_it(taken):
    case = taken(principal=COMPANY, filer=TOAN)

    people = people_of(case)
    assert rows(case) == [("principal", "Công ty TNHH Mây Tre"), ("filer", "Trịnh Văn Toàn")]
    assert (people.principal.kind, number_of(people.principal)) == ("organisation", "0100109106-001")
    assert (people.filer.kind, people.filer.mandate) == ("person", "Người đại diện theo pháp luật")


def test_register_for_an_organisation_without_a_filer_is_refused(taken):
    with pytest.raises(CaseError) as refused:
        taken(principal=COMPANY)

    assert (refused.value.code, Case.objects.count()) == ("filer_needed", 0)


def test_organisation_is_named_in_the_open_and_a_person_by_initials(taken):
    assert shown_principals(taken(principal=COMPANY, filer=TOAN)) == "Công ty TNHH Mây Tre"
    assert shown_principals(taken(principal=GROOM, others=(BRIDE,))) == "P. V. H, S. K"


@pytest.mark.parametrize("digits", ["6001", "0222"])
def test_tax_code_and_telephone_of_the_filer_open_the_case(taken, digits):
    case = taken(principal=COMPANY, filer=TOAN)

    assert (opens(case, digits), case.tracking_pin) == (True, "")


def test_passport_of_the_second_principal_opens_the_case(taken):
    assert opens(taken(principal=GROOM, others=(BRIDE,)), "3456")


def test_passport_with_too_few_digits_gets_a_printed_pin(taken):
    case = taken(principal=Person("Ana", id_kind=IdKind.PASSPORT, id_number="ABC12D3"))

    assert len(case.tracking_pin) == 4
    assert not opens(case, "12D3")


def test_old_man_without_a_telephone_is_reached_through_his_contact(taken):
    case = taken(principal=OLD_MAN, contact=SON, helper=HELPER)

    told = reachable(list(case.parties.all()), "sms")
    assert (told.name, told.role) == ("Đinh Văn Sáu", PartyRole.CONTACT)
    assert OutboxMessage.objects.get(case=case, channel="sms").recipient == str(told.pk)
    assert (opens(case, "0111"), case.tracking_pin) == (True, "")


def test_principal_with_a_telephone_is_told_before_the_contact(taken):
    case = taken(contact=SON)

    assert reachable(list(case.parties.all()), "sms").name == "Lê Thị Hương"


def test_helper_is_recorded_as_helper_and_never_as_filer(taken, clerk):
    case = taken(helper=HELPER)

    assert rows(case) == [
        ("principal", "Lê Thị Hương"),
        ("filer", "Lê Thị Hương"),
        ("helper", "Lê Thị Mai"),
    ]
    assert people_of(case).somebody_else is None
    assert (case.typed_by_id, case.parties.get(role="helper").relation) == (
        clerk.officer_id,
        "Tổ công nghệ số cộng đồng",
    )


def test_telephone_of_a_helper_neither_opens_nor_is_told(taken):
    case = taken(principal=OLD_MAN, helper=Person("Lê Thị Mai", phone="+84912000333"))

    assert (opens(case, "0333"), len(case.tracking_pin)) == (False, 4)
    assert reachable(list(case.parties.all()), "sms") is None


def test_two_who_ask_together_are_both_found_and_named(taken, clerk):
    case = taken(procedure_code=MARRIAGE, principal=GROOM, others=(BRIDE,))

    assert case.principal_name == "Phạm Văn Hải, Souphanh Keo"
    assert [party.name for party in people_of(case).principals] == ["Phạm Văn Hải", "Souphanh Keo"]
    for typed in ("pham van hai", "SOUPHANH"):
        assert [row.code for row in found(clerk, typed, size=20).cases] == [case.code]


def test_two_very_long_names_are_cut_in_lists_and_whole_in_the_case(taken):
    long = Person("Á" * 200)

    case = taken(principal=long, others=(long,))

    assert len(case.principal_name) == 200
    assert [len(party.name) for party in people_of(case).principals] == [200, 200]


def test_second_principal_who_files_is_nobody_else(taken):
    case = taken(principal=GROOM, others=(BRIDE,), filer=BRIDE)

    assert people_of(case).somebody_else is None


def test_receipt_names_everybody_and_masks_persons_only(taken):
    company = snapshot_of(taken(principal=COMPANY, filer=TOAN, helper=HELPER).documents.get())
    pair = snapshot_of(taken(principal=GROOM, others=(BRIDE,), contact=SON).documents.get())

    assert (company["principal"]["tax_code"], company["filer"]["name"]) == (
        "0100109106-001",
        "Trịnh Văn Toàn",
    )
    assert (company["helper"]["name"], company["second"], company["contact"]) == ("Lê Thị Mai", None, None)
    assert (pair["second"]["name"], pair["second"]["id_number"]) == ("Souphanh Keo", "•••••3456")
    assert (pair["second"]["nationality"], pair["contact"]["relation"]) == ("Lào", "con trai")


def test_history_of_everybody_holds_no_name_and_no_number(taken):
    case = taken(principal=GROOM, others=(BRIDE,), contact=SON, helper=HELPER)

    told = " ".join(str(event.payload) for event in CaseEvent.objects.filter(case=case))
    assert not [word for word in ("Souphanh", "Sáu", "Mai", "PA0123456", "0111") if word in told]
