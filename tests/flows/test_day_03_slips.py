"""Day three, Wednesday 18/11/2026: papers are missing, and nobody leaves without a paper that says why."""

import pytest

from cases.models import Case, ReceptionSlip
from cases.nightly import morning_check
from tests.cases.documents.test_receipt import words_of
from tests.flows.office import HUONG, MARITAL

pytestmark = pytest.mark.django_db
DECLARATION = "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"


@pytest.fixture
def ha(at, works):
    at("2026-11-18 09:10")
    return works("ha.lt")


def gives_guidance(ha, **typed):
    ha.begins().fills({"name": "Lê Thị Hương", "phone": "0912 345 018", **typed})
    ha.presses("Yêu cầu bổ sung").sees("Ông bà xem lại trước khi cấp số.", "Lê Thị Hương")
    return ha.presses("Lập phiếu")


def test_missing_paper_makes_a_slip_and_no_case(ha):
    gives_guidance(ha, **{"paper-07": True})

    ha.sees(
        "1/HDHS",
        "Lê Thị Hương · 0912 345 018",
        f"Giấy tờ còn thiếu {DECLARATION}",
        "Chưa có hồ sơ nào được lập. Khi người dân quay lại, ông bà tiếp nhận từ phiếu này.",
        "18/11/2026 09:10 · Lê Thu Hà",
    )
    slip = ReceptionSlip.objects.get()
    assert (slip.kind, slip.missing, Case.objects.count()) == ("guidance", [DECLARATION], 0)
    paper = words_of(ha.client.get("/phieu/2026/1/phieu.pdf").content)
    assert [words in paper for words in ("1/HDHS", "Lê Thị Hương", DECLARATION)] == [True] * 3


def test_guidance_that_asks_for_nothing_is_refused_and_keeps_the_screen(ha):
    ha.begins().brings_all().fills(HUONG).presses("Yêu cầu bổ sung", status=422)

    assert ha.complaints == {"slip_reason": "Ông bà ghi nội dung cần bổ sung, vì giấy tờ đã đủ."}
    assert (ha.value("name"), ha.value("paper-01"), ReceptionSlip.objects.count()) == (
        "Lê Thị Hương",
        "on",
        0,
    )


def test_citizen_who_comes_back_is_registered_from_the_slip(ha, at):
    gives_guidance(ha)
    at("2026-11-19 14:00")
    ha.signs_in().opens("/phieu/").sees("1/HDHS Yêu cầu bổ sung", "Lê Thị Hương")

    ha.follows("Tiếp nhận từ phiếu này").sees("Tiếp nhận từ phiếu 1/HDHS")
    assert [ha.value(name) for name in ("procedure", "name", "slip")] == [MARITAL, "Lê Thị Hương", "2026-1"]
    ha.brings_all().fills({"Số định danh": HUONG["Số định danh"]}).presses("Tiếp nhận")

    case = ha.case
    assert ReceptionSlip.objects.get().case == case
    assert f"{case.accepted_at:%d/%m}" == "19/11"  # the clock starts when everything is there
    ha.opens("/phieu/2026/1/").sees(f"Đã tiếp nhận thành hồ sơ {case.code}")
    ha.does_not_see("Tiếp nhận từ phiếu này", "?slip=2026-1")


def test_slip_answered_already_begins_an_empty_screen(ha):
    gives_guidance(ha)
    ha.opens("/ho-so/moi/?slip=2026-1").brings_all().presses("Tiếp nhận")

    ha.opens("/ho-so/moi/?slip=2026-1").does_not_see("Tiếp nhận từ phiếu", "Lê Thị Hương")

    assert (ha.value("name"), Case.objects.count()) == ("", 1)


def test_mistake_on_the_screen_of_a_slip_does_not_lose_the_slip(ha):
    gives_guidance(ha)

    ha.opens("/ho-so/moi/?slip=2026-1").brings_all().fills({"birth": "31/02/1985"})
    ha.presses("Tiếp nhận", status=422).sees("Tiếp nhận từ phiếu 1/HDHS")

    assert ha.complaints == {"birth": "Không có ngày 31/02/1985 trong lịch."}
    ha.fills({"birth": "1985"}).presses("Tiếp nhận")
    assert ReceptionSlip.objects.get().case == ha.case


def test_refusal_needs_its_reason_and_says_it_on_paper(ha):
    ha.begins().fills({"name": "Lê Thị Hương"}).presses("Từ chối", status=422)
    assert ha.complaints == {"slip_reason": "Ông bà ghi lý do từ chối."}

    ha.fills({"slip_reason": "Nộp tại công an xã"}).presses("Từ chối").presses("Lập phiếu")

    ha.sees("Nộp tại công an xã", "18/11/2026 09:10 · Lê Thu Hà")
    slip = ReceptionSlip.objects.get()
    assert (slip.kind, slip.reason, slip.missing, Case.objects.count()) == (
        "refusal",
        "Nộp tại công an xã",
        [],
        0,
    )
    assert "Nộp tại công an xã" in words_of(ha.client.get("/phieu/2026/1/phieu.pdf").content)


def test_slip_sent_twice_is_one_slip(ha):
    gives_guidance(ha)

    ha.sends_once_more().sees("1/HDHS")

    assert ReceptionSlip.objects.count() == 1


def test_slips_that_nobody_answers_are_told_in_the_morning(ha, at, works):
    gives_guidance(ha)
    at("2026-11-23 06:30")  # Monday: Thursday, Friday and this day are not yet three days after
    morning_check()
    works("ha.lt").opens("/thong-bao/").sees("Chưa có thông báo nào.")

    at("2026-11-25 06:30")  # Wednesday, after the holiday
    morning_check()
    morning_check()

    ha.signs_in().opens("/thong-bao/").sees("1 phiếu yêu cầu bổ sung chưa thấy người dân quay lại")
    assert ha.words.count("chưa thấy người dân quay lại") == 1
    ha.follows("1 phiếu yêu cầu bổ sung").sees(
        "Phiếu yêu cầu bổ sung đã quá ba ngày làm việc mà người dân chưa quay lại.", "1/HDHS"
    )
    works("duc.hm").opens("/thong-bao/").sees("Chưa có thông báo nào.")  # who receives no cases is not told


def test_refusal_is_no_slip_that_waits(ha, at):
    ha.begins().fills({"name": "Lê Thị Hương", "slip_reason": "Nộp tại công an xã"}).presses("Từ chối")
    ha.presses("Lập phiếu")
    at("2026-11-27 06:30")

    morning_check()

    ha.signs_in().opens("/thong-bao/").sees("Chưa có thông báo nào.")
