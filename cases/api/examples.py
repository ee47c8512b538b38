"""The answer shown in the description of the interface; a test asks the address for the very same one."""

from typing import Any, Final

from procedures.api.examples import shown

TRACK_ANSWER: Final[dict[str, Any]] = {
    "code": "H56.99.02.22-261120-0001",
    "state": {"code": "registered", "national_code": 2, "label": "Đã tiếp nhận"},
    "received_at": "2026-11-20T09:42:00+07:00",
    "due_at": "2026-11-26T17:00:00+07:00",
    "finished_at": None,
    "returned_at": None,
    "place": {"commune": "Xã Định Hòa", "reception_point": "Cơ sở 2 – Định Thành", "address": ""},
    "procedure": {"code": "1.004873", "name": "Cấp Giấy xác nhận tình trạng hôn nhân"},
    "principal": "L. T. H",
    "way": [
        {"title": "Đã tiếp nhận", "status": "done", "at": "2026-11-20T09:42:00+07:00"},
        {"title": "Đang thẩm định", "status": "current", "at": None},
        {"title": "Lãnh đạo ký", "status": "ahead", "at": None},
        {"title": "Trả kết quả", "status": "ahead", "at": None},
    ],
    "fee_lines": [
        {
            "name": "Lệ phí hộ tịch",
            "base_vnd": 10_000,
            "payable_vnd": 10_000,
            "reason": "mức thu theo Nghị quyết của Hội đồng nhân dân tỉnh Thanh Hóa (chưa có bảng mức thu)",
        }
    ],
    "advice": {
        "headline": "Đã tiếp nhận",
        "text": "Ông bà không phải làm gì thêm lúc này.",
        "must_act": False,
    },
}

TRACK: Final = shown("registered", TRACK_ANSWER)
