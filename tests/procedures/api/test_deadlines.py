"""Deadlines for machines: the worked examples of the province's calendar, and what cannot be counted."""

import pytest

from procedures.api import examples

UNITS = ("working_day", "calendar_day", "working_hour", "same_day")

pytestmark = pytest.mark.django_db


def ask(client, **query):
    return client.get("/api/v1/deadlines/", query)


def test_deadline_answers_as_the_description_shows(client):
    answer = ask(client, received_at="2026-11-20T16:40", unit="working_day", amount="3")  # a Friday

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json() == examples.DEADLINE_ANSWER


@pytest.mark.parametrize(
    ("received_at", "amount", "unit", "due_at"),
    [
        ("2026-11-16T09:15", 3, "working_day", "2026-11-19T17:00:00+07:00"),  # Mon → Thu
        ("2026-11-20T16:40", 3, "working_day", "2026-11-26T17:00:00+07:00"),  # Fri, 24/11 is a holiday
        ("2026-11-23T08:30", 1, "working_day", "2026-11-25T17:00:00+07:00"),  # Mon, 24/11 is a holiday
        ("2026-11-21T09:00", 3, "working_day", "2026-11-26T17:00:00+07:00"),  # Sat
        ("2026-02-12T09:00", 5, "working_day", "2026-02-26T17:00:00+07:00"),  # Thu before Tết
        ("2026-01-05T08:00", 5, "working_day", "2026-01-10T17:00:00+07:00"),  # Mon → a worked Saturday
        ("2026-08-27T15:30", 3, "working_day", "2026-09-04T17:00:00+07:00"),  # Thu before 2/9
        ("2026-04-28T09:00", 2, "working_day", "2026-05-04T17:00:00+07:00"),  # Tue before 30/4
        ("2027-04-29T15:10", 1, "working_day", "2027-05-04T17:00:00+07:00"),  # Thu, make-up on 3/5
        ("2026-11-17T09:00", 10, "working_day", "2026-12-02T17:00:00+07:00"),  # Tue
        ("2026-07-01T07:30", 15, "working_day", "2026-07-22T17:00:00+07:00"),  # Wed
        ("2026-11-09T09:00", 15, "calendar_day", "2026-11-25T17:00:00+07:00"),  # Mon, day 15 is a holiday
        ("2026-11-20T15:00", None, "same_day", "2026-11-20T17:00:00+07:00"),  # Fri
        ("2026-11-20T15:01", None, "same_day", "2026-11-23T17:00:00+07:00"),  # Fri → Mon
        ("2026-11-23T15:30", None, "same_day", "2026-11-25T17:00:00+07:00"),  # Mon, 24/11 is a holiday
        ("2026-11-20T15:10", 8, "working_hour", "2026-11-23T15:10:00+07:00"),  # Fri → Mon
        ("2026-11-21T20:00", 8, "working_hour", "2026-11-23T17:00:00+07:00"),  # Sat → Mon
        ("2026-11-18T12:00", 8, "working_hour", "2026-11-19T11:30:00+07:00"),  # Wed, at lunch
        ("2026-11-18T11:00", 2, "working_hour", "2026-11-18T15:00:00+07:00"),  # Wed
    ],
)
def test_deadline_of_each_worked_example(client, received_at, amount, unit, due_at):
    query = {"received_at": received_at, "unit": unit} | ({} if amount is None else {"amount": amount})

    answer = ask(client, **query)

    assert answer.json()["due_at"] == due_at
    assert answer.json()["trace"][-1]["code"] == "due"


@pytest.mark.parametrize("amount", [{"amount": "0"}, {"amount": "7"}, {}])
def test_deadline_of_the_same_day_needs_no_amount(client, amount):
    answer = ask(client, received_at="2026-11-20T09:00", unit="same_day", **amount)  # a Friday

    assert answer.json()["due_at"] == "2026-11-20T17:00:00+07:00"


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"amount": ()}, [("amount", "required", "Cần có tham số này.")]),
        ({"amount": ""}, [("amount", "invalid", "Cần một số nguyên.")]),
        ({"amuont": "3"}, [("amuont", "unknown_parameter", "Không có tham số này.")]),
        ({"": "3"}, [(None, "unknown_parameter", "Không có tham số này.")]),
        ({"\x9d": ""}, [("\x9d", "unknown_parameter", "Không có tham số này.")]),
        ({"amount": "0"}, [("amount", "min_value", "Thời hạn phải từ 1 trở lên.")]),
        ({"amount": "-1"}, [("amount", "min_value", "Số nhỏ nhất là 0.")]),
        ({"amount": "1001"}, [("amount", "max_value", "Số lớn nhất là 1000.")]),
        ({"amount": "1000000000000"}, [("amount", "max_value", "Số lớn nhất là 1000.")]),
        ({"amount": "ba"}, [("amount", "invalid", "Cần một số nguyên.")]),
        ({"received_at": ""}, [("received_at", "required", "Cần có tham số này.")]),
        (
            {"unit": "none"},
            [
                (
                    "unit",
                    "invalid_choice",
                    f"Giá trị không hợp lệ. Giá trị hợp lệ: {', '.join(UNITS)}.",
                )
            ],
        ),
    ],
)
def test_deadline_refuses_each_bad_value_at_its_field(client, query, errors):
    answer = ask(client, **{"received_at": "2026-11-20T09:00", "unit": "working_day", "amount": "3"} | query)

    assert answer.status_code == 422
    assert [(e["field"], e["code"], e["message"]) for e in answer.json()["errors"]] == errors


@pytest.mark.parametrize(
    ("received_at", "amount", "year"), [("2027-12-30T09:00", "3", 2028), ("2024-12-30T09:00", "1", 2024)]
)
def test_deadline_in_a_year_without_calendar_is_refused_by_name(client, received_at, amount, year):
    answer = ask(client, received_at=received_at, unit="working_day", amount=amount)

    assert answer.status_code == 422
    assert answer.json() == {
        "type": "about:blank",
        "title": "Dữ liệu chưa hợp lệ",
        "status": 422,
        "code": "calendar_missing",
        "detail": f"Chưa có lịch làm việc năm {year} nên chưa tính được ngày hẹn trả.",
        "errors": [],
    }


def test_deadline_asks_three_queries(client, django_assert_num_queries):
    query = {"received_at": "2026-11-20T09:00", "unit": "working_day", "amount": "3"}
    ask(client, **query)  # loads the calendar of this process

    with django_assert_num_queries(3):  # the read transaction (2), the newest calendar
        ask(client, **query)
