"""Forms 02 and 03 as they leave the printer."""

import pytest

from cases.actions import give_slip
from cases.choices import SlipKind
from cases.documents.slip import render_slip, snapshot_of_slip
from tests.cases.conftest import FRIDAY_MORNING, a_slip
from tests.cases.documents.test_receipt import HOSTILE, pages_of, words_of

COMMON = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 7/HDHS",
    "Định Hòa, ngày 20 tháng 11 năm 2026",
    "Lê Thị Hương",
    "+84912345018",
    "Cấp Giấy xác nhận tình trạng hôn nhân (mã thủ tục 1.004873)",
    "09 giờ 42 phút, ngày 20 tháng 11 năm 2026",
    "Lê Thu Hà",
    "DỮ LIỆU TRÌNH DIỄN",
    "Giấy tờ, thời hạn, lệ phí:",
)


def a_snapshot(**changes):
    """The printed data of a guidance slip; `changes` replace parts of it."""
    usual = {
        "template": 1,
        "kind": "guidance",
        "number": "7/HDHS",
        "commune": "xã Định Hòa",
        "centre": "Trung tâm Phục vụ hành chính công xã Định Hòa",
        "reception_point": "Điểm tiếp nhận Định Hòa",
        "address": "Thôn Tân Long",
        "phone": "02373 123 456",
        "issued_at": "2026-11-20T09:42:00+07:00",
        "place_date": "Định Hòa, ngày 20 tháng 11 năm 2026",
        "person": {"name": "Lê Thị Hương", "phone": "+84912345018"},
        "procedure": {"code": "1.004873", "name": "Cấp Giấy xác nhận tình trạng hôn nhân"},
        "missing": ["Tờ khai theo mẫu", "Trích lục ghi chú ly hôn"],
        "reason": ["Điền mục 5 của tờ khai", "Ký tên ở trang 2"],
        "officer": "Lê Thu Hà",
        "procedure_url": "https://motcua.example/thu-tuc/1.004873/",
        "demo": True,
    }
    return usual | changes


def test_render_slip_same_snapshot_gives_the_same_bytes():
    first, second = render_slip(a_snapshot()), render_slip(a_snapshot())

    assert first.startswith(b"%PDF-")
    assert first == second


def test_render_slip_of_guidance_says_everything_at_once():
    text = words_of(render_slip(a_snapshot()))

    said = ("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "1. Tờ khai theo mẫu", "2. Trích lục ghi chú ly hôn")
    for told in (*COMMON, *said, "Điền mục 5 của tờ khai", "Ký tên ở trang 2"):
        assert told in text, told
    assert "từ chối" not in text.lower()


def test_render_slip_of_refusal_says_why():
    text = words_of(render_slip(a_snapshot(kind="refusal", missing=[], reason=["Không thuộc thẩm quyền"])))

    for told in (*COMMON, "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "Không thuộc thẩm quyền"):
        assert told in text, told
    assert "Giấy tờ còn thiếu" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_render_slip_hostile_text_is_only_text(text):
    person = {"name": text, "phone": text}
    pdf = render_slip(a_snapshot(person=person, missing=[text] * 3, reason=[text], officer=text))

    assert "PHIẾU YÊU CẦU BỔ SUNG" in words_of(pdf)


def test_render_slip_longest_lists_stay_a_paper_of_a_few_pages():
    pdf = render_slip(a_snapshot(missing=[f"Giấy {n}" for n in range(130)], reason=["x"] * 250))

    assert "và 30 giấy tờ khác" in words_of(pdf)
    assert 1 < len(pages_of(pdf)) <= 12


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SlipKind)
def test_render_slip_of_the_counter_prints_what_was_given(clerk, kind):
    slip = give_slip(a_slip(clerk, kind=kind, reason="Ảnh mờ\nThiếu chữ ký"), by=clerk, at=FRIDAY_MORNING)

    text = words_of(render_slip(snapshot_of_slip(slip)))

    for told in ("Số: 1/HDHS", "Lê Thị Hương", "Ảnh mờ Thiếu chữ ký", clerk.officer_name):
        assert told in text, told
