"""The database refuses to change history and published calendars, also to the owner's triggers alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from staff.choices import SignInOutcome
from staff.models import AccessLog, CalendarDay, CalendarRevision, CalendarYear, Membership, SignInEvent

AT = datetime(2026, 11, 19, 2, 5, tzinfo=UTC)  # Thursday


@pytest.fixture
def history(enrol):
    officer = enrol()
    membership = Membership.objects.get(officer=officer)
    SignInEvent.objects.create(username="ha.lt", officer=officer, outcome=SignInOutcome.WRONG, at=AT)
    AccessLog.objects.create(
        commune=membership.commune,
        officer=officer,
        membership=membership,
        case_code="X",
        what="case",
        hour=AT,
        at=AT,
    )


def refused(statement):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(caught.value)


@pytest.mark.parametrize("table", ["staff_signinevent", "staff_accesslog"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET at = now()", "DELETE FROM {table}", "TRUNCATE {table}"]
)
def test_history_table_refuses_every_change(history, table, statement):
    assert "refused" in (message := refused(statement.format(table=table))) or "permission denied" in message


@pytest.mark.parametrize("table", ["staff_signinevent", "staff_accesslog"])
def test_history_table_carries_both_triggers(db, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        names = {name for (name,) in cursor.fetchall()}

    assert names == {"refuse_change", "refuse_truncate"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff_calendarday SET name = 'x'",
        "DELETE FROM staff_calendarday",
        "DELETE FROM staff_calendaryear",
        "UPDATE staff_calendarrevision SET note = 'x'",
        "DELETE FROM staff_calendarrevision",
    ],
)
def test_published_calendar_refuses_every_change(db, statement):
    assert "published" in refused(statement)


def test_published_calendar_refuses_a_new_day(db):
    revision = CalendarRevision.objects.get(number=1)

    with pytest.raises(DatabaseError, match="published"), transaction.atomic():
        CalendarDay.objects.create(
            revision=revision, day=date(2027, 6, 1), kind="holiday", name="Ngày thử", source="Không có"
        )


def test_unpublished_calendar_may_still_change(db):
    revision = CalendarRevision.objects.create(number=2)
    year = CalendarYear.objects.create(revision=revision, year=2028)

    CalendarYear.objects.filter(pk=year.pk).update(year=2029)

    assert list(revision.years.values_list("year", flat=True)) == [2029]
