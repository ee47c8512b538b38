"""The people of the screen of reception: who may be named how, and what is asked back."""

import uuid
from datetime import date

import pytest
from django.http import QueryDict

from cases.actions import Person
from cases.choices import IdKind, PartyKind
from cases.forms.hints import NumberHint
from cases.forms.intake import IntakeForm, OnOffer
from procedures.models import ProcedureVersion
from staff.queries import current_calendar

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 20)  # a Friday
MARRIAGE = "1.000894"
COMPANY = {"number": "0100109106", "name": "Công ty TNHH Mây Tre"}
FOREIGNER = {"other_paper": "on", "id_kind": "passport", "number": "123456789", "nationality": "Lào"}
BRIDE = {"second_name": "Trần Thị Mai", "second_number": "038300000021"}


def a_form(code="1.004873", **typed):
    """The bound screen of one procedure; whatever it says of papers is left out."""
    version = ProcedureVersion.objects.registrable(code, FRIDAY)
    usual = {
        "intake_key": str(uuid.uuid4()),
        "procedure": code,
        "name": "Lê Thị Hương",
        "channel": "counter",
        "delivery": "counter",
        "papers_in_database": "on",
    }
    form = IntakeForm(None, offer=OnOffer(version, FRIDAY, current_calendar()))
    data = usual | {"situation": form.situation_now} | typed
    return IntakeForm(as_sent(data), offer=OnOffer(version, FRIDAY, current_calendar()))


def as_sent(data):
    """What a browser sends."""
    sent = QueryDict(mutable=True)
    sent.update(data)
    return sent


def complaints(**typed):
    return {name: found[0] for name, found in a_form(**typed).errors.items()}


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("038 185 012 346", IdKind.PERSONAL, "038185012346"),
        ("171 234 567", IdKind.OLD_CARD, "171234567"),
        ("c1234567", IdKind.PASSPORT, "C1234567"),
        ("", IdKind.NONE, ""),
    ],
)
def test_principal_has_the_kind_that_the_number_tells(typed, kind, kept):
    form = a_form(number=typed)

    assert form.errors == {}
    assert form.principal() == Person("Lê Thị Hương", id_kind=kind, id_number=kept)


def test_organisation_is_known_by_its_tax_code_and_files_through_somebody():
    form = a_form(
        **COMPANY | {"number": "0100109106-001", "is_representative": "on"},
        filer_name="Trịnh Văn Toàn",
        filer_number="038085000036",
    )

    assert form.errors == {}
    assert form.principal() == Person(
        "Công ty TNHH Mây Tre",
        id_kind=IdKind.TAX_CODE,
        id_number="0100109106-001",
        kind=PartyKind.ORGANISATION,
    )
    assert form.filer() == Person(
        "Trịnh Văn Toàn",
        id_kind=IdKind.PERSONAL,
        id_number="038085000036",
        mandate="Người đại diện theo pháp luật",
    )


def test_organisation_alone_is_asked_who_files_and_on_what_ground():
    assert complaints(**COMPANY) == {
        "filer_name": "Ông bà nhập họ và tên người nộp.",
        "mandate": "Ông bà ghi giấy ủy quyền, hoặc đánh dấu người đại diện theo pháp luật.",
    }


def test_organisation_without_a_tax_code_is_one_because_the_clerk_says_so():
    form = a_form(
        name="Hội Người cao tuổi", other_paper="on", id_kind="tax_code", filer_name="A", mandate="Giấy 1"
    )

    assert form.errors == {}
    asks = form.principal()
    assert (asks.kind, asks.id_kind, asks.id_number) == (PartyKind.ORGANISATION, IdKind.NONE, "")


def test_tax_code_with_a_wrong_check_digit_warns_and_registers():
    form = a_form(**COMPANY | {"number": "0100109107"}, filer_name="A", is_representative="on")

    assert form.errors == {}
    text = "Chữ số kiểm tra của mã số thuế không khớp. Ông bà xem lại số."
    assert form.people_hints == [NumberHint(text, agrees=False)]


def test_foreigner_has_any_passport_and_a_nationality():
    form = a_form(**FOREIGNER)

    assert form.errors == {}
    asks = form.principal()
    assert (asks.id_kind, asks.id_number, asks.nationality) == (IdKind.PASSPORT, "123456789", "Lào")


def test_foreigner_without_a_nationality_is_asked_for_it():
    assert complaints(**FOREIGNER | {"nationality": ""}) == {"nationality": "Ông bà ghi quốc tịch."}


def test_choice_behind_an_empty_tick_counts_as_none():
    form = a_form(**FOREIGNER | {"other_paper": ""})

    assert form.errors == {}
    asks = form.principal()
    assert (asks.id_kind, asks.nationality) == (IdKind.OLD_CARD, "")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"number": "0381850"}, "Số định danh có đúng 12 chữ số, ông bà đã nhập 7 ký tự."),
        (
            {"number": "AB12CD34"},
            "Chưa rõ số này của giấy tờ nào. Hộ chiếu nước ngoài thì chọn loại giấy tờ “Hộ chiếu”.",
        ),
        (FOREIGNER | {"number": "A1"}, "Số này không đúng dạng của loại giấy tờ đã chọn."),
    ],
)
def test_number_of_no_known_paper_says_what_to_do(typed, message):
    assert complaints(**typed) == {"number": message}


def test_contact_is_named_with_a_telephone():
    assert complaints(has_contact="on") == {
        "contact_name": "Ông bà nhập họ và tên người liên lạc.",
        "contact_phone": "Ông bà nhập điện thoại người liên lạc.",
    }
    form = a_form(
        has_contact="on", contact_name="Lê Văn Sáu", contact_phone="0912 345 018", contact_relation="con trai"
    )
    assert form.errors == {}
    assert form.contact() == Person("Lê Văn Sáu", phone="+84912345018", relation="con trai")


def test_helper_is_named_and_files_nothing():
    assert complaints(has_helper="on") == {"helper_name": "Ông bà nhập họ và tên người hỗ trợ."}
    form = a_form(has_helper="on", helper_name="Lê Thị Mai", helper_from="Tổ công nghệ số")
    assert form.errors == {}
    assert (form.helper(), form.filer()) == (Person("Lê Thị Mai", relation="Tổ công nghệ số"), None)


def test_second_principal_is_asked_for_only_where_two_ask():
    assert not [name for name in a_form().fields if name.startswith("second_")]
    assert complaints(code=MARRIAGE) == {"second_name": "Ông bà nhập họ và tên bên kia."}
    form = a_form(MARRIAGE, **BRIDE)
    assert form.errors == {}
    assert form.others() == (Person("Trần Thị Mai", id_kind=IdKind.PERSONAL, id_number="038300000021"),)


def test_second_principal_may_be_a_foreigner():
    typed = {"second_" + name: value for name, value in FOREIGNER.items()}

    form = a_form(MARRIAGE, **BRIDE | typed)

    assert form.errors == {}
    assert (form.others()[0].id_kind, form.others()[0].nationality) == (IdKind.PASSPORT, "Lào")


def test_hints_of_the_second_principal_compare_with_the_second_birth():
    form = a_form(MARRIAGE, **BRIDE, second_birth="2001", birth="1985")

    assert form.is_valid()
    text = "Theo số này: Thanh Hóa, nữ, sinh năm 2000. Ông bà đối chiếu lại ngày sinh."
    assert (form.people_hints, form.second_hints) == ([], [NumberHint(text, agrees=False)])


def test_hints_never_stand_in_the_way():
    form = a_form(number="171234567", birth="21/11/2026", phone="0999 999 999")

    assert form.errors == {}
    assert [hint.agrees for hint in form.people_hints] == [False, False, False]
