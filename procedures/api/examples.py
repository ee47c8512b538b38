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
QUOTE: Final = shown("1.001612", QUOTE_ANSWER)
DEADLINE: Final = shown("3 working_day", DEADLINE_ANSWER)
