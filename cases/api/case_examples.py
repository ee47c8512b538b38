"""Requests and answers shown in the description of the interface; tests send and get the very same ones."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

from procedures.api.examples import shown

CASE_CODE: Final = "H56.99.02.22-261120-0001"
RECEIVED: Final = "2026-11-20T09:42:00+07:00"
DUE: Final = "2026-11-26T17:00:00+07:00"

ROW_ANSWER: Final[dict[str, Any]] = {
    "code": CASE_CODE,
    "version": 1,
    "state": {"code": "registered", "national_code": 2, "label": "Đã tiếp nhận"},
    "procedure": {"code": "1.004873", "name": "Cấp Giấy xác nhận tình trạng hôn nhân"},
    "principal": "Lê Thị Hương",
    "channel": "counter",
    "received_on": "2026-11-20",
    "due_at": DUE,
    "finished_at": None,
    "holder": None,
}
LIST_ANSWER: Final[dict[str, Any]] = {"results": [ROW_ANSWER], "next": None, "previous": None}
CREATED_ANSWER: Final[dict[str, Any]] = ROW_ANSWER | {
    "payable_vnd": 10_000,
    "tracking_url": "https://motcua.example/tra-cuu/t/imCM14SRIb--8H8811D_Ow/",
}
MOVED_ANSWER: Final[dict[str, Any]] = ROW_ANSWER | {
    "version": 2,
    "state": {"code": "in_progress", "national_code": 4, "label": "Đang giải quyết"},
}
PARTY: Final[dict[str, Any]] = {
    "role": "principal",
    "kind": "person",
    "name": "Lê Thị Hương",
    "number": "038•••••2346",
    "birth": "",
    "phone": "+84912345018",
    "address": "",
    "mandate": "",
}
FILE_KEY: Final = "5x0M8Vx3q0bT9c2vYw6J1hKZr4sLdNfa"
FILE: Final[dict[str, Any]] = {
    "key": FILE_KEY,
    "name": "to-khai.pdf",
    "media_type": "application/pdf",
    "size": 69,
    "sha256": "cfa3181c1ee36e8bce5e39f84959f4558ea7ba32c0e4539a8ab3c8ce8c716ec6",
    "added_at": RECEIVED,
    "url": f"/api/v1/cases/{CASE_CODE}/files/{FILE_KEY}/",
}
PAPER: Final[dict[str, Any]] = {
    "id": 1,
    "name": "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
    "originals": 1,
    "certified_copies": 0,
    "photocopies": 0,
    "note": "",
    "digitised": 0,
    "files": [],
}
REGISTERED: Final[dict[str, Any]] = {
    "seq": 1,
    "kind": "register",
    "from_state": "",
    "to_state": "registered",
    "occurred_at": RECEIVED,
    "recorded_at": RECEIVED,
    "by": "Lê Thu Hà",
    "title": "Công chức Trung tâm Phục vụ hành chính công",
    "text": "tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành",
    "reason": "",
}
FORWARDED: Final[dict[str, Any]] = REGISTERED | {
    "seq": 2,
    "kind": "forward",
    "from_state": "registered",
    "to_state": "in_progress",
    "text": "chuyển đến bộ phận chuyên môn",
}
CASE_ANSWER: Final[dict[str, Any]] = CREATED_ANSWER | {
    "summary": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "situation": "unmarried",
    "field_code": "civil_status",
    "reception_point": "Cơ sở 2 – Định Thành",
    "received_at": RECEIVED,
    "returned_at": None,
    "delivery": "counter",
    "delivery_address": "",
    "copies": 1,
    "pages": 1,
    "promise": {
        "due_at": DUE,
        "limit": "3 ngày làm việc",
        "text": (
            "3 ngày làm việc, đếm từ ngày sau ngày nhận đủ hồ sơ, không tính ngày nghỉ (Điều 147, Điều 148"
            " Bộ luật Dân sự 2015). Thứ Ba 24/11 nghỉ lễ: Ngày Văn hóa Việt Nam."
        ),
    },
    "fee_lines": [
        {
            "name": "Lệ phí hộ tịch",
            "base_vnd": 10_000,
            "payable_vnd": 10_000,
            "reason": "mức thu theo Nghị quyết của Hội đồng nhân dân tỉnh Thanh Hóa (chưa có bảng mức thu)",
        }
    ],
    "people": [PARTY, PARTY | {"role": "filer"}],
    "papers": [PAPER],
    "results": [],
    "history": [REGISTERED],
    "moves": [{"action": "forward", "refusal": ""}, {"action": "withdraw", "refusal": ""}],
}
DOCUMENTS_ANSWER: Final[dict[str, Any]] = {
    "results": [
        {
            "key": "receipt-1",
            "kind": "receipt",
            "number": CASE_CODE,
            "copy_no": 1,
            "issued_at": RECEIVED,
            "url": f"/api/v1/cases/{CASE_CODE}/documents/receipt-1/",
        }
    ]
}
ADDED_ANSWER: Final[dict[str, Any]] = {"version": 2, "added": [FILE]}
STALE_ANSWER: Final[dict[str, Any]] = {
    "type": "about:blank",
    "title": "Dữ liệu đã thay đổi",
    "status": 409,
    "code": "stale",
    "detail": "Hồ sơ đã thay đổi từ lúc đọc. Đọc lại hồ sơ rồi làm tiếp với phiên bản mới.",
    "errors": [],
    "version": 2,
    "changes": [FORWARDED],
}
INTAKE_BODY: Final[dict[str, Any]] = {
    "procedure": "1.004873",
    "principal": {"name": "Lê Thị Hương", "number": "038185012346", "phone": "0912 345 018"},
    "papers": [{"code": "01", "originals": 1}],
    "papers_in_database": True,
}
MOVE_BODY: Final[dict[str, Any]] = {"action": "forward", "version": 1, "arguments": {"holder": None}}


def _sent(name: str, body: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=body, request_only=True)


LIST: Final = shown("open", LIST_ANSWER)
CASE: Final = shown("registered", CASE_ANSWER)
MOVED: Final = shown("forward", MOVED_ANSWER)
PAPERS: Final = shown("papers", {"results": [PAPER]})
DOCUMENTS: Final = shown("receipt", DOCUMENTS_ANSWER)
ADDED: Final = [OpenApiExample("to-khai.pdf", value=ADDED_ANSWER, response_only=True, status_codes=["201"])]
CREATED: Final = [OpenApiExample("1.004873", value=CREATED_ANSWER, response_only=True, status_codes=["201"])]
INTAKE: Final = [_sent("1.004873 sent", INTAKE_BODY)]
MOVE: Final = [_sent("forward sent", MOVE_BODY)]
