"""Day one, Monday 16/11/2026: the commonest request of all, typed once, pressed twice, printed again."""

import pytest

from cases.models import Case, CaseEvent, IssuedDocument
from tests.cases.documents.test_receipt import words_of
from tests.flows.office import COPIES, HUONG, MARITAL

pytestmark = pytest.mark.django_db
PROMISE = "17:00, thứ Năm 19/11/2026"


@pytest.fixture
def ha(at, works):
    at("2026-11-16 08:05")
    return works("ha.lt")


def test_walk_in_from_the_words_of_the_citizen_to_the_paper(ha):
    ha.opens("/ho-so/moi/").fills({"procedure": "xác nhận độc thân"} | HUONG).presses("Tiếp nhận", status=422)
    assert ha.complaints == {"procedure": "Chưa rõ thủ tục nào. Ông bà gõ vài chữ rồi chọn trong danh sách."}
    ha.presses(MARITAL)
    assert (ha.value("name"), ha.value("number"), Case.objects.count()) == (
        "Lê Thị Hương",
        "038185012346",
        0,
    )

    ha.brings_all().presses("Tiếp nhận")

    case = ha.case
    ha.sees("Đã tiếp nhận hồ sơ", case.code, "Lê Thị Hương", PROMISE, "Lệ phí hộ tịch: 10.000 đ")
    assert case.code == "H56.99.02.22-261116-0001"
    paper = words_of(ha.client.get(f"/ho-so/{case.code}/giay-tiep-nhan.pdf").content)
    for printed in (case.code, "Lê Thị Hương", "17 giờ 00 phút, ngày 19 tháng 11 năm 2026", "BẢN IN LẠI"):
        assert (printed in paper) is (printed != "BẢN IN LẠI"), printed
    ha.follows("Xem hồ sơ").sees("Đã tiếp nhận", "Còn 3 ngày", "038•••••2346", "Chưa giao cho ai.")
    assert ha.history == ["16/11 08:05 Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành. Mẫu 01"]


def test_missing_name_and_paper_are_said_at_their_fields_and_nothing_typed_is_lost(ha):
    typed = HUONG | {"Họ và tên": "", "Nơi ở": "Thôn Tân Long"}

    ha.begins().fills(typed).presses("Tiếp nhận", status=422)

    said = ha.complaints
    assert said.pop("name") == "Ông bà nhập họ và tên chủ hồ sơ."
    not_taken = "Chưa nhận. Đã có trong cơ sở dữ liệu thì đánh dấu ô Có sẵn của giấy này."
    assert said == {"paper-01": not_taken, "paper-07": not_taken}
    kept = [ha.value(name) for name in ("number", "birth", "phone", "address")]
    assert kept == ["038185012346", "14/03/1985", "0912 345 018", "Thôn Tân Long"]
    assert (Case.objects.count(), CaseEvent.objects.count()) == (0, 0)


def test_enter_pressed_twice_registers_once(ha):
    ha.begins().brings_all().fills(HUONG).presses("Tiếp nhận", again=True)

    ha.sees("Đã tiếp nhận hồ sơ", PROMISE)
    assert [Case.objects.count(), CaseEvent.objects.count(), IssuedDocument.objects.count()] == [1, 1, 1]
    ha.opens("/ho-so/")
    assert ha.rows == ["Lê Thị Hương"]


def test_form_sent_again_after_going_back_leads_to_the_case_of_its_key(ha, at):
    first = ha.registers()
    at("2026-11-16 08:20")

    ha.sends_once_more().sees("Đã tiếp nhận hồ sơ", first.code)

    assert (ha.case, Case.objects.count()) == (first, 1)
    ha.opens(f"/ho-so/{first.code}/")
    assert ha.history == ["16/11 08:05 Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành. Mẫu 01"]


def test_next_citizen_begins_with_an_empty_screen_and_the_next_number(ha):
    first = ha.registers()

    ha.follows("Người tiếp theo")
    assert [ha.value(name) for name in ("procedure", "name", "number", "phone")] == [""] * 4
    second = ha.registers({"Họ và tên": "Trịnh Văn Bảy", "Số định danh": "038085000127", "Ngày sinh": "1985"})

    ha.sees(f"Ông bà vừa tiếp nhận hôm nay: {second.code} Trịnh Văn Bảy", f"{first.code} Lê Thị Hương")
    assert [second.code[-4:], second.register_number] == ["0002", 2]


def test_lost_receipt_is_printed_again_as_a_copy_that_says_so(ha, at):
    case = ha.registers()
    at("2026-11-16 10:30")
    ha.signs_in().opens(f"/ho-so/{case.code}/").follows("In lại giấy tiếp nhận")
    ha.fills({"Lý do in lại": "Người dân làm mất"}).presses("Lập bản in lại")

    copy = words_of(ha.response.getvalue())
    first = words_of(ha.client.get(f"/ho-so/{case.code}/giay-tiep-nhan-1.pdf").content)
    assert ["BẢN IN LẠI – lần 2" in paper for paper in (copy, first)] == [True, False]
    ha.opens(f"/ho-so/{case.code}/").sees("16/11 10:30 Bản in lần 2, Lê Thu Hà Lý do: Người dân làm mất")
    assert len(ha.history) == 1  # the record of the case is as it was


def test_two_officers_who_reprint_at_once_make_one_paper(ha, works):
    case = ha.registers()
    hien = works("hien.vt").opens(f"/ho-so/{case.code}/in-lai/")
    ha.opens(f"/ho-so/{case.code}/in-lai/").fills({"reason": "Người dân làm mất"}).presses("Lập bản in lại")

    hien.fills({"reason": "Giấy bị ướt"}).presses("Lập bản in lại")

    assert "BẢN IN LẠI – lần 2" in words_of(hien.response.getvalue())
    hien.opens(f"/ho-so/{case.code}/").sees("Bản in lần 2, Lê Thu Hà Lý do: Người dân làm mất")
    assert IssuedDocument.objects.count() == 2


def test_copies_given_at_once_leave_no_receipt_and_a_result(ha, people):
    ha.begins(COPIES).brings_all().fills(HUONG | {"Trả kết quả ngay tại quầy": True})
    ha.presses("Tiếp nhận", status=422)
    assert ha.complaints == {"result_number": "Ông bà nhập số kết quả."}

    signer = str(people["thanh.nt"].membership_id)
    ha.fills({"result_number": "412/2026", "signer": signer}).presses("Tiếp nhận")

    case = ha.case
    ha.sees("Đã tiếp nhận và trả kết quả ngay")
    assert (case.state, case.results.get().number) == ("returned", "412/2026")
    ha.follows("Xem hồ sơ").sees("Hồ sơ đã xong, không còn việc phải làm.")
    assert [step.split(" ", 2)[2] for step in ha.history] == [
        "Lê Thu Hà trả kết quả cho công dân.",
        "Lê Thu Hà ghi nhận kết quả do Nguyễn Thị Thanh ký trên giấy.",
        "Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành.",
    ]
