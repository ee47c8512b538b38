"""Day seven, Wednesday 25/11/2026, after the holiday: papers become files, money becomes receipts."""

import pytest

from cases.models import CaseFile, Payment
from tests.cases.scans import JPEG, PDF
from tests.flows.office import BIRTH, COPIES, a_file

pytestmark = pytest.mark.django_db
NOT_TAKEN = "Chỉ nhận tệp PDF, JPEG, PNG hoặc TIFF"
TILL = "/thu-tien/hom-nay/"


@pytest.fixture(autouse=True)
def cabinet(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def ha(at, works):
    at("2026-11-25 10:00")
    return works("ha.lt")


@pytest.fixture
def case(ha):
    return ha.registers()


@pytest.fixture
def owing(ha):
    """Copies to be certified: 8.000 đ."""
    return ha.registers(procedure=COPIES, copies="4")


def scans(ha, case, content=PDF, name="to-khai.pdf", **more):
    ha.opens(f"/ho-so/{case.code}/giay-to/")
    return ha.fills({"scans": a_file(content, name)}).presses("Lưu tệp", **more)


def takes(ha, case, number="0000123", **typed):
    ha.opens(f"/ho-so/{case.code}/thu-tien/")
    return ha.fills({"series": "AB/26P", "number": number, **typed})


def test_scanned_paper_is_kept_and_told(ha, case):
    scans(ha, case)

    ha.sees("Đã lưu 1 tệp: Tờ khai", "1/1 giấy tờ đã số hóa", "Được số hóa · 1 tệp", "Chưa ký số")
    file = CaseFile.objects.get()
    assert ha.client.get(f"/ho-so/{case.code}/tep/{file.token}/").content == PDF
    ha.opens(f"/ho-so/{case.code}/")
    assert ha.history[0] == "25/11 10:00 Lê Thu Hà số hóa giấy tờ: 1 tệp."


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<html><script>alert(1)</script>", "to-khai.pdf", NOT_TAKEN),
        (b"PK\x03\x04 word", "to-khai.docx", NOT_TAKEN),
        (b"", "to-khai.pdf", "Tệp “to-khai” không có nội dung. Ông bà quét lại."),
    ],
)
def test_file_that_is_no_scan_is_refused_by_what_it_holds(ha, case, content, name, said):
    scans(ha, case, content, name, status=422)

    [complaint] = ha.complaints.values()
    assert complaint.startswith(said)
    assert CaseFile.objects.count() == 0
    ha.opens(f"/ho-so/{case.code}/")
    assert len(ha.history) == 1


def test_same_scan_twice_is_kept_once(ha, case):
    scans(ha, case)
    scans(ha, case).sees("Tệp này đã có ở giấy tờ này, không lưu lần nữa.")

    assert CaseFile.objects.count() == 1


def test_paper_of_an_earlier_case_is_used_again_with_consent(ha, case):
    scans(ha, case)
    later = ha.registers(procedure=BIRTH)
    ha.opens(f"/ho-so/{later.code}/giay-to/").presses("Dùng lại tệp này", status=422)
    assert set(ha.complaints.values()) == {"Chỉ dùng lại khi chủ hồ sơ đồng ý."}

    ha.fills({"consent": True}).presses("Dùng lại tệp này")

    ha.sees("Đã dùng lại tệp của hồ sơ trước.", f"Dùng lại từ hồ sơ {case.code}")
    ha.opens(f"/ho-so/{later.code}/")
    assert ha.history[0] == "25/11 10:00 Lê Thu Hà dùng lại 1 tệp giấy tờ của hồ sơ trước."


def test_paper_of_another_person_is_not_offered(ha, case):
    scans(ha, case)
    other = ha.registers({"Họ và tên": "Trịnh Văn Bảy", "Số định danh": "038085000127", "Ngày sinh": "1985"})

    ha.opens(f"/ho-so/{other.code}/giay-to/").does_not_see("Dùng lại giấy tờ của người này", case.code)


def test_link_to_a_file_opens_for_nobody_else(ha, case, works, anybody):
    scans(ha, case, JPEG, "trang-1.jpg")
    link = f"/ho-so/{case.code}/tep/{CaseFile.objects.get().token}/"

    works("mai.lt").opens(link, status=404).sees("Không có trang này")
    works("yen.pt").opens(link, status=404).sees("Không có trang này")  # another field of the same commune
    anybody.opens(link).sees("Đăng nhập").does_not_see("trang-1")


def test_money_is_taken_once_and_stands_in_the_till(ha, owing):
    takes(ha, owing).presses("Ghi đã thu", again=True)

    ha.sees("Đã thu đủ 8.000 đ", "Biên lai AB/26P 0000123 · 8.000 đ · Tiền mặt")
    assert [one.amount_vnd for one in Payment.objects.all()] == [8000]
    ha.opens(TILL).sees("thứ Tư 25/11/2026", "10:00 AB/26P 0000123", "Tổng cộng 8.000 đ")
    ha.opens(f"/ho-so/{owing.code}/")
    assert ha.history[0] == "25/11 10:00 Lê Thu Hà thu tiền 8.000 đ."


def test_next_receipt_of_the_book_is_proposed(ha, owing):
    takes(ha, owing).presses("Ghi đã thu")
    second = ha.registers({"Số định danh": "038085000127", "Ngày sinh": "1985"}, COPIES, copies="2")

    ha.opens(f"/ho-so/{second.code}/thu-tien/")

    assert [ha.value(name) for name in ("series", "number", "amount")] == ["AB/26P", "0000124", "4.000"]


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"amount": "9.000"}, 409, "Chỉ còn phải thu 8.000 đ."),
        ({"amount": "tám nghìn"}, 422, "Nhập số tiền bằng chữ số, ví dụ 8.000."),
        ({"number": "12a"}, 422, "Số biên lai chỉ có chữ số, ví dụ 0000123."),
    ],
)
def test_money_typed_wrongly_is_not_taken(ha, owing, typed, status, said):
    takes(ha, owing, **typed).presses("Ghi đã thu", status=status).sees(said)

    assert (ha.value("series"), Payment.objects.count()) == ("AB/26P", 0)


def test_number_of_the_book_is_used_once(ha, owing):
    takes(ha, owing).presses("Ghi đã thu")
    second = ha.registers({"Số định danh": "038085000127", "Ngày sinh": "1985"}, COPIES, copies="2")

    takes(ha, second).presses("Ghi đã thu", status=409)

    ha.sees("Biên lai AB/26P 0000123 đã dùng rồi. Ông bà xem lại số trên quyển biên lai.")
    assert Payment.objects.count() == 1


def test_receipt_written_wrongly_is_voided_and_the_money_is_owed_again(ha, owing):
    takes(ha, owing).presses("Ghi đã thu").follows("Xem hồ sơ").follows("Hủy biên lai này")
    ha.presses("Hủy biên lai", status=422)
    assert ha.complaints == {"reason": "Ông bà nhập ô này."}

    ha.fills({"Lý do": "Ghi nhầm số tiền"}).presses("Hủy biên lai")

    ha.sees(
        "Còn phải thu 8.000 đ", "AB/26P 0000123 · 8.000 đ · đã hủy 25/11/2026 10:00 Lý do: Ghi nhầm số tiền"
    )
    ha.opens(TILL).sees("Hủy AB/26P 0000123", "Tổng cộng 0 đ")
    ha.opens(f"/ho-so/{owing.code}/")
    assert ha.history[0] == "25/11 10:00 Lê Thu Hà hủy biên lai 8.000 đ."


def test_two_officers_at_one_case_take_the_money_once(ha, owing, works):
    hien = takes(works("hien.vt"), owing, number="77")
    takes(ha, owing).presses("Ghi đã thu")

    hien.presses("Ghi đã thu", status=409)

    assert hien.changes == ["25/11 10:00 Lê Thu Hà thu tiền 8.000 đ."]
    assert Payment.objects.count() == 1
    hien.opens(TILL).sees("Hôm nay ông bà chưa thu khoản nào.")


def test_till_finds_a_case_by_the_end_of_its_code_and_no_other(ha, owing):
    ha.opens(TILL).fills({"code": "1"}).presses("Thu tiền").sees("Còn phải thu 8.000 đ")
    ha.opens(f"{TILL}?code=9999", status=404).sees("Không có hồ sơ nào của xã mang mã này.")
