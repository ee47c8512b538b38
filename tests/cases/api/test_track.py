"""Tracking for machines: opened by four digits, closed to guessing."""

import json
import logging
from datetime import datetime, timedelta

import pytest

from cases.api import examples
from cases.choices import State
from cases.models import TrackingAttempt
from config.request_log import JsonFormatter
from staff import clock
from staff.clock import LOCAL

FRIDAY_NOON = datetime(2026, 11, 20, 11, 0, tzinfo=LOCAL)  # a Friday
WRONG = {
    "type": "about:blank",
    "title": "Không có quyền",
    "status": 403,
    "code": "digits_wrong",
    "detail": "Mã hồ sơ và 4 số không khớp. Ông bà xem lại giấy hẹn.",
    "errors": [],
}


@pytest.fixture
def at(monkeypatch):
    """Sets the clock on the wall."""

    def look(moment):
        monkeypatch.delenv(clock.OFFSET_VARIABLE, raising=False)
        monkeypatch.setenv(clock.OFFSET_VARIABLE, str((moment - clock.now()).total_seconds()))

    look(FRIDAY_NOON)
    return look


def track(client, code, digits):
    return client.get(f"/api/v1/track/{code}/", {"digits": digits})


@pytest.mark.parametrize("digits", ["5018", "2346"])  # of the phone, of the personal number
def test_track_with_the_right_digits_answers_as_the_description_shows(client, case_at, at, digits):
    case = case_at(State.REGISTERED)

    answer = track(client, case.code, digits)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json() == examples.TRACK_ANSWER
    assert "no-store" in answer.headers["Cache-Control"]


def test_track_reads_a_code_typed_in_small_letters_with_blanks(client, case_at, at):
    case = case_at(State.REGISTERED)

    assert track(client, f" {case.code.lower()} ", "5018").json()["code"] == case.code


def test_track_of_a_returned_case_tells_when(client, case_at, at):
    case = case_at(State.RETURNED)

    told = track(client, case.code, "5018").json()

    assert told["state"] == {"code": "returned", "national_code": 10, "label": "Đã trả kết quả"}
    assert (told["finished_at"], told["returned_at"]) == ("2026-11-20T09:42:00+07:00",) * 2
    assert [step["status"] for step in told["way"]] == ["done"] * 4


def test_track_names_the_group_that_the_digits_proved(client, case_at, at):
    case = case_at(State.REGISTERED, categories=frozenset({"poor_household"}))

    told = track(client, case.code, "5018").json()

    assert told["fee_lines"] == [
        {
            "name": "Lệ phí hộ tịch",
            "base_vnd": 10_000,
            "payable_vnd": 0,
            "reason": "người thuộc hộ nghèo, Luật Hộ tịch 2014, Điều 11 khoản 1",
        }
    ]


def test_track_answers_unknown_codes_as_it_answers_wrong_digits(client, case_at, at):
    case = case_at(State.REGISTERED)

    answers = [track(client, case.code, "0000"), track(client, "H56.99.02.22-261120-9999", "0000")]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(403, WRONG), (403, WRONG)]
    assert {answer.headers["Content-Type"] for answer in answers} == {"application/problem+json"}


def test_track_after_five_wrong_answers_is_closed_for_an_hour(client, case_at, at):
    case = case_at(State.REGISTERED)
    statuses = [track(client, case.code, "0000").status_code for _ in range(5)]

    closed = track(client, case.code, "5018")

    assert statuses == [403] * 5
    assert (closed.status_code, closed.json()["code"]) == (429, "too_many_tries")
    assert closed.headers["Retry-After"] == "3600"
    assert TrackingAttempt.objects.filter(case=case).count() == 5
    at(FRIDAY_NOON + timedelta(hours=1, minutes=1))
    assert track(client, case.code, "5018").status_code == 200


@pytest.mark.parametrize(
    ("code", "digits", "errors"),
    [
        ("H56.99.02.22-261120-0001", "", [("digits", "required", "Ông bà nhập 4 chữ số.")]),
        ("H56.99.02.22-261120-0001", "12", [("digits", "digits_form", "Ông bà nhập đúng 4 chữ số.")]),
        ("H56.99.02.22-261120-0001", "🙈🙈🙈🙈", [("digits", "digits_form", "Ông bà nhập đúng 4 chữ số.")]),
        (
            "H" * 5000,
            "1234",
            [("code", "max_length", "Ô này có nhiều nhất 40 ký tự, đang có 5000.")],
        ),
    ],
)
def test_track_refuses_what_it_cannot_read(client, db, code, digits, errors):
    answer = track(client, code, digits)

    assert answer.status_code == 422
    assert [(e["field"], e["code"], e["message"]) for e in answer.json()["errors"]] == errors


@pytest.mark.parametrize("code", ["x", "-1", "🙈", "1000000000000", "\u202ex", "' or 1=1"])
def test_track_of_a_strange_code_is_a_wrong_answer(client, db, code):
    assert track(client, code, "1234").json() == WRONG


def test_track_leaves_neither_code_nor_digits_in_the_log(client, case_at, at, caplog):
    case = case_at(State.REGISTERED)

    with caplog.at_level(logging.DEBUG, logger="motcua.request"):
        track(client, case.code, "5018")

    lines = [JsonFormatter().format(record) for record in caplog.records if record.name == "motcua.request"]
    assert [json.loads(line)["route"] for line in lines] == ["api/v1/track/<str:code>/"]
    assert "5018" not in "".join(lines)
    assert case.code not in "".join(lines)


def test_track_asks_ten_queries(client, case_at, at, django_assert_num_queries):
    case = case_at(State.RETURNED)

    with django_assert_num_queries(10):  # transactions (4), case, its lists, scope, row lock, two counts
        track(client, case.code, "5018")


def test_track_refuses_a_name_that_nobody_knows_before_it_counts_a_try(client, case_at):
    case = case_at(State.REGISTERED)

    answer = client.get(f"/api/v1/track/{case.code}/", {"digits": "0000", "phone": "0912345678"})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "unknown_parameter")
    assert TrackingAttempt.objects.count() == 0
