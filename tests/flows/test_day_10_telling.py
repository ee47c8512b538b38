"""Day ten, Friday 27/11/2026: the citizen is told, the gateway falls silent, the office has a pulse."""

import pytest

from cases.choices import Schedule
from cases.heartbeats import beat
from cases.models import OutboxMessage
from cases.nightly import make_up_morning_check, morning_check, prune_old
from cases.tasks import drain_outbox
from staff import clock
from tests.flows.office import HUONG
from tests.servers.sms_gateway import IS_BUSY, REFUSES, TAKES

pytestmark = pytest.mark.django_db
ABOUT = "Việc: đã tiếp nhận hồ sơ"
SAVE = "Lưu và lập lại giấy tiếp nhận"


@pytest.fixture
def ha(at, works, gateway, mailbox):
    at("2026-11-27 08:00")
    return works("ha.lt")


def page(case):
    return f"/ho-so/{case.code}/"


def told(gateway):
    """The templates that went out to telephones, in their order."""
    return [message["template"] for message in gateway.sent.values()]


def test_citizen_is_told_at_each_step_by_telephone_and_by_mail(ha, works, worker, gateway, mailbox):
    case = ha.registers()
    worker()
    ha.opens(f"{page(case)}sua/").fills({"Thư điện tử": "huong@example.vn", "Lý do sửa": "Bổ sung thư"})
    ha.presses(SAVE)
    to_the_result(works, case)
    worker()
    ha.opens(f"{page(case)}buoc/hand_over/").presses("Trả kết quả")
    worker()

    ha.opens(page(case))
    assert ha.deliveries == [
        "27/11 08:00 Đã gửi thư cho Lê Thị Hương. Việc: đã trả kết quả",
        "27/11 08:00 Đã nhắn SMS cho Lê Thị Hương. Việc: đã trả kết quả",
        "27/11 08:00 Đã gửi thư cho Lê Thị Hương. Việc: đã có kết quả",
        "27/11 08:00 Đã nhắn SMS cho Lê Thị Hương. Việc: đã có kết quả",
        "27/11 08:00 Đã nhắn SMS cho Lê Thị Hương. Việc: đã tiếp nhận hồ sơ",
    ]
    assert told(gateway) == ["registered.1", "result_ready.1", "handed_over.1"]
    assert [letter["Subject"].strip() for letter in mailbox.letters] == [
        f"Hồ sơ {case.code} đã có kết quả",
        f"Hồ sơ {case.code} đã trả kết quả",
    ]
    assert {letter["To"] for letter in mailbox.letters} == {"huong@example.vn"}
    assert "Lê Thị Hương" not in str(gateway.asked)  # a text message names nobody


def to_the_result(works, case):
    works("duc.hm").opens(f"{page(case)}buoc/claim/").presses("Nhận xử lý").opens(
        f"{page(case)}buoc/submit/"
    ).fills({"Nội dung kết quả": "Xác nhận"}).presses("Trình ký")
    works("thanh.nt").opens(f"{page(case)}buoc/approve/").fills({"Số kết quả": "12/XN"}).presses("Ký duyệt")


def test_silent_gateway_is_tried_again_and_the_page_says_when(ha, at, worker, gateway):
    case = ha.registers()
    gateway.mood = IS_BUSY
    worker()
    ha.opens(page(case))
    assert ha.deliveries == [
        (
            "27/11 08:00 Chưa nhắn được SMS cho Lê Thị Hương: nơi nhận đang bận (503). "
            f"Đã thử 1 lần, thử lại lúc 08:01. {ABOUT}"
        )
    ]

    gateway.mood = TAKES
    at("2026-11-27 08:02")
    worker()
    worker()

    ha.opens(page(case))
    assert ha.deliveries == [f"27/11 08:02 Đã nhắn SMS cho Lê Thị Hương. {ABOUT}"]
    assert [len(gateway.asked), len(gateway.sent), len(set(gateway.keys))] == [2, 1, 1]


def test_number_that_the_gateway_refuses_is_told_and_left_alone(ha, at, worker, gateway):
    case = ha.registers()
    gateway.mood = REFUSES
    worker()
    at("2026-11-27 10:00")
    worker()

    ha.signs_in().opens(page(case))
    assert ha.deliveries == [
        (
            "27/11 08:00 Không nhắn được SMS cho Lê Thị Hương: nơi nhận từ chối tin này (400). "
            f"Đã thử 1 lần. {ABOUT}"
        )
    ]
    assert len(gateway.asked) == 1


def test_slip_is_told_to_who_took_it_home(ha, worker, gateway):
    ha.begins().fills({"name": "Lê Thị Hương", "phone": "0912 345 018"}).presses("Yêu cầu bổ sung")
    ha.presses("Lập phiếu")
    worker()

    ha.opens("/phieu/2026/1/").sees("27/11/2026 08:00 · Đã nhắn SMS cho Lê Thị Hương")
    assert told(gateway) == ["slip_given.1"]


def test_citizen_with_a_landline_alone_is_told_nothing(ha, worker, gateway):
    case = ha.registers({"Điện thoại": "0237 3900 900"})
    worker()

    ha.opens(page(case))
    assert (ha.deliveries, gateway.asked, OutboxMessage.objects.count()) == ([], [], 0)


def test_citizen_follows_the_case_and_is_named_only_behind_four_digits(ha, anybody):
    case = ha.registers()
    anybody.opens(f"/tra-cuu/t/{case.tracking_token}/").sees("17:00, thứ Tư 02/12/2026")
    anybody.does_not_see("Hương", "L. T. H")
    anybody.fills({"digits": "9999"}).presses("Xem thêm", status=422)
    anybody.sees("4 số không khớp. Còn 4 lần thử trong giờ này.")

    anybody.fills({"digits": "2346"}).presses("Xem thêm")

    anybody.sees("L. T. H").does_not_see("Lê Thị Hương", "038185012346")


def test_page_in_english_keeps_the_record_in_vietnamese(ha):
    case = ha.registers()

    ha.opens(f"{page(case)}?lang=en").sees("Cấp Giấy xác nhận tình trạng hôn nhân").does_not_see("Quá trình")
    ha.opens("/ho-so/moi/?procedure=1.004873&lang=en").brings_all().fills({"number": "12", "name": ""})
    ha.presses("Register", status=422)
    assert "Ông bà" not in " ".join(ha.complaints.values())
    ha.opens(f"{page(case)}?lang=vi").sees("Quá trình")
    assert ha.history == ["27/11 08:00 Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành. Mẫu 01"]


def test_morning_check_rests_on_the_holiday_and_tells_after_it(at, works):
    at("2026-11-20 08:00")
    case = works("ha.lt").registers()  # due on Thursday 26/11, for the 24th is no working day
    at("2026-11-24 06:30")
    morning_check()
    works("ha.lt").opens("/thong-bao/").sees("Chưa có thông báo nào.")

    at("2026-11-25 06:31")
    make_up_morning_check()
    make_up_morning_check()

    ha = (
        works("ha.lt")
        .opens("/thong-bao/")
        .sees("1 hồ sơ hẹn trả ngày làm việc tới; tính đến lúc lập bản này")
    )
    assert ha.words.count("hẹn trả ngày làm việc tới") == 1
    at("2026-11-26 06:30")
    morning_check()
    works("ha.lt").opens("/thong-bao/").sees("1 hồ sơ hẹn trả hôm nay; tính đến lúc lập bản này")
    assert f"{case.due_at.astimezone(clock.LOCAL):%H:%M %d/%m}" == "17:00 26/11"


def test_pulse_is_green_while_the_worker_drains_and_red_two_minutes_after(ha, at, anybody):
    morning_check()
    prune_old()
    drain_outbox()
    anybody.opens("/tinh-trang/").sees("Đăng nhập")
    ha.opens("/tinh-trang/").sees("Mọi phần đang chạy.")
    assert ha.client.get("/health/").json()["ok"] is True

    at("2026-11-27 08:03")

    ha.opens("/tinh-trang/").sees("Có phần đang đứng:", "Máy làm việc nền")
    assert (ha.client.get("/health/").status_code, ha.client.get("/health/").json()["ok"]) == (503, False)
    drain_outbox()
    ha.opens("/tinh-trang/").sees("Mọi phần đang chạy.")


def test_morning_check_that_did_not_run_turns_the_page_red(ha, at):
    at("2026-11-26 06:30")
    beat(Schedule.MORNING_CHECK, at=clock.now())
    at("2026-11-27 08:00")
    prune_old()
    drain_outbox()

    ha.opens("/tinh-trang/").sees(
        "Có phần đang đứng: Nhắc việc buổi sáng.",
        "Chưa chạy hôm nay. Ông bà xem hồ sơ hẹn trả và quá hạn ở danh sách.",
    )
    make_up_morning_check()
    ha.opens("/tinh-trang/").sees("Mọi phần đang chạy.")


def test_messages_that_wait_too_long_turn_the_page_red_though_cases_go_on(ha, at, worker, gateway):
    morning_check()
    gateway.mood = IS_BUSY
    ha.registers()
    at("2026-11-27 08:10")
    beat(Schedule.DRAIN, at=clock.now())

    ha.opens("/tinh-trang/").sees("Có tin chờ quá lâu. Công dân và cán bộ chưa nhận được tin báo.")

    other = HUONG | {"Họ và tên": "Trịnh Văn Bảy", "Số định danh": "038085000127", "Ngày sinh": "1985"}
    assert ha.registers(other).register_number == 2
