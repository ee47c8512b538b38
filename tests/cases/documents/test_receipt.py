import io
import re

import pypdfium2
import pytest
import segno
import zxingcpp

from cases.choices import State
from cases.documents.receipt import MOST_PAPERS, qr_svg, render_receipt, snapshot_sha256
from cases.documents.receipt_data import snapshot_of
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.documents.sample import a_company_snapshot, a_pair_snapshot, a_paper, a_person, a_snapshot

HOSTILE = [
    "#panic()",
    '#read("/etc/passwd")',
    "<b>đậm</b>",
    "$x$ và \\ và @nhãn",
    "= Đầu đề",
    "Người \U0001f600 vui",
    "",
    "Hương" * 600,
    "a" + "\u0301" * 50,
]


def pages_of(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def words_of(pdf):
    return " ".join(" ".join(pages_of(pdf)).split())


def test_render_receipt_same_snapshot_gives_the_same_bytes():
    first, second = render_receipt(a_snapshot()), render_receipt(a_snapshot())

    assert first.startswith(b"%PDF-")
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "H56.99.01.02-261120-0007",
        "Nguyễn Văn Quyết",
        "Lê Thị Hương",
        "038•••••2346",
        "Cấp Giấy xác nhận tình trạng hôn nhân",
        "Trích lục ghi chú ly hôn",
        "17 giờ 00 phút, ngày 26 tháng 11 năm 2026",
        "09 giờ 42 phút, ngày 20 tháng 11 năm 2026",
        "3 ngày làm việc",
        "hộ nghèo, Điều 11 Luật Hộ tịch",
        "15.000 đ",
        "1482",
        "Lê Thu Hà",
        "91/2025/QH15",
    ],
)
def test_render_receipt_shows(text):
    assert text in words_of(render_receipt(a_snapshot()))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"copy_no": 2}, "LẦN 2"),
        ({"is_corrected": True}, "CHỈNH SỬA"),
        ({"due_is_estimate": True}, "dự kiến"),
        ({"demo": True}, "TRÌNH DIỄN"),
        ({"tracking_pin": "4711"}, "4711"),
    ],
)
def test_render_receipt_says_what_is_special(changes, text):
    plain, special = words_of(render_receipt(a_snapshot())), words_of(render_receipt(a_snapshot(**changes)))

    assert (text.lower() in plain.lower(), text.lower() in special.lower()) == (False, True)


@pytest.mark.parametrize("text", HOSTILE)
def test_render_receipt_prints_hostile_text_as_text(text):
    pdf = render_receipt(a_snapshot(filer=a_person(name=text), situation=text, papers=[a_paper(name=text)]))

    words = words_of(pdf)
    assert "Lê Thu Hà" in words
    assert "root:" not in words
    if text.isascii() and text:
        assert words.count(text) >= 1


def test_render_receipt_qr_holds_exactly_the_address():
    url = a_snapshot()["tracking_url"]
    document = pypdfium2.PdfDocument(io.BytesIO(render_receipt(a_snapshot())))
    picture = document[0].render(scale=3).to_pil().convert("L")
    document.close()

    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [url]
    assert qr_svg(url).count("<path") == 1
    assert segno.make_qr(url, error="m").matrix


def test_render_receipt_of_forty_papers_repeats_the_head_of_the_table():
    papers = [a_paper(name=f"Giấy tờ thứ {number}") for number in range(40)]

    pages = pages_of(render_receipt(a_snapshot(papers=papers)))

    assert len(pages) >= 2
    assert ["Tên giấy tờ" in page for page in pages[:2]] == [True, True]
    assert "Giấy tờ thứ 39" in " ".join(pages)


def test_render_receipt_of_a_company_shows_tax_code_filer_and_helper():
    words = words_of(render_receipt(a_company_snapshot()))

    for shown in (
        "Tiếp nhận hồ sơ của: Trịnh Văn Toàn",
        "Chủ hồ sơ: Công ty TNHH Mây Tre (mã số thuế 0100109106)",
        "Người hỗ trợ điền hồ sơ, không phải người nộp: Lê Thị Mai (Tổ công nghệ số cộng đồng)",
    ):
        assert shown in words
    assert "Người liên lạc" not in words


def test_render_receipt_of_a_pair_names_both_and_the_contact():
    words = words_of(render_receipt(a_pair_snapshot()))

    for shown in (
        "Chủ hồ sơ: Phạm Văn Hải và Souphanh Keo (quốc tịch Lào)",
        "Souphanh Keo: Bản Na Khà",
        "Người liên lạc: Phạm Văn Toàn (bố), điện thoại +84912345018",
    ):
        assert shown in words
    assert "Người hỗ trợ" not in words


def test_render_receipt_kept_before_there_were_pairs_prints_one_principal():
    words = words_of(render_receipt(a_snapshot()))

    assert "Chủ hồ sơ: Lê Thị Hương Địa chỉ của chủ hồ sơ: Thôn Tân Thành" in words


@pytest.mark.parametrize("hostile", HOSTILE)
def test_render_receipt_of_hostile_people_never_fails(hostile):
    pair = a_pair_snapshot()
    for who in ("second", "contact"):
        pair[who] = dict.fromkeys(pair[who], hostile)

    assert render_receipt(pair).startswith(b"%PDF-")


def test_render_receipt_of_a_thousand_papers_is_cut_and_says_so():
    words = words_of(render_receipt(a_snapshot(papers=[a_paper()] * 1000)))

    assert str(1000 - MOST_PAPERS) in words


def test_snapshot_sha256_ignores_the_order_of_keys():
    snapshot = a_snapshot()

    assert snapshot_sha256(dict(reversed(snapshot.items()))) == snapshot_sha256(snapshot)
    assert snapshot_sha256(a_snapshot(copy_no=2)) != snapshot_sha256(snapshot)


def test_receipt_of_a_case_is_kept_encrypted_and_prints_what_was_promised(case_at):
    case = case_at(State.REGISTERED, at=FRIDAY_MORNING)
    document = case.documents.get()

    words = words_of(render_receipt(snapshot_of(document)))

    assert "Lê Thị Hương".encode() not in bytes(document.snapshot_enc)
    assert document.sha256 == snapshot_sha256(snapshot_of(document))
    assert case.code in words
    assert "17 giờ 00 phút, ngày 26 tháng 11 năm 2026" in words
    assert "038185012346" not in words


def made_at(pdf):
    """The date that the document carries about itself, and the one of its XMP description."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        described = re.search(rb"<xmp:CreateDate>(.*?)</xmp:CreateDate>", pdf)[1].decode()
        return document.get_metadata_dict()["CreationDate"], described
    finally:
        document.close()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("D:20261120024200Z", "2026-11-20T02:42:00Z")),
        ({"received_at": "2026-11-20T06:30:00+07:00"}, ("D:20261119233000Z", "2026-11-19T23:30:00Z")),
        ({"issued_at": "2026-11-23T08:05:09+07:00"}, ("D:20261123010509Z", "2026-11-23T01:05:09Z")),
    ],
)
def test_render_receipt_carries_its_moment_in_universal_time(changes, expected):
    assert made_at(render_receipt(a_snapshot(**changes))) == expected


def test_render_receipt_holds_a_masked_number_once_and_with_its_length():
    assert re.findall("038•+2346", words_of(render_receipt(a_snapshot()))) == ["038•••••2346"]


@pytest.mark.parametrize(
    ("address", "printed"),
    [("Thôn Tân Long", "Nơi tiếp nhận: Thôn Tân Long"), ("", "Nơi tiếp nhận: Trụ sở xã, Xã Định Hòa")],
)
def test_receipt_says_where_it_was_received_with_or_without_an_address(address, printed):
    data = a_snapshot() | {"address": address, "reception_point": "Trụ sở xã", "commune": "Xã Định Hòa"}

    assert printed in words_of(render_receipt(data))
