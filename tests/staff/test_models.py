from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from staff.models import (
    CalendarDay,
    CalendarRevision,
    Commune,
    Membership,
    Officer,
    OpeningHours,
    ReceptionPoint,
)
from staff.rights import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)  # Thursday


def broken(make):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return caught.value.__cause__.diag.constraint_name


def officer():
    return Officer.objects.create(username="ha.lt", full_name="Lê Thu Hà")


def commune():
    return Commune.objects.get(gso_code="15448")


def test_commune_name_is_folded_by_the_database():
    assert commune().name_fold == "xa dinh hoa"


def test_officer_keeps_no_login_time_of_the_framework():
    assert "last_login" not in {field.name for field in Officer._meta.get_fields()}


@pytest.mark.parametrize("username", ["Ha.lt", "hà.lt", ".ha", "ha lt", ""])
def test_officer_username_is_plain(username):
    made = broken(lambda: Officer.objects.create(username=username, full_name="Lê Thu Hà"))

    assert made == "staff_officer_username_is_plain"


def test_membership_of_a_clerk_needs_a_commune():
    made = broken(lambda: Membership.objects.create(officer=officer(), role=Role.CLERK, valid_from=DAY))

    assert made == "staff_membership_commune_unless_province_role"


def test_membership_of_the_province_admin_has_no_commune():
    made = broken(
        lambda: Membership.objects.create(
            officer=officer(), role=Role.PROVINCE_ADMIN, commune=commune(), valid_from=DAY
        )
    )

    assert made == "staff_membership_province_admin_has_no_commune"


def test_membership_ends_no_earlier_than_it_starts():
    made = broken(
        lambda: Membership.objects.create(
            officer=officer(), role=Role.CLERK, commune=commune(), valid_from=DAY, valid_to=date(2026, 11, 18)
        )
    )

    assert made == "staff_membership_validity_ordered"


def test_membership_of_the_province_starts_once_a_day():
    person = officer()
    Membership.objects.create(officer=person, role=Role.AUDITOR, valid_from=DAY)

    made = broken(lambda: Membership.objects.create(officer=person, role=Role.AUDITOR, valid_from=DAY))

    assert made == "staff_membership_once_per_start"


def test_opening_hours_close_after_they_open():
    point = ReceptionPoint.objects.get(commune=commune(), is_main=True)

    made = broken(
        lambda: OpeningHours.objects.create(
            point=point, weekday=0, opens_at=time(12), closes_at=time(8), valid_from=DAY
        )
    )

    assert made == "staff_openinghours_closes_after_opening"


def test_opening_hours_of_a_saturday_are_reception_only():
    point = ReceptionPoint.objects.get(commune=commune(), is_main=True)

    made = broken(
        lambda: OpeningHours.objects.create(
            point=point, weekday=5, opens_at=time(8), closes_at=time(11), valid_from=DAY
        )
    )

    assert made == "staff_openinghours_weekend_is_reception_only"


@pytest.mark.parametrize(
    ("day", "kind", "replaces"),
    [
        (date(2028, 1, 8), "worked_saturday", None),  # Saturday
        (date(2028, 1, 7), "worked_saturday", date(2028, 1, 3)),  # Friday for Monday
        (date(2028, 1, 8), "worked_saturday", date(2028, 1, 9)),  # Saturday for Sunday
        (date(2028, 1, 3), "holiday", date(2028, 1, 4)),  # Monday
    ],
)
def test_calendar_day_worked_saturday_replaces_a_weekday(day, kind, replaces):
    revision = CalendarRevision.objects.create(number=2)

    made = broken(
        lambda: CalendarDay.objects.create(
            revision=revision, day=day, kind=kind, name="Ngày thử", source="Không có", replaces=replaces
        )
    )

    assert made == "staff_calendarday_worked_saturday_replaces_a_weekday"


def test_commune_has_one_main_point():
    main = ReceptionPoint.objects.get(commune=commune(), is_main=True)

    made = broken(
        lambda: ReceptionPoint.objects.create(
            commune=main.commune, centre=main.centre, name="Trụ sở khác", is_main=True, position=9
        )
    )

    assert made == "staff_receptionpoint_one_main_per_commune"
