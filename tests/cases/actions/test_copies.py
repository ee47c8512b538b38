"""The receipt printed once more: the same data under the next number, once for each asking."""

import pytest

from cases import actions
from cases.actions import Immediate
from cases.choices import State
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError
from cases.models import IssuedDocument
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING, an_intake


def reprinted(case, people, *, after=1, by="ha.lt", reason=""):
    return actions.reprint_receipt(case.code, by=people[by], at=FRIDAY_MORNING, after=after, reason=reason)


def test_reprint_receipt_is_the_same_paper_under_the_next_number(case_at, people):
    case = case_at(State.IN_PROGRESS)

    copy = reprinted(case, people, reason="Người dân làm mất", by="long.td")

    first = case.documents.first()
    assert snapshot_of(copy) == snapshot_of(first) | {"copy_no": 2}
    assert (copy.copy_no, copy.reason) == (2, "Người dân làm mất")
    assert copy.issued_by_id == people["long.td"].officer_id
    assert list(AccessLog.objects.values_list("case_code", "what")) == [(case.code, "reprint")]
    case.refresh_from_db()
    assert case.version == case.events.last().seq == 2


def test_reprint_receipt_after_a_correction_stays_corrected(case_at, people):
    case = case_at(State.REGISTERED)
    actions.amend_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=1, facts={"summary": "Khác"}, reason="Nhầm"
    )

    copy = reprinted(case, people, after=2)

    assert (copy.copy_no, copy.is_corrected, snapshot_of(copy)["is_corrected"]) == (3, True, True)


def test_reprint_receipt_asked_twice_makes_one_copy(case_at, people):
    case = case_at(State.REGISTERED)

    again = [reprinted(case, people).pk, reprinted(case, people).pk]

    assert again[0] == again[1]
    assert IssuedDocument.objects.count() == 2


@pytest.mark.parametrize(("username", "code"), [("duc.hm", "not_allowed"), ("mai.lt", "not_found")])
def test_reprint_receipt_by_a_stranger_is_refused(case_at, people, username, code):
    case = case_at(State.REGISTERED)

    with pytest.raises(CaseError) as refused:
        reprinted(case, people, by=username)

    assert refused.value.code == code
    assert IssuedDocument.objects.count() == 1


def test_reprint_receipt_after_a_copy_that_never_was_is_refused(case_at, people):
    with pytest.raises(CaseError) as refused:
        reprinted(case_at(State.REGISTERED), people, after=2)

    assert refused.value.code == "stale"


def test_reprint_receipt_of_a_voided_case_is_refused(case_at, people):
    case = case_at(State.REGISTERED)
    actions.void_case(case.code, by=people["long.td"], at=FRIDAY_MORNING, version=1, reason="Nhập hai lần")

    with pytest.raises(CaseError) as refused:
        reprinted(case, people)

    assert refused.value.code == "voided"


def test_reprint_receipt_of_a_case_that_had_none_is_refused(people, clerk, leader):
    intake = an_intake(
        clerk, procedure_code="2.000815", immediate=Immediate("125/2026", leader.membership_id)
    )
    case = actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    with pytest.raises(CaseError) as refused:
        reprinted(case, people)

    assert refused.value.code == "no_receipt"
