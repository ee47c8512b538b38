from datetime import UTC, datetime

import pytest

from staff.access_log import record_access
from staff.actor import actor_for
from staff.models import AccessLog, Commune, Membership
from staff.rights import Role

NINE = datetime(2026, 11, 19, 2, 5, tzinfo=UTC)  # Thursday 09:05 in the office
CODE = "H56.99.01.01-261119-0001"


@pytest.fixture
def actor(enrol):
    return actor_for(Membership.objects.for_actor().get(officer=enrol()))


def test_record_access_twice_within_the_hour_adds_one_row(actor):
    record_access(actor, case_code=CODE, what="case", at=NINE)
    record_access(actor, case_code=CODE, what="case", at=NINE.replace(minute=59))

    rows = AccessLog.objects.values_list(
        "commune_id", "officer_id", "membership_id", "case_code", "what", "at"
    )
    assert list(rows) == [
        (actor.commune_id, actor.officer_id, actor.membership_id, CODE, "case", NINE),
    ]


def test_record_access_in_the_next_hour_adds_a_row(actor):
    record_access(actor, case_code=CODE, what="case", at=NINE)
    record_access(actor, case_code=CODE, what="case", at=NINE.replace(hour=3))

    assert AccessLog.objects.count() == 2


def test_record_access_to_another_thing_adds_a_row(actor):
    record_access(actor, case_code=CODE, what="case", at=NINE)
    record_access(actor, case_code=CODE, what="receipt", at=NINE)

    assert sorted(AccessLog.objects.values_list("what", flat=True)) == ["case", "receipt"]


def test_record_access_costs_one_query(actor, django_assert_num_queries):
    with django_assert_num_queries(1):
        record_access(actor, case_code=CODE, what="case", at=NINE)


def test_record_access_by_auditor_is_noted_in_the_commune_of_the_case(enrol):
    auditor = actor_for(Membership.objects.for_actor().get(officer=enrol(role=Role.AUDITOR, gso="")))
    commune = Commune.objects.get(gso_code="14845")

    record_access(
        auditor, case_code=CODE, what="case", at=NINE, commune_id=commune.pk, reason="Kiểm tra định kỳ"
    )

    assert list(AccessLog.objects.values_list("commune_id", "reason")) == [(commune.pk, "Kiểm tra định kỳ")]


def test_record_access_without_any_commune_is_refused(enrol):
    auditor = actor_for(Membership.objects.for_actor().get(officer=enrol(role=Role.AUDITOR, gso="")))

    with pytest.raises(ValueError, match="commune"):
        record_access(auditor, case_code=CODE, what="case", at=NINE)
