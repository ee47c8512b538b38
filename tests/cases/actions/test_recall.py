"""Consent to the use of earlier data: noted first, once, and only added to."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from cases import actions
from cases.errors import CaseError
from cases.models import Case, RecallConsent
from cases.narration import told
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db
NUMBER = "038185012346"


def recall(by, key, number=NUMBER):
    return actions.recall_person(number, intake_key=key, by=by, at=FRIDAY_MORNING)


def test_recall_notes_consent_and_access_once_a_form(case_at, clerk):
    source, key = case_at("registered"), uuid.uuid4()

    recall(clerk, key)
    party = recall(clerk, key)

    consent = RecallConsent.objects.get()
    assert (party.name, party.case) == ("Lê Thị Hương", source)
    assert (consent.intake_key, consent.source_code, consent.officer_id, consent.agreed_at) == (
        key,
        source.code,
        clerk.officer_id,
        FRIDAY_MORNING,
    )
    assert consent.commune_id == clerk.commune_id
    assert [(row.case_code, row.what) for row in AccessLog.objects.all()] == [(source.code, "recall")]


@pytest.mark.parametrize("number", ["", "038185012347"])
def test_recall_of_an_unknown_number_notes_nothing(case_at, clerk, number):
    case_at("registered")

    assert recall(clerk, uuid.uuid4(), number) is None
    assert (RecallConsent.objects.count(), AccessLog.objects.count()) == (0, 0)


def test_recall_in_another_commune_knows_nobody(case_at, people):
    case_at("registered")

    assert recall(people["mai.lt"], uuid.uuid4()) is None
    assert (RecallConsent.objects.count(), AccessLog.objects.count()) == (0, 0)


def test_recall_by_a_handler_is_refused(case_at, handler):
    case_at("registered")

    with pytest.raises(CaseError) as refused:
        recall(handler, uuid.uuid4())
    assert refused.value.code == "not_allowed"


def test_case_tells_from_which_case_its_data_came(case_at, clerk):
    source, key = case_at("registered"), uuid.uuid4()
    recall(clerk, key)

    intake = an_intake(clerk, intake_key=key, is_recalled=True)
    case = actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    event = case.events.get()
    assert event.payload["recalled_from"] == source.code
    sentence = f"người dân đồng ý dùng lại dữ liệu của hồ sơ {source.code}"
    assert told([event], names={})[0].what.endswith(sentence)


def test_case_of_somebody_else_tells_of_no_consent(case_at, clerk):
    case_at("registered")
    key = uuid.uuid4()
    recall(clerk, key)
    other = actions.Person(name="Lê Văn Ba", id_kind="personal", id_number="038085000036")

    actions.register_case(
        an_intake(clerk, intake_key=key, principal=other, is_recalled=True), by=clerk, at=FRIDAY_MORNING
    )

    assert "recalled_from" not in Case.objects.get(intake_key=key).events.get().payload


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_recallconsent SET source_code = 'x'",
        "DELETE FROM cases_recallconsent",
        "TRUNCATE cases_recallconsent",
    ],
)
def test_consent_is_only_added_to(case_at, clerk, statement):
    case_at("registered")
    recall(clerk, uuid.uuid4())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert RecallConsent.objects.count() == 1
