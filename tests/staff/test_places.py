"""Public pages of the communes, and how they tell a week."""

import re
from datetime import date, time

import pytest

from staff.models import OpeningHours
from staff.places import DayNotice, Phone, WeekRow, coming_special_days, phone_of, week_rows
from staff.work_calendar import DayKind, SpecialDay, WorkCalendar

MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))


def session(weekday, times=MORNING, *, reception_only=False):
    return OpeningHours(weekday=weekday, opens_at=times[0], closes_at=times[1], reception_only=reception_only)


def words(response):
    markup = re.compile(r"<(style|svg|script|head)\b.*?</\1>|<[^>]+>", re.DOTALL)
    return " ".join(markup.sub(" ", response.content.decode()).split())


def test_week_rows_join_weekdays_with_equal_sessions():
    sessions = [session(weekday, times) for weekday in range(5) for times in (AFTERNOON, MORNING)]

    assert week_rows(sessions) == (WeekRow("thứ Hai", "thứ Sáu", (MORNING, AFTERNOON), reception_only=False),)


def test_week_rows_keep_a_different_day_and_a_gap_apart():
    sessions = [session(0), session(1), session(2, AFTERNOON), session(4), session(5, reception_only=True)]

    assert week_rows(sessions) == (
        WeekRow("thứ Hai", "thứ Ba", (MORNING,), reception_only=False),
        WeekRow("thứ Tư", "thứ Tư", (AFTERNOON,), reception_only=False),
        WeekRow("thứ Sáu", "thứ Sáu", (MORNING,), reception_only=False),
        WeekRow("thứ Bảy", "thứ Bảy", (MORNING,), reception_only=True),
    )


def test_coming_special_days_reach_fourteen_days_ahead():
    def holiday(day):
        return SpecialDay(day, DayKind.HOLIDAY, "Ngày nghỉ", "Căn cứ")

    first, last, later = (
        date(2026, 11, 10),
        date(2026, 11, 24),
        date(2026, 11, 25),
    )  # Tuesdays, Wednesday
    calendar = WorkCalendar(1, frozenset({2026}), {day: holiday(day) for day in (later, last, first)})

    assert coming_special_days(calendar, day=first) == [
        DayNotice("thứ Ba 10/11/2026", "Ngày nghỉ", is_worked=False),
        DayNotice("thứ Ba 24/11/2026", "Ngày nghỉ", is_worked=False),
    ]


@pytest.mark.parametrize(
    ("number", "text"), [("+84912000001", "0912 000 001"), ("+842373900900", "0237 3 900 900")]
)
def test_phone_of_reads_as_people_write_it(number, text):
    assert phone_of(number) == Phone(number, text)


def test_phone_of_nothing_is_none():
    assert phone_of("") is None


@pytest.mark.django_db
def test_communes_found_by_a_former_name_say_why(client):
    shown = words(client.get("/xa/", {"q": "dinh thanh"}))

    assert (
        "Tìm thấy 1 xã, phường. Xã Định Hòa Xã Định Thành, Huyện Yên Định trước đây nay thuộc Xã Định Hòa"
        in shown
    )


@pytest.mark.django_db
def test_communes_named_like_nothing_offer_the_hotline(client):
    shown = words(client.get("/xa/", {"q": "Atlantis"}))

    assert "Không có xã, phường nào tên “Atlantis”." in shown
    assert "0237 3 900 900" in shown


@pytest.mark.django_db
def test_communes_without_words_lists_all_in_few_queries(client, django_assert_num_queries):
    with django_assert_num_queries(4):  # savepoint, communes, former communes, release
        response = client.get("/xa/")

    assert len(re.findall(r'href="/xa/\d{5}/"', response.content.decode())) == 166


@pytest.mark.django_db
def test_commune_page_tells_points_hours_and_former_communes(client):
    shown = words(client.get("/xa/15448/"))

    assert "Trung tâm Phục vụ hành chính công xã Định Hòa" in shown
    assert "Trụ sở xã" in shown
    assert "Cơ sở 2 – Định Thành" in shown
    assert "Thứ Hai – thứ Sáu 7:00–11:30 , 13:30–17:00" in shown
    assert "Xã Thiệu Long, Huyện Thiệu Hóa (một phần)" in shown


@pytest.mark.django_db
def test_commune_page_costs_as_much_for_two_points_as_for_one(client, django_assert_num_queries):
    client.get("/xa/15448/")

    for gso_code in ("15448", "14845"):
        with django_assert_num_queries(7):  # savepoint, commune, former, calendar, points, hours, release
            client.get(f"/xa/{gso_code}/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/xa/00000/", "/xa/dinh-hoa/"])
def test_commune_that_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404
