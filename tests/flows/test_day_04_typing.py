"""Day four, Thursday 19/11/2026: the line breaks, the session ends, the clerk is called away."""

import pytest

from cases.models import Case, TypedDraft
from cases.nightly import prune_old
from tests.flows.office import HUONG

pytestmark = pytest.mark.django_db
LATE = {
    "Đã nhận từ trước": True,
    "Lúc nhận thực tế": "18/11/2026 15:30",
    "Lý do nhập sau": "Mất điện cả buổi chiều",
}


@pytest.fixture
def ha(at, works):
    at("2026-11-19 09:00")
    return works("ha.lt")


def test_half_typed_screen_waits_while_another_person_is_served(ha, at):
    ha.begins().fills(HUONG | {"paper-01": True}).pauses()
    at("2026-11-19 09:04")

    ha.opens("/ho-so/moi/").sees(
        "Chưa tiếp nhận xong, nhập lúc 09:00 ngày 19/11: Lê Thị Hương, Cấp Giấy xác nhận tình trạng hôn nhân"
    )
    between = ha.registers(
        {"Họ và tên": "Trịnh Văn Bảy", "Số định danh": "038085000127", "Ngày sinh": "1985"}
    )
    ha.opens("/ho-so/moi/").follows("Nhập tiếp")

    shown = [ha.value(name) for name in ("name", "number", "birth", "phone", "paper-01")]
    assert shown == ["Lê Thị Hương", "038185012346", "14/03/1985", "0912 345 018", "on"]
    ha.brings_all().presses("Tiếp nhận")
    assert [ha.case.principal_name, between.principal_name] == ["Lê Thị Hương", "Trịnh Văn Bảy"]
    assert TypedDraft.objects.count() == 0
    ha.opens("/ho-so/moi/").does_not_see("Chưa tiếp nhận xong")


def test_draft_thrown_away_is_gone(ha):
    ha.begins().fills(HUONG).pauses()

    ha.opens("/ho-so/moi/").presses("Bỏ bản này").does_not_see("Lê Thị Hương", "Chưa tiếp nhận xong")

    assert TypedDraft.objects.count() == 0


def test_draft_of_a_colleague_is_not_offered(ha, works):
    ha.begins().fills(HUONG).pauses()
    key = TypedDraft.objects.get().intake_key

    hien = works("hien.vt").opens(f"/ho-so/moi/?tiep={key}")

    hien.does_not_see("Lê Thị Hương", "038185012346", "Chưa tiếp nhận xong")


def test_draft_of_the_day_before_is_gone(ha, at):
    ha.begins().fills(HUONG).pauses()
    at("2026-11-20 09:05")
    prune_old()

    ha.signs_in().opens("/ho-so/moi/").does_not_see("Lê Thị Hương")

    assert TypedDraft.objects.count() == 0


def test_session_that_ended_asks_to_sign_in_and_gives_everything_back(ha, at):
    ha.begins().brings_all().fills(HUONG).pauses()
    at("2026-11-19 09:31")

    ha.presses("Tiếp nhận")

    ha.sees("Phiên làm việc đã kết thúc vì quá 30 phút không thao tác. Ông bà đăng nhập lại để làm tiếp.")
    assert Case.objects.count() == 0
    ha.signs_in().opens("/ho-so/moi/").follows("Nhập tiếp")
    assert (ha.value("name"), ha.value("paper-01")) == ("Lê Thị Hương", "on")
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")
    assert Case.objects.count() == 1


def test_answer_that_the_network_lost_is_the_first_case(ha):
    ha.begins().brings_all().fills(HUONG).pauses()
    ha.presses("Tiếp nhận")
    first = ha.case

    ha.sends_once_more().sees("Đã tiếp nhận hồ sơ", first.code)

    assert (ha.case, Case.objects.count(), TypedDraft.objects.count()) == (first, 1, 0)


def test_screen_of_one_officer_is_not_registered_by_another(ha, settings):
    ha.begins().brings_all().fills(HUONG).pauses()
    page = ha.page
    ha.opens("/ho-so/").presses("Đăng xuất").signs_in("hien.vt")  # in another tab of the same browser
    ha.page = page
    ha.fills(HUONG).presses("Tiếp nhận", status=403).sees(
        "Trang đã mở quá lâu",
        "Nếu đang nhập dở, mở thẻ mới để đăng nhập rồi quay lại.",
    )
    ha.page = page

    token = ha.client.cookies[settings.CSRF_COOKIE_NAME].value  # as the script of the page fetches it
    ha.fills(HUONG | {"csrfmiddlewaretoken": token}).presses("Tiếp nhận", status=409)

    ha.sees(
        "Hiện đang đăng nhập: Vũ Thị Hiền",
        "Chưa có gì được ghi. Người đã nhập đăng nhập lại rồi mở Tiếp nhận: bản đang nhập dở còn ở đó.",
    )
    assert (Case.objects.count(), TypedDraft.objects.count()) == (0, 1)


def test_late_receipt_counts_from_when_the_papers_came(ha):
    ha.begins().brings_all().fills(HUONG | LATE)

    assert "Tính từ lúc nhận 15:30, thứ Tư 18/11/2026." in ha.pauses()
    ha.presses("Tiếp nhận").sees("17:00, thứ Hai 23/11/2026").follows("Xem hồ sơ")

    assert ha.history == [
        (
            "18/11 15:30 Lê Thu Hà tiếp nhận hồ sơ tại Cơ sở 2 – Định Thành. "
            "Nhập vào hệ thống lúc 19/11/2026 09:00. Lý do: Mất điện cả buổi chiều Mẫu 01"
        )
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"Lý do nhập sau": ""}, {"late_reason": "Ông bà ghi lý do nhập sau."}),
        ({"Lúc nhận thực tế": ""}, {"late_at": "Ông bà ghi lúc nhận thực tế."}),
        ({"Lúc nhận thực tế": "19/11/2026 09:30"}, {"late_at": "Lúc nhận không được sau bây giờ."}),
        (
            {"Lúc nhận thực tế": "08/11/2026 09:00"},
            {"late_at": "Chỉ nhập lại hồ sơ đã nhận trong 10 ngày gần đây."},
        ),
    ],
)
def test_late_receipt_that_cannot_be_is_said_and_kept(ha, typed, said):
    ha.begins().brings_all().fills(HUONG | LATE | typed).presses("Tiếp nhận", status=422)

    assert ha.complaints == said
    assert (ha.value("name"), ha.value("late"), Case.objects.count()) == ("Lê Thị Hương", "on", 0)


def test_late_receipt_at_night_is_warned_of_and_not_refused(ha):
    ha.begins().brings_all().fills(HUONG | LATE | {"Lúc nhận thực tế": "18/11/2026 19:00"})

    assert "Lúc đó ngoài giờ làm việc, ông bà xem lại." in ha.pauses()
    ha.presses("Tiếp nhận").sees("Đã tiếp nhận hồ sơ")
