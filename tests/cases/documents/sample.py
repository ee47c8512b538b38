"""A receipt of Định Hòa as plain data, with every field filled."""

PAPER = {
    "name": "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
    "originals": 1,
    "certified_copies": 0,
    "photocopies": 0,
    "note": "",
}


def a_paper(**changes):
    return PAPER | changes


def a_person(**changes):
    usual = {
        "name": "Lê Thị Hương",
        "address": "Thôn Tân Thành, xã Định Hòa, tỉnh Thanh Hóa",
        "phone": "+84912345018",
        "email": "huong.le@example.vn",
        "id_number": "038•••••2346",
    }
    return usual | changes


NO_MORE = {"nationality": "", "relation": ""}


def a_snapshot(**changes):
    """`changes` replace whole keys."""
    usual = {
        "template": 1,
        "commune": "Xã Định Hòa",
        "centre": "Trung tâm Phục vụ hành chính công xã Định Hòa",
        "reception_point": "Điểm tiếp nhận số 2 (Định Tiến)",
        "address": "Thôn Mỹ Lộc, xã Định Hòa, tỉnh Thanh Hóa",
        "phone": "0237 3869 123",
        "code": "H56.99.01.02-261120-0007",
        "register_number": 1482,
        "register_book": "2026",
        "received_at": "2026-11-20T09:42:00+07:00",  # a Friday
        "due_at": "2026-11-26T17:00:00+07:00",  # a Thursday
        "due_is_estimate": False,
        "limit_text": "3 ngày làm việc",
        "filer": a_person(
            name="Nguyễn Văn Quyết", address="Thôn Phú Nhi, xã Định Hòa", email="quyet@example.vn"
        ),
        "principal": a_person(),
        "procedure": {"code": "1.004873", "name": "Cấp Giấy xác nhận tình trạng hôn nhân"},
        "situation": "Để đăng ký kết hôn trong nước",
        "papers": [
            a_paper(),
            a_paper(name="Trích lục ghi chú ly hôn", originals=0, certified_copies=2, note="bản điện tử"),
            a_paper(name="Giấy ủy quyền", originals=0, photocopies=3),
        ],
        "sets": 1,
        "fee_lines": [
            {
                "name": "Lệ phí cấp giấy xác nhận tình trạng hôn nhân",
                "base_vnd": 15_000,
                "payable_vnd": 0,
                "reason": "hộ nghèo, Điều 11 Luật Hộ tịch",
            }
        ],
        "payable_vnd": 0,
        "delivery": "Trụ sở chính Trung tâm Phục vụ hành chính công",
        "officer": "Lê Thu Hà",
        "tracking_url": "https://motcua.example.vn/tra-cuu/t/Zk3q_8Wv-1xYb2NfQpLr0A",
        "tracking_pin": None,
        "copy_no": 1,
        "is_corrected": False,
        "basis": "",
        "place_date": "Định Hòa, ngày 20 tháng 11 năm 2026",
        "demo": False,
    }
    return usual | changes


def a_company_snapshot():
    """A company whose director files; a helper filled in."""
    return a_snapshot(
        filer=a_person(name="Trịnh Văn Toàn", address=""),
        principal=a_person(
            name="Công ty TNHH Mây Tre", phone="", id_number="0100109106", tax_code="0100109106"
        )
        | NO_MORE,
        second=None,
        contact=None,
        helper=a_person(name="Lê Thị Mai", phone="") | {"relation": "Tổ công nghệ số cộng đồng"},
    )


def a_pair_snapshot():
    """Two who marry, one of them from abroad, reached through the father."""
    second = a_person(name="Souphanh Keo", address="Bản Na Khà", phone="", id_number="•••••3456")
    return a_snapshot(
        principal=a_person(name="Phạm Văn Hải", phone="") | NO_MORE | {"tax_code": ""},
        second=second | {"tax_code": "", "nationality": "Lào", "relation": ""},
        contact=a_person(name="Phạm Văn Toàn") | {"relation": "bố"},
        helper=None,
    )
