"""Lawful destruction: the owner's one door takes everything that hangs on a history, and nothing else."""

import os
from datetime import timedelta

import psycopg
import pytest

from cases import actions
from cases.actions import PaperFacts
from cases.choices import Digitised, State
from cases.models import (
    CaseAmendment,
    CaseEvent,
    CaseFile,
    ClockEvent,
    DestructionRecord,
    Payment,
    PaymentVoid,
)
from config.services import throwaway
from config.services.postgres import OWNER_ROLE
from tests.cases.conftest import FRIDAY_MORNING, a_take
from tests.cases.scans import PAPERS, a_pdf, a_scan

pytestmark = pytest.mark.django_db(transaction=True)
HISTORIES = (CaseEvent, ClockEvent, CaseAmendment, CaseFile, Payment)


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def as_owner(statement, *params):
    """Run in this test's database as the owner of the tables."""
    database = os.environ["DATABASE_URL"].rpartition("/")[2]
    with throwaway.published().connect(database, user=OWNER_ROLE) as connection:
        connection.execute(statement, params)


@pytest.fixture
def full(case_at, clerk, folder):
    """A case with a scan, a corrected fact, and one receipt voided before another was written."""
    case = case_at(State.REGISTERED, procedure_code="2.000815", copies=4, papers=PAPERS)
    paper, at = case.papers.all()[0], FRIDAY_MORNING
    actions.digitise_paper(case.code, paper.pk, [a_scan()], PaperFacts("Tờ khai"), by=clerk, at=at)
    facts = {"summary": "Chứng thực học bạ"}
    actions.amend_case(case.code, by=clerk, at=at, version=2, facts=facts, reason="Gõ thiếu")
    payment = actions.take_payment(case.code, a_take(), by=clerk, at=at, version=3)
    actions.void_payment(case.code, payment.pk, by=clerk, at=at, version=4, reason="Ghi nhầm")
    actions.take_payment(case.code, a_take(number=124), by=clerk, at=at, version=5)
    case.refresh_from_db()
    return case


def rows_of(case):
    return [model.objects.filter(case=case).count() for model in HISTORIES]


def test_destruction_by_order_takes_all_that_hangs_on_the_case(full, folder):
    assert rows_of(full) == [6, 1, 1, 1, 2]

    as_owner("SELECT cases_destroy_history(%s, 'QĐ 1/QĐ-UBND', now())", full.pk)

    record = DestructionRecord.objects.get()
    assert (rows_of(full), PaymentVoid.objects.count()) == ([0, 0, 0, 0, 0], 0)
    assert (record.case_code, record.order_reference, record.events) == (full.code, "QĐ 1/QĐ-UBND", 6)
    [path] = folder.glob("??/*")
    os.utime(path, (FRIDAY_MORNING.timestamp(),) * 2)
    assert actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=25)) == 1
    assert list(folder.glob("??/*")) == []


def test_destruction_leaves_a_file_to_the_case_that_uses_it_again(full, case_at, clerk, folder):
    later = case_at(State.REGISTERED, papers=PAPERS)
    token, paper = full.files.get().token, later.papers.all()[0]
    [kept] = actions.use_again(
        later.code, paper.pk, token, origin=Digitised.REUSED, by=clerk, at=FRIDAY_MORNING
    )

    as_owner("SELECT cases_destroy_history(%s, 'QĐ 1/QĐ-UBND', now())", full.pk)

    left = CaseFile.objects.get()
    assert (left.pk, left.source_id, left.origin) == (kept.pk, None, Digitised.REUSED)
    assert rows_of(later) == [2, 1, 0, 1, 0]
    [path] = folder.glob("??/*")
    os.utime(path, (FRIDAY_MORNING.timestamp(),) * 2)
    assert actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=25)) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT cases_destroy_history(%s, '', now())",
        "UPDATE cases_casefile SET source_id = NULL, name = 'khác' WHERE case_id = %s",
        "DELETE FROM cases_casefile WHERE case_id = %s",
        "DELETE FROM cases_payment WHERE case_id = %s",
    ],
)
def test_destruction_without_an_order_is_refused_to_the_owner_too(full, statement):
    before = rows_of(full)

    with pytest.raises(psycopg.errors.RestrictViolation):
        as_owner(statement, full.pk)

    assert rows_of(full) == before


def test_destruction_takes_a_file_and_the_one_that_followed_it(full, clerk, folder):
    """Two contents of one paper, the second following the first, leave together."""
    paper, first = full.papers.all()[0], full.files.get()
    newer = PaperFacts("Tờ khai", follows=first.token)
    actions.digitise_paper(full.code, paper.pk, [a_scan(a_pdf(2))], newer, by=clerk, at=FRIDAY_MORNING)

    as_owner("SELECT cases_destroy_history(%s, 'QĐ 1/QĐ-UBND', now())", full.pk)

    assert CaseFile.objects.count() == 0
