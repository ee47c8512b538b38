"""Day two, Tuesday 17/11/2026: whoever comes can be registered, and the record says who they were."""

import pytest

from cases.models import Case
from tests.flows.office import COPIES, HUONG, MARITAL, MARRIAGE

pytestmark = pytest.mark.django_db
COMPANY = {
    "number": "0100109106",
    "name": "Công ty TNHH Mây Tre",
    "filer_name": "Trịnh Văn Toàn",
    "filer_phone": "0912 000 222",
}
PAIR = {
    "number": "038099000013",
    "birth": "1999",
    "name": "Phạm Văn Hải",
    "phone": "0912 345 111",
    "second_name": "Souphanh Keo",
    "Bên kia là người nước ngoài": True,
    "second_id_kind": "passport",
    "second_number": "PA0123456",
}
NO_KIND = "Chưa rõ số này của giấy tờ nào. Hộ chiếu nước ngoài thì chọn loại giấy tờ “Hộ chiếu”."


@pytest.fixture
def ha(at, works):
    at("2026-11-17 08:40")
    return works("ha.lt")


def people_of(case):
    return {(party.role, party.name, party.id_kind) for party in case.parties.all()}


def test_organisation_needs_a_mandate_or_its_representative(ha):
    ha.begins(COPIES).brings_all().fills(COMPANY).presses("Tiếp nhận", status=422)
    assert ha.complaints == {
        "mandate": "Ông bà ghi giấy ủy quyền, hoặc đánh dấu người đại diện theo pháp luật."
    }

    ha.fills({"Giấy ủy quyền": "Giấy giới thiệu 12/GGT"}).presses("Tiếp nhận").follows("Xem hồ sơ")

    ha.sees(
        "Công ty TNHH Mây Tre Mã số thuế 0100109106",
        "Người nộp Trịnh Văn Toàn, 0912 000 222 Giấy giới thiệu 12/GGT",
    )
    assert people_of(ha.case) == {
        ("principal", "Công ty TNHH Mây Tre", "tax_code"),
        ("filer", "Trịnh Văn Toàn", "none"),
    }


def test_tax_code_with_a_wrong_check_digit_warns_and_registers(ha):
    ha.begins(COPIES).brings_all().fills(COMPANY | {"number": "0100109107", "is_representative": True})

    assert "Chữ số kiểm tra của mã số thuế không khớp. Ông bà xem lại số." in ha.pauses()
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ", "Công ty TNHH Mây Tre · người nộp Trịnh Văn Toàn")


def test_passport_is_asked_for_its_kind_and_its_country(ha):
    ha.begins(MARITAL).brings_all().fills({"number": "12AB3456", "name": "Souphanh Keo"})
    ha.presses("Tiếp nhận", status=422)
    assert ha.complaints == {"number": NO_KIND}
    ha.fills({"Tổ chức, người nước ngoài": True, "id_kind": "passport"}).presses("Tiếp nhận", status=422)
    assert ha.complaints == {"nationality": "Ông bà ghi quốc tịch."}

    ha.fills({"Quốc tịch": "Lào"}).presses("Tiếp nhận").follows("Xem hồ sơ")

    ha.sees("Souphanh Keo Hộ chiếu ••••3456 Quốc tịch Lào").does_not_see("12AB3456")
    assert people_of(ha.case) == {
        ("principal", "Souphanh Keo", "passport"),
        ("filer", "Souphanh Keo", "passport"),
    }


def test_old_card_of_nine_digits_is_taken_with_a_warning(ha):
    old = HUONG | {"Số định danh": "171234567"}
    ha.begins().brings_all().fills(old)

    assert (
        "Chứng minh nhân dân 9 số hết giá trị từ 01/01/2025. Ông bà hỏi số định danh 12 chữ số."
        in ha.pauses()
    )
    ha.presses("Tiếp nhận").follows("Xem hồ sơ").sees("Chứng minh nhân dân")
    assert {kind for _role, _name, kind in people_of(ha.case)} == {"old_card"}


def test_number_of_a_wrong_length_is_no_number(ha):
    ha.begins().brings_all().fills(HUONG | {"Số định danh": "03818501234"}).presses("Tiếp nhận", status=422)

    assert ha.complaints == {"number": "Số định danh có đúng 12 chữ số, ông bà đã nhập 11 ký tự."}
    assert (ha.value("number"), ha.value("name"), Case.objects.count()) == ("03818501234", "Lê Thị Hương", 0)


def test_odd_numbers_and_dates_warn_and_never_stand_in_the_way(ha):
    odd = HUONG | {"Ngày sinh": "14/03/1905", "Điện thoại": "0511 111 111"}
    ha.begins().brings_all().fills(odd)

    said = ha.pauses()

    for hint in (
        "Theo số này: Thanh Hóa, nữ, sinh năm 1985. Ông bà đối chiếu lại ngày sinh.",
        "Theo ngày sinh: 121 tuổi. Ông bà xem lại.",
        "Số điện thoại lạ. Ông bà đọc lại cho người dân nghe.",
    ):
        assert hint in said
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")


def test_year_alone_is_a_birth_and_agrees_with_the_number(ha):
    ha.begins().brings_all().fills(HUONG | {"Ngày sinh": "1985"})

    assert "Thanh Hóa, nữ, sinh năm 1985: khớp" in ha.pauses()
    ha.presses("Tiếp nhận").follows("Xem hồ sơ").sees("Lê Thị Hương, sinh 1985")
    party = ha.case.parties.get(role="principal")
    assert (party.birth_year, party.birth_month, party.birth_day) == (1985, None, None)


def test_nobody_without_a_telephone_goes_home_without_somebody_to_call(ha):
    old_man = HUONG | {"Điện thoại": "", "Không có điện thoại": True, "contact_name": "Lê Văn Tám"}
    ha.begins().brings_all().fills(old_man).presses("Tiếp nhận", status=422)
    assert ha.complaints == {"contact_phone": "Ông bà nhập điện thoại người liên lạc."}

    ha.fills({"contact_phone": "0912 000 111", "contact_relation": "con trai"}).presses("Tiếp nhận")

    ha.follows("Xem hồ sơ").sees("Người liên lạc Lê Văn Tám, 0912 000 111 con trai", "Điện thoại Không có")
    assert ha.deliveries == ["17/11 08:40 Chờ nhắn SMS cho Lê Văn Tám. Việc: đã tiếp nhận hồ sơ"]


def test_helper_is_named_as_helper_and_the_clerk_as_who_typed(ha):
    ha.begins().brings_all().fills(HUONG | {"Có người hỗ trợ": True}).presses("Tiếp nhận", status=422)
    assert ha.complaints == {"helper_name": "Ông bà nhập họ và tên người hỗ trợ."}

    ha.fills({"helper_name": "Lê Thị Mai", "helper_from": "Tổ công nghệ số cộng đồng"}).presses("Tiếp nhận")

    ha.follows("Xem hồ sơ").sees(
        "Người nộp Lê Thị Hương",
        "Người hỗ trợ Lê Thị Mai Tổ công nghệ số cộng đồng",
        "Người nhập Lê Thu Hà",
    )


def test_somebody_who_files_for_another_is_not_the_principal(ha):
    ha.begins().brings_all().fills(HUONG | {"Nộp thay (ủy quyền)": True}).presses("Tiếp nhận", status=422)
    assert ha.complaints == {"filer_name": "Ông bà nhập họ và tên người nộp."}

    ha.fills({"filer_name": "Lê Văn Bảy", "Giấy ủy quyền": "Giấy ủy quyền 7/2026"}).presses("Tiếp nhận")

    ha.sees("Lê Thị Hương · người nộp Lê Văn Bảy").follows("Xem hồ sơ").sees("Giấy ủy quyền 7/2026")
    assert {(role, name) for role, name, _kind in people_of(ha.case)} == {
        ("principal", "Lê Thị Hương"),
        ("filer", "Lê Văn Bảy"),
    }


def test_marriage_has_two_principals_and_both_are_found(ha):
    ha.begins(MARRIAGE).brings_all().fills(PAIR | {"second_name": ""}).presses("Tiếp nhận", status=422)
    assert ha.complaints == {
        "second_name": "Ông bà nhập họ và tên bên kia.",
        "second_nationality": "Ông bà ghi quốc tịch.",
    }

    ha.fills({"second_name": "Souphanh Keo", "second_nationality": "Lào"}).presses("Tiếp nhận")

    case = ha.case
    ha.follows("Xem hồ sơ").sees("Phạm Văn Hải, Souphanh Keo", "Souphanh Keo Hộ chiếu •••••3456")
    assert [party.name for party in case.parties.filter(role="principal").order_by("pk")] == [
        "Phạm Văn Hải",
        "Souphanh Keo",
    ]
    ha.opens("/ho-so/").searches("souphanh keo")
    assert ha.rows == ["Phạm Văn Hải, Souphanh Keo"]
