import pytest

from procedures.deadlines import TimeLimit, Unit, compute_due, pause_due
from procedures.explanations import deadline_sentence, explain_limit, explain_reason, explain_step
from procedures.fees import Reason
from tests.calendar_table import CALENDAR, HOURS, moment

SAME_DAY = TimeLimit(None, Unit.SAME_DAY)
IN_HOURS = TimeLimit(8, Unit.WORKING_HOUR)


def due(started, limit):
    return compute_due(moment(started), limit, calendar=CALENDAR, hours=HOURS)


def paused(started, limit, *pauses):
    moments = [(moment(began), moment(ended)) for began, ended in pauses]
    return pause_due(moment(started), limit, moments, calendar=CALENDAR, hours=HOURS)


def explained(deadline):
    return [explain_step(step) for step in deadline.trace]


def test_explain_step_of_working_days_gives_the_sum():
    deadline = due("2026-11-20 09:15", TimeLimit(3, Unit.WORKING_DAY))  # Friday

    assert explained(deadline) == [
        "Nhận đủ hồ sơ lúc 9:15, chưa tính ngày nhận (Điều 147 khoản 2 Bộ luật Dân sự 2015)",
        "Thứ Bảy, nghỉ hằng tuần",
        "Chủ nhật, nghỉ hằng tuần",
        "Ngày làm việc thứ 1",
        "Nghỉ lễ: Ngày Văn hóa Việt Nam",
        "Ngày làm việc thứ 2",
        "Ngày làm việc thứ 3",
        "Hẹn trả 17:00, thứ Năm 26/11/2026",
    ]


def test_explain_step_of_swapped_days_names_the_swap():
    off = explained(due("2026-08-28 09:00", TimeLimit(1, Unit.WORKING_DAY)))  # Friday
    worked = explained(due("2026-01-09 09:00", TimeLimit(1, Unit.WORKING_DAY)))  # Friday

    assert off[3] == "Nghỉ hoán đổi: làm bù ngày 22/8/2026"
    assert worked[1] == "Ngày làm việc thứ 1 (thứ Bảy làm bù)"


def test_explain_step_of_calendar_days_tells_how_the_last_rolled():
    steps = explained(due("2026-11-22 09:00", TimeLimit(2, Unit.CALENDAR_DAY)))  # Sunday

    assert steps == [
        "Nhận đủ hồ sơ lúc 9:00, chưa tính ngày nhận (Điều 147 khoản 2 Bộ luật Dân sự 2015)",
        "Ngày thứ 1",
        "Ngày thứ 2",
        (
            "Ngày cuối 24/11/2026 là ngày nghỉ (Nghỉ lễ: Ngày Văn hóa Việt Nam):"
            " hết hạn vào ngày làm việc tiếp theo (Điều 148 khoản 5 Bộ luật Dân sự 2015)"
        ),
        "Hẹn trả 17:00, thứ Tư 25/11/2026",
    ]


@pytest.mark.parametrize(
    ("started", "sentence"),
    [
        ("2026-11-20 15:00", "Nhận đủ hồ sơ lúc 15:00: trả ngay trong ngày"),
        ("2026-11-20 15:01", "Nhận sau 15:00: trả trong ngày làm việc tiếp theo (nhận đủ hồ sơ lúc 15:01)"),
        ("2026-11-21 09:00", "Nhận đủ hồ sơ lúc 9:00 ngày nghỉ: trả trong ngày làm việc tiếp theo"),
    ],
)
def test_explain_step_of_a_same_day_procedure_says_why(started, sentence):
    assert explained(due(started, SAME_DAY))[0] == sentence


def test_explain_step_of_hours_gives_the_sessions():
    assert explained(due("2026-11-20 15:10", IN_HOURS)) == [
        "Nhận đủ hồ sơ lúc 15:10, tính giờ từ lúc nhận (Điều 147 khoản 1 Bộ luật Dân sự 2015)",
        "Tính 1 giờ 50 phút làm việc, từ 15:10 đến 17:00",
        "Thứ Bảy, nghỉ hằng tuần",
        "Chủ nhật, nghỉ hằng tuần",
        "Tính 4 giờ 30 phút làm việc, từ 7:00 đến 11:30",
        "Tính 1 giờ 40 phút làm việc, từ 13:30 đến 15:10",
        "Hẹn trả 15:10, thứ Hai 23/11/2026",
    ]


def test_explain_step_of_hours_at_night_says_when_they_begin():
    first = explained(due("2026-11-18 20:00", IN_HOURS))[0]

    assert first == "Nhận đủ hồ sơ lúc 20:00, ngoài giờ làm việc: tính từ giờ làm việc kế tiếp"


def test_explain_step_of_a_pause_names_its_days():
    limit = TimeLimit(1, Unit.WORKING_DAY)

    in_time = explained(paused("2026-11-16 09:15", limit, ("2026-11-16 10:00", "2026-11-17 09:00")))
    late = explained(paused("2026-11-16 09:15", limit, ("2026-11-18 10:00", "2026-11-19 09:00")))

    assert in_time[1] == "Tạm dừng từ 16/11/2026 đến 17/11/2026, không tính"
    assert late[2] == "Cộng thêm một ngày cho thời gian tạm dừng"


def test_explain_step_of_a_pause_in_hours_names_its_time():
    steps = explained(paused("2026-11-16 09:00", IN_HOURS, ("2026-11-16 10:00", "2026-11-16 11:00")))

    assert steps[2] == "Tạm dừng 1 giờ, từ 10:00 đến 11:00, không tính"
    assert steps[3] == "Tính 30 phút làm việc, từ 11:00 đến 11:30"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(3, Unit.WORKING_DAY), "3 ngày làm việc"),
        (TimeLimit(15, Unit.CALENDAR_DAY), "15 ngày"),
        (TimeLimit(8, Unit.WORKING_HOUR), "8 giờ làm việc"),
        (SAME_DAY, "trong ngày"),
        (TimeLimit(None, Unit.NONE), "không quy định"),
        (TimeLimit(None, Unit.WORKING_DAY), "chưa xác định"),
    ],
)
def test_explain_limit_words_the_published_time(limit, words):
    assert explain_limit(limit) == words


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("charged", {"basis": "Thông tư 226/2016/TT-BTC"}), "mức thu theo Thông tư 226/2016/TT-BTC"),
        (
            Reason("exempt", {"wording": "hộ nghèo", "basis": "Điều 11 Luật Hộ tịch 2014", "exemption": "x"}),
            "hộ nghèo, Điều 11 Luật Hộ tịch 2014",
        ),
        (
            Reason(
                "exempt", {"wording": "nộp trực tuyến", "basis": "Nghị quyết 12/2025/NQ-HĐND tỉnh Thanh Hóa"}
            ),
            "nộp trực tuyến, Nghị quyết 12/2025/NQ-HĐND tỉnh Thanh Hóa",
        ),
        (
            Reason("reduced", {"wording": "hộ nghèo", "basis": "Luật", "percent": 50}),
            "giảm 50%: hộ nghèo, Luật",
        ),
        (Reason("no_charge", {"basis": "Luật Hộ tịch 2014"}), "không thu, Luật Hộ tịch 2014"),
        (Reason("amount_unknown"), "chưa có mức thu được công bố"),
    ],
)
def test_explain_reason_names_the_article(reason, words):
    assert explain_reason(reason) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [("exempt", "được miễn"), ("reduced", "được giảm 50%"), ("charged", "mức thu theo Luật")],
)
def test_explain_reason_without_proof_of_identity_hides_the_group(code, words):
    reason = Reason(code, {"wording": "hộ nghèo", "basis": "Luật", "percent": 50})

    assert explain_reason(reason, name_group=False) == words


ARTICLES = "(Điều 147, Điều 148 Bộ luật Dân sự 2015)"


@pytest.mark.parametrize(
    ("started", "limit", "sentence"),
    [
        (
            "2026-11-20 09:15",  # Friday
            TimeLimit(3, Unit.WORKING_DAY),
            (
                f"3 ngày làm việc, đếm từ ngày sau ngày nhận đủ hồ sơ, không tính ngày nghỉ {ARTICLES}."
                " Thứ Ba 24/11 nghỉ lễ: Ngày Văn hóa Việt Nam."
            ),
        ),
        (
            "2026-02-12 09:00",  # Thursday before Tết
            TimeLimit(2, Unit.WORKING_DAY),
            (
                f"2 ngày làm việc, đếm từ ngày sau ngày nhận đủ hồ sơ, không tính ngày nghỉ {ARTICLES}."
                " Từ thứ Hai 16/2 đến thứ Sáu 20/2 nghỉ lễ: Tết Nguyên đán."
            ),
        ),
        (
            "2026-11-09 09:00",  # Monday
            TimeLimit(2, Unit.CALENDAR_DAY),
            (
                "2 ngày, đếm từ ngày sau ngày nhận đủ hồ sơ, ngày cuối là ngày nghỉ thì hết hạn"
                f" vào ngày làm việc tiếp theo {ARTICLES}."
            ),
        ),
        (
            "2026-11-16 09:00",  # Monday
            IN_HOURS,
            (
                "8 giờ làm việc, tính từ lúc nhận đủ hồ sơ, chỉ tính trong giờ làm việc"
                " (Điều 147 Bộ luật Dân sự 2015)."
            ),
        ),
        (
            "2026-11-16 09:00",
            SAME_DAY,
            (
                "Trong ngày, nhận sau 15:00 thì trả trong ngày làm việc tiếp theo"
                " (quy tắc của Luật Hộ tịch 2014 và Điều 7 Nghị định 23/2015/NĐ-CP)."
            ),
        ),
    ],
)
def test_deadline_sentence_gives_rule_with_holidays(started, limit, sentence):
    assert deadline_sentence(due(started, limit), limit) == sentence


def test_deadline_sentence_of_a_paused_case_says_so():
    days, hours = TimeLimit(3, Unit.WORKING_DAY), TimeLimit(2, Unit.WORKING_HOUR)
    pause = ("2026-11-17 10:00", "2026-11-19 09:00")

    in_days = deadline_sentence(paused("2026-11-16 09:15", days, pause), days)
    in_hours = deadline_sentence(paused("2026-11-17 09:15", hours, pause), hours)

    assert in_days.endswith(f"{ARTICLES}. Đã cộng thêm 2 ngày tạm dừng.")
    assert in_hours.endswith("(Điều 147 Bộ luật Dân sự 2015). Đã cộng thêm thời gian tạm dừng.")
