"""Answers shown in the description of the interface; a test asks the addresses for the very same ones."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

TRACE: Final[list[dict[str, str]]] = [
    {
        "code": "received",
        "date": "2026-11-20",
        "text": "Nhận đủ hồ sơ lúc 16:40, chưa tính ngày nhận (Điều 147 khoản 2 Bộ luật Dân sự 2015)",
    },
    {"code": "day_off", "date": "2026-11-21", "text": "Thứ Bảy, nghỉ hằng tuần"},
    {"code": "day_off", "date": "2026-11-22", "text": "Chủ nhật, nghỉ hằng tuần"},
    {"code": "counted", "date": "2026-11-23", "text": "Ngày làm việc thứ 1"},
    {"code": "day_off", "date": "2026-11-24", "text": "Nghỉ lễ: Ngày Văn hóa Việt Nam"},
    {"code": "counted", "date": "2026-11-25", "text": "Ngày làm việc thứ 2"},
    {"code": "counted", "date": "2026-11-26", "text": "Ngày làm việc thứ 3"},
    {"code": "due", "date": "2026-11-26", "text": "Hẹn trả 17:00, thứ Năm 26/11/2026"},
]

LIST_ANSWER: Final[dict[str, Any]] = {
    "results": [
        {
            "code": "1.004873",
            "name": "Cấp Giấy xác nhận tình trạng hôn nhân",
            "field": {"code": "civil_status", "name": "Hộ tịch"},
            "level": "commune",
            "online_level": "full",
            "is_immediate": False,
            "external_system": False,
            "terms_known": True,
        }
    ],
    "next": None,
    "previous": None,
}

DETAIL_ANSWER: Final[dict[str, Any]] = {
    "code": "2.000815",
    "name": "Chứng thực bản sao từ bản chính giấy tờ, văn bản",
    "field": {"code": "certification", "name": "Chứng thực"},
    "level": "commune",
    "online_level": "partial",
    "is_immediate": True,
    "external_system": False,
    "terms_known": True,
    "sector": {"code": "justice", "name": "Tư pháp"},
    "agency": "Ủy ban nhân dân cấp xã",
    "is_listed": True,
    "superseded_by": None,
    "certainty": "S",
    "online_level_certainty": "K",
    "decision_number": "",
    "valid_from": "2025-07-01",
    "valid_to": None,
    "result": {"name": "Bản sao được chứng thực từ bản chính", "kind": "certified"},
    "conditions": "",
    "situations": [],
    "terms": [
        {
            "channel": channel,
            "situation": None,
            "amount": None,
            "amount_max": None,
            "unit": "same_day",
            "text": "trong ngày",
            "certainty": "S",
            "note": "Bản chính nhiều trang, nhiều bản thì có thể kéo dài theo thỏa thuận",
        }
        for channel in ("counter", "online")
    ],
    "papers": [
        {
            "code": "01",
            "situation": None,
            "name": "Bản chính giấy tờ, văn bản làm cơ sở chứng thực",
            "kind": "presented",
            "originals": 0,
            "copies": 0,
            "form_name": "",
            "note": "Xuất trình để đối chiếu rồi nhận lại; bản chính do nước ngoài cấp phải được hợp pháp hóa"
            " lãnh sự, trừ trường hợp được miễn",
        },
        {
            "code": "02",
            "situation": None,
            "name": "Bản sao cần chứng thực",
            "kind": "paper",
            "originals": 0,
            "copies": 1,
            "form_name": "",
            "note": "Không có sẵn thì cơ quan chứng thực chụp từ bản chính",
        },
        {
            "code": "03",
            "situation": None,
            "name": "Không chứng thực bản chính bị tẩy xóa, sửa chữa, hư hỏng hoặc có nội dung"
            " trái pháp luật",
            "kind": "note",
            "originals": 0,
            "copies": 0,
            "form_name": "",
            "note": "",
        },
        {
            "code": "04",
            "situation": None,
            "name": "Phí: trang 1 và 2 mỗi trang 2.000 đ, từ trang 3 mỗi trang 1.000 đ, không quá 200.000 đ"
            " một bản",
            "kind": "note",
            "originals": 0,
            "copies": 0,
            "form_name": "",
            "note": "",
        },
    ],
    "fees": [
        {
            "code": "01",
            "situation": None,
            "name": "Phí chứng thực bản sao từ bản chính",
            "kind": "fee",
            "authority": "central",
            "amount_vnd": None,
            "unit": "per_page",
            "tiers": [[1, 2000], [3, 1000]],
            "cap_vnd": 200_000,
            "certainty": "S",
            "basis": "Thông tư 226/2016/TT-BTC",
            "channels": [],
        }
    ],
    "no_fee_certainty": "",
    "categories": [],
    "legal_bases": [
        {
            "number": "23/2015/NĐ-CP",
            "name": "Nghị định về cấp bản sao từ sổ gốc, chứng thực bản sao từ bản chính, chứng thực chữ ký"
            " và chứng thực hợp đồng, giao dịch",
        },
        {
            "number": "226/2016/TT-BTC",
            "name": "Thông tư quy định mức thu, chế độ thu, nộp, quản lý và sử dụng phí chứng thực",
        },
    ],
}

QUOTE_ANSWER: Final[dict[str, Any]] = {
    "situation": None,
    "limit": {
        "amount": 3,
        "unit": "working_day",
        "text": "3 ngày làm việc",
        "certainty": "S",
        "note": "",
    },
    "due_at": "2026-11-26T17:00:00+07:00",
    "due_trace": TRACE,
    "due_refusal": None,
    "terms_known": True,
    "fee_lines": [
        {
            "name": "Lệ phí đăng ký kinh doanh",
            "kind": "charge",
            "base_vnd": 100_000,
            "payable_vnd": 0,
            "reason": "nộp hồ sơ trực tuyến, Nghị quyết 12/2025/NQ-HĐND tỉnh Thanh Hóa",
            "reason_code": "exempt",
            "certainty": "K",
        }
    ],
    "payable_vnd": 0,
    "waived_vnd": 100_000,
}

DEADLINE_ANSWER: Final[dict[str, Any]] = {"due_at": "2026-11-26T17:00:00+07:00", "trace": TRACE}


def shown(name: str, answer: dict[str, Any]) -> list[OpenApiExample]:
    """One example of a good answer."""
    return [OpenApiExample(name, value=answer, response_only=True, status_codes=["200"])]


LIST: Final = shown("1.004873", LIST_ANSWER)
DETAIL: Final = shown("2.000815", DETAIL_ANSWER)
QUOTE: Final = shown("1.001612", QUOTE_ANSWER)
DEADLINE: Final = shown("3 working_day", DEADLINE_ANSWER)
