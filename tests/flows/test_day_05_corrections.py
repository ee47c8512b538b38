"""Day five, Friday 20/11/2026: what was typed wrong is put right, and old and new stay readable."""

import pytest

from cases.models import Case, CaseAmendment, IssuedDocument
from tests.cases.documents.test_receipt import words_of
from tests.flows.office import Browser

pytestmark = pytest.mark.django_db
STALE = "Hồ sơ đã thay đổi từ lúc mở trang. Ông bà xem lại rồi làm tiếp."
DAY_OVER = "Chỉ hủy được trong ngày nhập hồ sơ. Sau ngày đó, ông bà sửa thông tin hoặc rút hồ sơ."
SAVE = "Lưu và lập lại giấy tiếp nhận"


@pytest.fixture
def ha(at, works):
    at("2026-11-20 08:00")
    return works("ha.lt")


@pytest.fixture
def wrong(ha, at):
    """A case whose date of birth was typed wrong, and it is an hour later."""
    case = ha.registers({"Ngày sinh": "14/03/1986"})
    at("2026-11-20 08:20")
    return case


def page(case):
    return f"/ho-so/{case.code}/"


def test_wrong_birth_date_is_corrected_and_the_receipt_says_so(ha, wrong):
    ha.opens(page(wrong)).follows("Sửa thông tin")
    assert ha.value(f"party-{wrong.parties.get(role='principal').pk}-birth") == "14/03/1986"
    ha.fills({"Ngày sinh": "14/03/1985", "Lý do sửa": "Gõ nhầm năm"}).presses(SAVE)

    ha.sees(
        "Đã sửa. Giấy tiếp nhận đã lập lại theo thông tin mới.",
        "Lê Thị Hương, sinh 14/3/1985",
        "Bản in lần 2, đã chỉnh sửa, Lê Thu Hà",
    )
    assert [step.split(" ", 2)[2] for step in ha.history] == [
        "Lê Thu Hà sửa thông tin hồ sơ. Lý do: Gõ nhầm năm Chủ hồ sơ: Ngày sinh: 14/03/1986 → 14/03/1985",
        "Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành. Mẫu 01",
    ]
    again, first = (ha.client.get(f"{page(wrong)}giay-tiep-nhan-{n}.pdf").content for n in (2, 1))
    assert ["ĐÃ CHỈNH SỬA" in words_of(paper) for paper in (again, first)] == [True, False]
    wrong.refresh_from_db()
    assert (wrong.version, f"{wrong.due_at.astimezone():%d/%m}") == (2, "26/11")  # the promise stays
    event = wrong.events.last()
    assert "1985" not in str(event.payload)  # the record names the fact, never the value


def test_correction_of_nothing_is_refused(ha, wrong):
    ha.opens(f"{page(wrong)}sua/").fills({"Lý do sửa": "Xem lại"}).presses(SAVE, status=422)

    ha.sees("Ông bà chưa sửa mục nào.")
    assert (ha.value("reason"), CaseAmendment.objects.count()) == ("Xem lại", 0)


def test_correction_without_a_reason_keeps_what_was_typed(ha, wrong):
    birth = f"party-{wrong.parties.get(role='principal').pk}-birth"

    ha.opens(f"{page(wrong)}sua/").fills({"Ngày sinh": "31/02/1985"}).presses(SAVE, status=422)

    assert ha.complaints == {"reason": "Ông bà nhập ô này.", birth: "Không có ngày 31/02/1985 trong lịch."}
    assert ha.value(birth) == "31/02/1985"


def test_two_officers_correct_at_once_and_neither_undoes_the_other(ha, wrong, works):
    hien = works("hien.vt").opens(f"{page(wrong)}sua/")
    ha.opens(f"{page(wrong)}sua/").fills({"Ngày sinh": "14/03/1985", "Lý do sửa": "Gõ nhầm năm"}).presses(
        SAVE
    )

    hien.fills({"Nơi ở": "Thôn Tân Long", "Lý do sửa": "Theo căn cước"}).presses(SAVE, status=409)

    hien.sees(STALE)
    assert hien.changes == [
        (
            "20/11 08:20 Lê Thu Hà sửa thông tin hồ sơ. Lý do: Gõ nhầm năm "
            "Chủ hồ sơ: Ngày sinh: 14/03/1986 → 14/03/1985"
        )
    ]
    hien.presses(SAVE).sees("Lê Thị Hương, sinh 14/3/1985", "Nơi ở Thôn Tân Long")
    assert [step.split(" ", 2)[2].partition(" sửa")[0] for step in hien.history[:2]] == [
        "Vũ Thị Hiền",
        "Lê Thu Hà",
    ]
    fields = [row.field.rpartition("-")[2] for row in CaseAmendment.objects.order_by("pk")]
    assert list(dict.fromkeys(fields)) == ["birth", "address"]


def test_case_moved_on_meanwhile_is_told_before_the_step_is_made(ha, wrong, works):
    hien = works("hien.vt").opens(f"{page(wrong)}buoc/forward/")
    ha.opens(f"{page(wrong)}buoc/forward/").presses("Chuyển xử lý")

    hien.presses("Chuyển xử lý", status=409)

    hien.sees(STALE)
    assert hien.changes == ["20/11 08:20 Lê Thu Hà chuyển đến bộ phận chuyên môn."]
    assert Case.objects.get().version == 2


def test_signed_result_is_corrected_by_no_officer_alone(ha, wrong, works):
    ha.opens(f"{page(wrong)}buoc/forward/").presses("Chuyển xử lý")
    duc = works("duc.hm").opens(page(wrong)).follows("Nhận xử lý")
    duc.presses("Nhận xử lý").follows("Trình ký").fills({"Nội dung kết quả": "Xác nhận"}).presses("Trình ký")
    thanh = works("thanh.nt").opens(f"{page(wrong)}buoc/approve/").fills({"Số kết quả": "12/XN-UBND"})
    thanh.presses("Ký duyệt")

    ha.opens(f"{page(wrong)}sua/").sees("Kết quả đã ký: chỉ sửa bằng hồ sơ sửa sai sót.")

    assert [button.words for form in ha.page.forms for button in form.buttons if SAVE in button.words] == []


def test_case_entered_by_mistake_is_voided_by_the_leader_the_same_day(ha, wrong, works, worker):
    ha.opens(page(wrong)).follows("Đề nghị lãnh đạo hủy")
    ha.sees("Đề nghị lãnh đạo hủy ngay trong hôm nay. Người hủy được:", "Trịnh Đình Long, Giám đốc Trung tâm")
    long = works("long.td").opens(page(wrong)).follows("Hủy hồ sơ nhập nhầm")
    long.presses("Hủy hồ sơ", status=422)
    assert long.complaints == {"reason": "Ông bà nhập ô này."}

    long.fills({"Lý do": "Nhập hai lần"}).presses("Hủy hồ sơ")

    long.sees("Đã hủy (nhập nhầm)", "1/2026 (đã hủy, số không dùng lại)").does_not_see("Sửa thông tin")
    assert long.history[0] == "20/11 08:20 Trịnh Đình Long hủy hồ sơ vì nhập nhầm. Lý do: Nhập hai lần"
    wrong.refresh_from_db()
    assert (wrong.state, wrong.voided_at is not None) == ("stopped", True)
    citizen = Browser().opens(f"/tra-cuu/t/{wrong.tracking_token}/")
    citizen.sees("Hồ sơ đã hủy vì nhập nhầm").does_not_see("Nhập hai lần", "Lê Thị Hương")
    worker()
    ha.opens("/thong-bao/").sees(wrong.code)
    assert ha.registers().register_number == 2  # the number is never used again


def test_mistaken_case_of_yesterday_is_not_voided(ha, wrong, works, at):
    at("2026-11-23 08:00")
    long = works("long.td").opens(f"{page(wrong)}huy/")

    long.sees(DAY_OVER)

    assert [
        button for form in long.page.forms for button in form.buttons if "Hủy hồ sơ" in button.words
    ] == []


def test_page_of_the_day_before_voids_nothing_after_midnight(works, wrong, at):
    at("2026-11-20 23:50")
    long = works("long.td").opens(f"{page(wrong)}huy/").fills({"Lý do": "Nhập hai lần"})
    at("2026-11-21 00:05")

    long.presses("Hủy hồ sơ", status=409)

    long.sees(DAY_OVER)
    assert (long.value("reason"), Case.objects.get().voided_at) == ("Nhập hai lần", None)


def test_case_with_money_taken_is_not_voided_before_the_receipt(ha, wrong, works):
    ha.opens(f"{page(wrong)}thu-tien/").fills({"series": "AB/26P", "number": "0000123"}).presses("Ghi đã thu")
    long = works("long.td").opens(f"{page(wrong)}huy/")

    long.sees("Đã thu tiền cho hồ sơ này. Ông bà hủy biên lai trước, rồi hủy hồ sơ.")

    assert [
        button for form in long.page.forms for button in form.buttons if "Hủy hồ sơ" in button.words
    ] == []
    long.opens(page(wrong)).follows("Hủy biên lai này").fills({"Lý do": "Trả lại tiền"})
    long.presses("Hủy biên lai").opens(f"{page(wrong)}huy/").fills({"Lý do": "Nhập hai lần"})
    long.presses("Hủy hồ sơ").sees("Đã hủy (nhập nhầm)")


def test_corrected_case_is_found_by_its_new_name_and_not_by_the_old(ha, wrong):
    ha.opens(f"{page(wrong)}sua/").fills({"Họ và tên": "Lê Thị Hường Giang", "Lý do sửa": "Gõ thiếu"})
    ha.presses(SAVE)

    assert ha.searches("huong giang").rows == ["Lê Thị Hường Giang"]
    assert IssuedDocument.objects.count() == 2
