from calendar import monthrange
from datetime import date, time

import pytest

from staff import reference
from staff.models import (
    Agency,
    CalendarDay,
    CalendarRevision,
    Centre,
    Commune,
    FormerCommune,
    OpeningHours,
    ReceptionPoint,
)
from staff.queries import agencies_named, current_calendar
from staff.work_calendar import DayKind

pytestmark = pytest.mark.django_db
TABLES = [Commune, FormerCommune, Centre, ReceptionPoint, OpeningHours, CalendarRevision, CalendarDay, Agency]


def counts():
    return [table.objects.count() for table in TABLES]


def test_load_gives_every_commune_its_centre_points_and_hours():
    assert counts() == [166, 558, 166, 167, 1670, 1, 41, 21]


def test_load_twice_changes_nothing():
    before = counts()

    reference.load()

    assert counts() == before


def test_load_keeps_what_an_administrator_changed():
    Commune.objects.filter(gso_code="15448").update(org_code="H56.30.05")

    reference.load()

    assert Commune.objects.get(gso_code="15448").org_code == "H56.30.05"


def test_load_gives_dinh_hoa_two_points_of_which_one_is_main():
    points = ReceptionPoint.objects.filter(commune__gso_code="15448").order_by("position")

    assert list(points.values_list("name", "is_main")) == [
        ("Trụ sở xã", True),
        ("Cơ sở 2 – Định Thành", False),
    ]


def test_load_gives_every_other_commune_one_point():
    others = ReceptionPoint.objects.exclude(commune__gso_code="15448")

    assert set(others.values_list("name", "is_main")) == {("Trụ sở", True)}


def test_load_names_centre_and_short_name():
    ward = Commune.objects.select_related("centre").get(gso_code="14797")

    assert (ward.kind, ward.short_name) == ("ward", "Hạc Thành")
    assert ward.centre.name == "Trung tâm Phục vụ hành chính công phường Hạc Thành"


def test_load_gives_each_commune_an_identifier_of_its_own():
    demonstration = Commune.objects.filter(org_code__regex=r"^H56\.99\.\d{2}\.\d{2}$")

    assert demonstration.values("org_code").distinct().count() == 166


def test_load_opens_every_point_on_weekdays_in_two_sessions():
    columns = ["weekday", "opens_at", "closes_at", "valid_from", "valid_to"]

    assert set(OpeningHours.objects.values_list(*columns)) == {
        (weekday, opens, closes, date(2025, 7, 1), None)
        for weekday in range(5)
        for opens, closes in [(time(7), time(11, 30)), (time(13, 30), time(17))]
    }


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2025, [17, 20, 21, 21, 20, 21, 23, 21, 20, 23, 20, 23]),
        (2026, [21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23]),
        (2027, [20, 15, 23, 20, 20, 22, 22, 22, 20, 21, 21, 23]),
    ],
)
def test_calendar_has_the_working_days_of_each_month(year, expected):
    calendar = current_calendar()

    found = [
        sum(calendar.is_working_day(date(year, month, day + 1)) for day in range(monthrange(year, month)[1]))
        for month in range(1, 13)
    ]

    assert found == expected


@pytest.mark.parametrize(
    ("day", "replaces"),
    [
        (date(2025, 4, 26), date(2025, 5, 2)),  # Saturday for Friday
        (date(2026, 1, 10), date(2026, 1, 2)),  # Saturday for Friday
        (date(2026, 8, 22), date(2026, 8, 31)),  # Saturday for Monday
    ],
)
def test_calendar_swaps_a_saturday_for_a_weekday_off(day, replaces):
    calendar = current_calendar()

    assert (calendar.special[day].kind, calendar.special[day].replaces) == (DayKind.WORKED_SATURDAY, replaces)
    assert calendar.kind(replaces) is DayKind.SWAPPED_OFF


def test_calendar_names_the_day_of_culture_with_its_source():
    special = current_calendar().special[date(2026, 11, 24)]  # Tuesday

    assert (special.name, special.source) == ("Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16, Điều 2")


def test_load_names_agencies_that_are_found_without_diacritics():
    found = {words: [agency.slug for agency in agencies_named(words)] for words in ("so tu phap", "VPĐKĐĐ")}

    assert found == {"so tu phap": ["so-tu-phap"], "VPĐKĐĐ": ["chi-nhanh-dat-dai", "van-phong-dat-dai"]}
    assert set(Agency.objects.values_list("certainty", flat=True)) == {"K"}
