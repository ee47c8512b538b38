"""Quotes for machines: the promise with its days, the money with its articles."""

from datetime import datetime

import pytest

from procedures.api import examples
from staff import clock

pytestmark = pytest.mark.django_db


def quote(client, code, **query):
    return client.get(f"/api/v1/procedures/{code}/quote/", {"channel": "counter"} | query)


def test_quote_answers_as_the_description_shows(client):
    answer = quote(client, "1.001612", channel="online", received_at="2026-11-20T16:40")  # a Friday

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json() == examples.QUOTE_ANSWER


def test_quote_over_the_day_of_culture_names_the_holiday(client):
    told = quote(client, "1.004873", received_at="2026-11-20T16:40").json()  # a Friday

    assert told["due_at"] == "2026-11-26T17:00:00+07:00"  # Thursday
    assert {"code": "day_off", "date": "2026-11-24", "text": "Nghỉ lễ: Ngày Văn hóa Việt Nam"} in told[
        "due_trace"
    ]
    assert told["due_refusal"] is None
    assert told["situation"] == "unmarried"


@pytest.mark.parametrize(
    "received_at",
    [
        "2026-11-20T16:40",
        "2026-11-20 16:40",
        "2026-11-20T16:40:00",
        "2026-11-20T16:40:00+07:00",
        "2026-11-20T16:40:00 07:00",
        "2026-11-20T09:40:00Z",
        "2026-11-20T09:40:00.000001+00:00",
        "2026-11-20T04:40:00-05:00",
    ],
)
def test_quote_reads_every_way_of_writing_the_same_moment(client, received_at):
    told = quote(client, "1.004873", received_at=received_at).json()

    assert told["due_trace"][0]["text"].startswith("Nhận đủ hồ sơ lúc 16:40,")
    assert told["due_at"] == "2026-11-26T17:00:00+07:00"


def test_quote_reads_a_bare_plus_in_the_address(client):
    address = "/api/v1/procedures/1.004873/quote/?channel=counter&received_at=2026-11-20T16:40:00+07:00"

    assert client.get(address).json()["due_at"] == "2026-11-26T17:00:00+07:00"


def test_quote_without_moment_takes_the_present(client, monkeypatch):
    offset = datetime(2026, 11, 20, 16, 40, tzinfo=clock.LOCAL) - clock.now()  # a Friday
    monkeypatch.setenv(clock.OFFSET_VARIABLE, str(offset.total_seconds()))

    assert quote(client, "1.004873").json()["due_at"] == "2026-11-26T17:00:00+07:00"


@pytest.mark.parametrize(
    ("query", "payable_vnd"),
    [
        ({"copies": "1", "pages": "2"}, 4_000),
        ({"copies": "4", "pages": "3"}, 20_000),
        ({"copies": "2", "pages": "1000"}, 400_000),
        ({"category": "poor_household"}, 2_000),
    ],
)
def test_quote_of_certified_copies_counts_copies_and_pages(client, query, payable_vnd):
    told = quote(client, "2.000815", received_at="2026-11-20T09:00", **query).json()

    assert (told["payable_vnd"], told["waived_vnd"]) == (payable_vnd, 0)
    assert [(line["kind"], line["payable_vnd"], line["reason"]) for line in told["fee_lines"]] == [
        ("fee", payable_vnd, "mức thu theo Thông tư 226/2016/TT-BTC")
    ]


@pytest.mark.parametrize(
    ("categories", "payable_vnd", "reason"),
    [
        (["poor_household"], 0, "người thuộc hộ nghèo, Luật Hộ tịch 2014, Điều 11 khoản 1"),
        (["child", "disabled"], 0, "người khuyết tật, Luật Hộ tịch 2014, Điều 11 khoản 1"),
        (
            ["elderly"],
            10_000,
            "mức thu theo Nghị quyết của Hội đồng nhân dân tỉnh Thanh Hóa (chưa có bảng mức thu)",
        ),
        ([""], 10_000, "mức thu theo Nghị quyết của Hội đồng nhân dân tỉnh Thanh Hóa (chưa có bảng mức thu)"),
    ],
)
def test_quote_reason_names_the_article_of_the_group(client, categories, payable_vnd, reason):
    told = quote(client, "1.004873", received_at="2026-11-20T09:00", category=categories).json()

    assert [(line["base_vnd"], line["payable_vnd"], line["reason"]) for line in told["fee_lines"]] == [
        (10_000, payable_vnd, reason)
    ]
    assert (told["payable_vnd"], told["waived_vnd"]) == (payable_vnd, 10_000 - payable_vnd)


def test_quote_of_a_procedure_without_terms_says_why_there_is_no_date(client):
    told = quote(client, "1.001766", received_at="2026-11-20T09:00").json()

    assert (told["due_at"], told["due_trace"], told["terms_known"]) == (None, [], False)
    assert told["due_refusal"] == {
        "code": "no_computable_limit",
        "message": "Thủ tục này chưa có thời hạn tính được: cán bộ ghi ngày hẹn trả và lý do.",
    }


def test_quote_into_a_year_without_calendar_keeps_the_money(client):
    told = quote(client, "1.004873", received_at="2027-12-31T09:00").json()  # a Friday

    assert (told["due_at"], told["due_refusal"]["code"], told["payable_vnd"]) == (
        None,
        "calendar_missing",
        10_000,
    )


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"channel": ""}, "channel", "required"),
        ({"channel": "pigeon"}, "channel", "invalid_choice"),
        ({"situation": "house"}, "situation", "situation_unknown"),
        ({"situation": "a" * 5000}, "situation", "max_length"),
        ({"situation": "late" + "\u200b" * 50}, "situation", "max_length"),
        ({"copy": "2"}, "copy", "unknown_parameter"),
        ({"copies": ""}, "copies", "invalid"),
        ({"copies": "-1"}, "copies", "min_value"),
        ({"copies": "0"}, "copies", "min_value"),
        ({"pages": "1000000000000"}, "pages", "max_value"),
        ({"pages": "9" * 5000}, "pages", "invalid"),
        ({"pages": "2.5"}, "pages", "invalid"),
        ({"pages": "🙈"}, "pages", "invalid"),
        ({"category": ["poor_household", "king"]}, "category", "invalid_choice"),
        ({"received_at": "tomorrow"}, "received_at", "invalid"),
        ({"received_at": "\u200b"}, "received_at", "invalid"),
        ({"received_at": "2026-11-20"}, "received_at", "invalid"),
        ({"received_at": "0001-01-01T00:00"}, "received_at", "invalid"),
        ({"received_at": "9999-12-31T23:59"}, "received_at", "invalid"),
        ({"received_at": "2026-02-31T09:00"}, "received_at", "date_unknown"),
        ({"received_at": "2026-11-20T24:00"}, "received_at", "invalid"),
        ({"received_at": "2026-11-20T16:40+99:00"}, "received_at", "invalid"),
        ({"received_at": "2" * 5000}, "received_at", "max_length"),
        ({"received_at": "2025-06-30T09:00"}, "received_at", "not_in_force"),
    ],
)
def test_quote_refuses_each_bad_value_at_its_field(client, query, field, code):
    answer = quote(client, "1.004873", **query)

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]


def test_quote_in_a_channel_not_offered_is_refused_at_the_channel(client):
    answer = quote(client, "1.010833", channel="online")

    assert answer.json()["errors"] == [
        {
            "field": "channel",
            "code": "channel_not_offered",
            "message": "Thủ tục này không nhận theo hình thức nộp đã chọn.",
        }
    ]


def test_quote_drops_invisible_characters(client):
    told = quote(client, "1.001193", situation="\u202elate\u200b", received_at="2026-11-20T09:00").json()

    assert told["situation"] == "late"


@pytest.mark.parametrize("address", ["/api/v1/procedures/?q=a%00", "/api/v1/procedures/1.004873%00/"])
def test_nul_is_refused_as_malformed(client, address):
    assert client.get(address).status_code == 400


def test_quote_asks_eleven_queries(client, django_assert_num_queries):
    quote(client, "1.004873", received_at="2026-11-20T16:40")  # loads the calendar of this process

    with django_assert_num_queries(11):  # transaction (2), calendar, version and its lists (7), exemptions
        quote(client, "1.004873", received_at="2026-11-20T16:40")
