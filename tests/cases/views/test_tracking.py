"""The page of the citizen: what the address on the receipt shows, and what only four digits open."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from cases import actions
from cases.actions import Person
from cases.choices import State
from cases.models import TrackingAttempt
from tests.cases.conftest import FRIDAY_MORNING

TRACK = "/tra-cuu/"
WRONG = "Mã hồ sơ và 4 số không khớp. Ông bà xem lại giấy hẹn."
CLOSED = "Đã sai quá nhiều lần. Ông bà thử lại sau một giờ, hoặc gọi 02373 900 900."
PERSONAL = ("Hương", "Lê Thị", "038185012346", "0912345018", "0912 345 018", "84912345018")


@pytest.fixture(autouse=True)
def friday(clock_shows):
    clock_shows(FRIDAY_MORNING)


@pytest.fixture
def citizen():
    return Client()


def plain(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def told_of(response):
    return [word for word in PERSONAL if word in response.content.decode()]


def address(case):
    return f"/tra-cuu/t/{case.tracking_token}/"


@pytest.mark.parametrize(
    ("state", "headline", "second"),
    [
        (State.REGISTERED, "Đã tiếp nhận", "Hẹn trả 17:00, thứ Năm 26/11/2026 tại Cơ sở 2"),
        (State.IN_PROGRESS, "Đang giải quyết", "Hẹn trả 17:00, thứ Năm 26/11/2026 tại Cơ sở 2"),
        (State.AWAITING_APPROVAL, "Đang chờ lãnh đạo ký", "Hẹn trả 17:00, thứ Năm 26/11/2026 tại Cơ sở 2"),
        (State.RESOLVED, "Đã có kết quả", "Xong lúc 09:42, thứ Sáu 20/11/2026 Nhận tại Cơ sở 2"),
        (State.RETURNED, "Đã trả kết quả", "Trả kết quả 09:42, thứ Sáu 20/11/2026"),
    ],
)
def test_token_shows_state_dates_and_place_but_nobodys_name(case_at, citizen, state, headline, second):
    case = case_at(state)

    response = citizen.get(address(case))

    assert response.status_code == 200
    assert f"{case.code} {headline} {second}" in plain(response)
    assert told_of(response) == []
    assert "Chủ hồ sơ" not in plain(response)
    assert "no-store" in response["Cache-Control"]


def test_token_of_a_withdrawn_case_asks_nobody_to_come(case_at, people, citizen):
    case = case_at(State.IN_PROGRESS)
    actions.withdraw_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version, reason="Hương xin rút"
    )

    response = citizen.get(address(case))

    assert f"{case.code} Đã rút hồ sơ Kết thúc lúc 09:42, thứ Sáu 20/11/2026" in plain(response)
    assert "Nhận tại" not in plain(response)
    assert 'aria-current="step"' not in response.content.decode()
    assert told_of(response) == []


@pytest.mark.parametrize("digits", ["5018", "2346", " 5018 "])
def test_token_with_the_right_digits_shows_the_name_masked(case_at, citizen, digits):
    case = case_at(State.REGISTERED)

    response = citizen.post(address(case), {"digits": digits})

    assert response.status_code == 200
    assert "Chủ hồ sơ L. T. H" in plain(response)
    assert told_of(response) == []
    assert "no-store" in response["Cache-Control"]


def test_token_opened_once_asks_again_on_the_next_look(case_at, citizen):
    case = case_at(State.REGISTERED)
    citizen.post(address(case), {"digits": "5018"})

    assert "Chủ hồ sơ" not in plain(citizen.get(address(case)))


@pytest.mark.parametrize("token", ["x", "a" * 22, "..", "%00"])
def test_token_that_nobody_was_given_is_not_found(case_at, citizen, token):
    case_at(State.REGISTERED)

    assert citizen.get(f"/tra-cuu/t/{token}/").status_code in ({400} if token == "%00" else {404})


def test_wrong_digits_are_told_how_many_tries_are_left_until_the_case_closes(case_at, citizen):
    case = case_at(State.REGISTERED)

    answers = [citizen.post(address(case), {"digits": "0000"}) for _try in range(6)]
    right = citizen.post(address(case), {"digits": "5018"})

    assert [answer.status_code for answer in (*answers, right)] == [422] * 7
    assert [re.search(r"Còn (\d) lần thử", plain(answer))[1] for answer in answers[:5]] == list("43210")
    assert [CLOSED in plain(answer) for answer in (*answers[4:], right)] == [False, True, True]
    assert "Chủ hồ sơ" not in plain(right)
    assert TrackingAttempt.objects.filter(case=case).count() == 5


def test_wrong_digits_close_one_case_and_not_its_neighbour(case_at, citizen):
    case, other = case_at(State.REGISTERED), case_at(State.REGISTERED)
    for _try in range(5):
        citizen.post(address(case), {"digits": "0000"})

    assert citizen.post(address(other), {"digits": "5018"}).status_code == 200


def test_case_closed_by_wrong_digits_opens_after_an_hour(case_at, citizen, clock_shows):
    case = case_at(State.REGISTERED)
    for _try in range(5):
        citizen.post(address(case), {"digits": "0000"})
    clock_shows(FRIDAY_MORNING + timedelta(minutes=61))

    assert "Chủ hồ sơ L. T. H" in plain(citizen.post(address(case), {"digits": "5018"}))


@pytest.mark.parametrize("digits", ["", "501", "50180", "abcd", "٥٠١٨", "💥💥💥💥"])
def test_digits_that_are_none_cost_no_try(case_at, citizen, digits):
    case = case_at(State.REGISTERED)

    response = citizen.post(address(case), {"digits": digits})

    assert response.status_code == 422
    assert TrackingAttempt.objects.count() == 0


def test_group_of_an_exemption_is_not_named_before_the_digits(case_at, citizen):
    case = case_at(State.REGISTERED, categories=frozenset({"poor_household"}))

    closed = citizen.get(address(case))
    wrong = citizen.post(address(case), {"digits": "0000"})
    opened = citizen.post(address(case), {"digits": "5018"})

    assert "Lệ phí hộ tịch 0 đ – được miễn" in plain(closed)
    assert [("hộ nghèo" in plain(answer)) for answer in (closed, wrong, opened)] == [False, False, True]


def test_amount_that_no_source_confirms_is_marked(case_at, citizen):
    case = case_at(State.REGISTERED)
    case.obligations.update(certainty="K")

    shown = plain(citizen.get(address(case)))

    why = "mức thu theo Nghị quyết của Hội đồng nhân dân tỉnh Thanh Hóa (chưa có bảng mức thu)"
    assert f"Lệ phí hộ tịch 10.000 đ – {why} (số liệu minh họa)" in shown


def test_code_and_digits_open_the_case(case_at, citizen):
    case = case_at(State.REGISTERED)
    typed = f" {case.code.lower()[:8]} {case.code.lower()[8:]} "

    response = citizen.post(TRACK, {"code": typed, "digits": "5018"})

    assert response.status_code == 200
    assert "Chủ hồ sơ L. T. H" in plain(response)
    assert told_of(response) == []


def test_code_with_wrong_digits_is_answered_like_an_unknown_code(case_at, citizen):
    case = case_at(State.REGISTERED)
    unknown = case.code.replace("-0001", "-0002")

    answers = [citizen.post(TRACK, {"code": code, "digits": "0000"}) for code in (case.code, unknown)]

    assert [answer.status_code for answer in answers] == [422, 422]
    pages = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(code, "CODE")
        for answer, code in zip(answers, (case.code, unknown), strict=True)
    ]
    assert WRONG in plain(answers[0])
    assert pages[0] == pages[1]


def test_code_shares_the_tries_with_the_token(case_at, citizen):
    case = case_at(State.REGISTERED)
    for _try in range(3):
        citizen.post(TRACK, {"code": case.code, "digits": "0000"})

    response = citizen.post(address(case), {"digits": "0000"})

    assert "Còn 1 lần thử" in plain(response)


def test_code_after_five_wrong_answers_is_closed_to_the_right_ones_too(case_at, citizen):
    case = case_at(State.REGISTERED)
    for _try in range(5):
        citizen.post(TRACK, {"code": case.code, "digits": "0000"})

    response = citizen.post(TRACK, {"code": case.code, "digits": "5018"})

    assert (response.status_code, CLOSED in plain(response)) == (422, True)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"code": "", "digits": "5018"}, "Ông bà nhập mã hồ sơ in trên giấy hẹn."),
        ({"code": "H56", "digits": ""}, "Ông bà nhập 4 chữ số."),
        ({"code": "H" * 5000, "digits": "5018"}, "Ô này có nhiều nhất 40 ký tự, đang có 5000."),
    ],
)
def test_code_or_digits_left_out_are_asked_for(db, citizen, typed, message):
    response = citizen.post(TRACK, typed)

    assert (response.status_code, message in plain(response)) == (422, True)


def test_form_keeps_the_code_that_was_typed(db, citizen):
    response = citizen.post(TRACK, {"code": "H56.99.02.22-261120-0001", "digits": "1"})

    assert 'value="H56.99.02.22-261120-0001"' in response.content.decode()


def test_pin_of_the_receipt_opens_a_case_without_phone_and_number(case_at, citizen):
    case = case_at(State.REGISTERED, principal=Person(name="Cụ Đinh Thị Vân"))

    response = citizen.post(address(case), {"digits": case.tracking_pin})

    assert "Chủ hồ sơ C. Đ. T. V" in plain(response)
    assert "Vân" not in plain(response)


def test_tracking_sets_no_session(case_at, citizen):
    case = case_at(State.REGISTERED)
    citizen.post(address(case), {"digits": "5018"})

    assert "sessionid" not in citizen.cookies


def test_amount_that_nobody_published_is_not_shown_as_nothing(case_at, citizen, browse_as):
    case = case_at(State.REGISTERED)
    case.obligations.update(reason={"code": "amount_unknown", "params": {}}, base_vnd=0, payable_vnd=0)

    shown = [plain(citizen.get(address(case))), plain(browse_as("ha.lt").get(f"/ho-so/{case.code}/"))]

    assert ["Đang cập nhật – " in text for text in shown] == [True, True]
    assert ["0 đ" in text or "minh họa" in text for text in shown] == [False, False]


@pytest.mark.parametrize("state", [State.REGISTERED, State.RETURNED])
def test_token_asks_four_queries(case_at, citizen, state, django_assert_num_queries):
    case = case_at(state)
    citizen.get(address(case))  # the content of the calendar is read once per process

    with django_assert_num_queries(4):  # transaction (2), case, everything beside it
        citizen.get(address(case))
