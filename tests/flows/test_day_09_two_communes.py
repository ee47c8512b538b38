"""Day nine, Thursday 26/11/2026: received in Định Hòa, decided in Mường Lát, and nobody reads across."""

import pytest

from cases.models import Case, ForeignReception, PaperHandover
from cases.nightly import enter_waiting
from tests.cases.documents.test_receipt import words_of
from tests.flows.office import COPIES, HUONG

pytestmark = pytest.mark.django_db
ROWS, ARRIVALS = "/ho-so/noi-khac/", "/ho-so/tu-noi-khac/"
FAR = HUONG | {"Nơi giải quyết khác": True, "elsewhere_place": "Mường Lát"}
AFTER_HOURS, OPENING = "2026-11-26 17:20", "2026-11-27 07:00"


@pytest.fixture
def ha(at, works):
    at("2026-11-26 09:00")
    return works("ha.lt")


@pytest.fixture
def sent(ha):
    """Received in the hours of both communes."""
    return receives(ha)


def receives(ha, **typed):
    ha.begins().brings_all().fills(FAR | typed).presses("Tiếp nhận")
    return ForeignReception.objects.get()


def decided(works, row):
    """Handled and signed in Mường Lát."""
    mai = works("mai.lt").opens(f"/ho-so/{row.case_code}/buoc/forward/").presses("Chuyển xử lý")
    works("thiem.vv").opens(f"/ho-so/{row.case_code}/buoc/claim/").presses("Nhận xử lý").opens(
        f"/ho-so/{row.case_code}/buoc/submit/"
    ).fills({"Nội dung kết quả": "Xác nhận"}).presses("Trình ký")
    works("buong.lv").opens(f"/ho-so/{row.case_code}/buoc/approve/").fills({"Số kết quả": "7/XN"}).presses(
        "Ký duyệt"
    )
    return mai


def test_case_for_another_commune_leads_to_its_row_and_a_receipt_of_both(ha, sent):
    ha.sees(
        sent.case_code,
        "Nhận tại Cơ sở 2 – Định Thành",
        "Nơi giải quyết Xã Mường Lát",
        "Thời hạn tính từ 09:00, thứ Năm 26/11/2026",
        "Kết quả Chưa có",
        "Chuyển trước 27/11/2026 17:00",
    )
    paper = words_of(ha.client.get(f"{ROWS}{sent.case_code}/giay-tiep-nhan.pdf").content)
    assert ["XÃ ĐỊNH HÒA" in paper, "xã Mường Lát" in paper] == [True, True]
    assert Case.objects.get().commune.name == "Xã Mường Lát"


def test_place_that_means_several_is_asked_back_and_nothing_is_lost(ha):
    ha.begins().brings_all().fills(FAR | {"elsewhere_place": "Mường"}).presses("Tiếp nhận", status=422)

    assert ha.complaints == {
        "elsewhere_place": "Có nhiều nơi khớp tên này. Ông bà chọn một nơi trong danh sách."
    }
    assert (ha.value("name"), Case.objects.count()) == ("Lê Thị Hương", 0)
    ha.fills({"elsewhere_code": "14845"}).presses("Tiếp nhận").sees("Nơi giải quyết Xã Mường Lát")


def test_own_commune_is_no_other_commune(ha):
    ha.begins().brings_all().fills(FAR | {"elsewhere_place": "Định Hòa"}).presses("Tiếp nhận", status=422)

    ha.sees("Nơi giải quyết chính là xã này. Ông bà bỏ dấu “Nơi giải quyết khác”.")
    assert Case.objects.count() == 0


def test_result_of_another_commune_is_not_given_at_once(ha):
    ha.begins(COPIES).brings_all().fills(FAR | {"Trả kết quả ngay tại quầy": True, "result_number": "1"})

    ha.presses("Tiếp nhận", status=422)

    assert ha.complaints == {"immediate": "Hồ sơ của nơi khác không trả kết quả ngay tại quầy này."}


def test_case_received_after_hours_enters_at_the_opening_and_counts_from_there(at, works):
    at(AFTER_HOURS)
    ha = works("ha.lt")
    row = receives(ha)
    ha.sees("Thời hạn tính từ 07:00, thứ Sáu 27/11/2026", "Hẹn trả: 17:00, thứ Tư 02/12/2026")
    enter_waiting()
    assert Case.objects.get().state == "submitted"
    works("mai.lt").opens(f"/ho-so/{row.case_code}/").does_not_see("Chuyển xử lý C")

    at(OPENING)
    enter_waiting()
    enter_waiting()

    mai = works("mai.lt").opens(f"/ho-so/{row.case_code}/")
    assert [step.split(" ", 2)[2] for step in mai.history] == [
        "Hệ thống chuyển hồ sơ đến nơi giải quyết; thời hạn tính từ lúc này.",
        "Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành, Xã Định Hòa. Mẫu 01",
    ]
    assert Case.objects.get().state == "registered"
    ha.signs_in().opens(f"{ROWS}{row.case_code}/").sees("Đã tiếp nhận")


def test_paper_travels_with_a_list_and_its_arrival_is_ticked_once(ha, sent, works):
    ha.opens(ROWS).presses("Lập danh sách bàn giao").sees("Ông bà đánh dấu hồ sơ có bản giấy chưa bàn giao.")
    ha.fills({"code": [sent.case_code]}).presses("Lập danh sách bàn giao")

    ha.sees("Đã lập danh sách bàn giao 1/BGHS (Xã Mường Lát).", "Danh sách 1/BGHS")
    paper = words_of(ha.client.get(f"{ROWS}ban-giao/2026/1.pdf").content)
    assert [sent.case_code in paper, "Lê Thị Hương" in paper] == [True, False]
    mai = works("mai.lt").opens(ARRIVALS).sees("Phải đến trước 27/11/2026 17:00").presses("Đã nhận bản giấy")
    mai.sees("Đã đến 26/11/2026").opens(f"/ho-so/{sent.case_code}/")
    assert mai.history[0] == "26/11 09:00 Lò Thị Mai nhận bản giấy từ nơi tiếp nhận."
    ha.opens(f"{ROWS}{sent.case_code}/").sees("Đã đến 26/11/2026")
    assert PaperHandover.objects.count() == 1


def test_result_is_returned_where_the_citizen_came_in(ha, sent, works, anybody):
    ha.opens(f"{ROWS}{sent.case_code}/").does_not_see("Người nhận kết quả")
    decided(works, sent)

    ha.opens(f"{ROWS}{sent.case_code}/").sees("Kết quả 7/XN, 26/11/2026")
    anybody.opens(f"/tra-cuu/t/{sent.tracking_token}/").sees("Cơ sở 2 – Định Thành, Xã Định Hòa")
    ha.fills({"Người nhận kết quả": "Lê Văn Bảy"}).presses("Trả kết quả").sees("Đã trả 26/11/2026 09:00")

    mai = works("mai.lt").opens(f"/ho-so/{sent.case_code}/")
    assert mai.history[0].startswith(
        "26/11 09:00 Lê Thu Hà trả kết quả cho công dân tại Cơ sở 2 – Định Thành"
    )
    assert Case.objects.get().state == "returned"
    ha.opens(ROWS).sees("Không có hồ sơ nào nhận giúp nơi khác đang chờ.")


def test_receiver_and_neighbour_see_nothing_of_the_case(ha, sent, works):
    code = sent.case_code
    for address in (f"/ho-so/{code}/", f"/ho-so/{code}/giay-tiep-nhan.pdf", f"/ho-so/{code}/giay-to/"):
        ha.opens(address, status=404).sees("Không có trang này")
    ha.opens("/ho-so/").does_not_see("Lê Thị Hương")
    neighbour = works("anh.nn").opens(ROWS).does_not_see(code)
    neighbour.opens(f"{ROWS}{code}/", status=404)
    neighbour.opens(f"/ho-so/{code}/", status=404)
    neighbour.opens(ARRIVALS).does_not_see(code)
    works("mai.lt").opens(f"{ROWS}{code}/", status=404)  # the row is the receiver's, the case is theirs


def test_screen_sent_again_shows_the_first_row(ha, sent):
    ha.sends_once_more().sees(sent.case_code, "Nơi giải quyết Xã Mường Lát")

    assert [ForeignReception.objects.count(), Case.objects.count()] == [1, 1]
