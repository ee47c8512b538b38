from datetime import UTC, date, datetime, time

import pytest

from staff.errors import OfficeError
from staff.models import CalendarRevision, CalendarYear, OpeningHours, ReceptionPoint
from staff.queries import (
    calendar_revision,
    communes_named,
    current_calendar,
    members_with,
    memberships_of,
    office_hours,
    officers_of,
)
from staff.rights import Capability, Role
from staff.work_calendar import DEFAULT_HOURS
from tests.staff.conftest import post

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)  # Thursday
PUBLISHED = datetime(2026, 11, 1, tzinfo=UTC)


def test_current_calendar_again_costs_one_query(django_assert_num_queries):
    current_calendar()

    with django_assert_num_queries(1):
        current_calendar()


def test_current_calendar_ignores_a_revision_that_is_not_published():
    CalendarRevision.objects.create(number=2)

    assert current_calendar().revision == 1


def test_current_calendar_is_the_newest_published_revision():
    revision = CalendarRevision.objects.create(number=2)
    CalendarYear.objects.create(revision=revision, year=2028)
    CalendarRevision.objects.filter(pk=revision.pk).update(published_at=PUBLISHED)

    assert (current_calendar().revision, current_calendar().years) == (2, frozenset({2028}))
    assert calendar_revision(1).years == frozenset({2025, 2026, 2027})


def test_calendar_revision_that_nobody_published_is_refused():
    with pytest.raises(OfficeError) as caught:
        calendar_revision(99)

    assert caught.value.code == "calendar_revision_missing"


def test_office_hours_without_a_point_are_the_usual_hours():
    assert office_hours(None, DAY) == DEFAULT_HOURS


def test_office_hours_of_a_loaded_point_are_the_usual_hours():
    point = ReceptionPoint.objects.get(commune__gso_code="15448", is_main=True)

    assert office_hours(point.pk, DAY) == DEFAULT_HOURS


def test_office_hours_follow_their_validity_and_leave_out_reception_only():
    point = ReceptionPoint.objects.get(commune__gso_code="15448", is_main=True)
    OpeningHours.objects.filter(point=point).update(valid_to=date(2026, 11, 18))
    for weekday in range(5):
        OpeningHours.objects.create(
            point=point, weekday=weekday, opens_at=time(7, 30), closes_at=time(12), valid_from=DAY
        )
    OpeningHours.objects.create(
        point=point, weekday=5, opens_at=time(8), closes_at=time(11), valid_from=DAY, reception_only=True
    )

    assert office_hours(point.pk, DAY).weekdays == (((time(7, 30), time(12)),),) * 5
    assert office_hours(point.pk, date(2026, 11, 18)) == DEFAULT_HOURS


def test_communes_named_finds_former_names_without_diacritics():
    assert [commune.name for commune in communes_named("dinh thanh")] == ["Xã Định Hòa"]


def test_communes_named_finds_present_names_once():
    assert [commune.name for commune in communes_named("Hạc Thành")] == ["Phường Hạc Thành"]


def test_communes_named_without_words_lists_all_in_few_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(communes_named("")) == 166


def test_memberships_of_are_valid_on_first_and_last_day_only(enrol):
    officer = enrol(valid_from=date(2026, 11, 2), valid_to=date(2026, 11, 30))  # both Mondays

    valid = [
        memberships_of(officer, day=day).count()
        for day in [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 30), date(2026, 12, 1)]
    ]

    assert valid == [0, 1, 1, 0]


def test_officers_of_leaves_out_other_communes_and_closed_accounts(enrol):
    officer, stranger, gone = enrol("ha.lt"), enrol("mai.lt", gso="14845"), enrol("cu.nv")
    gone.is_active = False
    gone.save()
    commune = officer.memberships.get().commune

    assert [member.officer for member in officers_of(commune, day=DAY)] == [officer]
    assert stranger.memberships.get().commune != commune


def test_members_with_names_the_roles_that_have_the_capability(enrol):
    clerk, handler = enrol("ha.lt"), enrol("duc.hm", role=Role.HANDLER)
    post(enrol("bach.lq", role=Role.HANDLER, gso="14845"), role=Role.CLERK, gso="15448")
    commune_id = clerk.memberships.get().commune_id

    assert [m.officer for m in members_with(commune_id, Capability.HANDLE_CASE, day=DAY)] == [handler]
