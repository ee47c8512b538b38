"""Lists of papers: numbered without gaps, one per commune, each paper on one list."""

import json

import pytest

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.documents.handover import render_handover
from cases.errors import CaseError
from cases.models import ForeignReception, PaperHandover
from staff.models import Commune
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db
PAPERS = (PaperTaken("Tờ khai", "paper", originals=1),)


@pytest.fixture
def rows(clerk):
    """Two cases for Mường Lát and one for Hạc Thành."""
    return [
        actions.register_elsewhere(
            an_intake(clerk, papers=PAPERS),
            Elsewhere(Commune.objects.get(gso_code=gso).pk),
            by=clerk,
            at=FRIDAY_MORNING,
        )
        for gso in ("14845", "14845", "14797")
    ]


def test_send_papers_makes_one_list_per_commune(rows, clerk):
    sent = actions.send_papers([row.case_code for row in rows], by=clerk, at=FRIDAY_MORNING)

    assert sorted(one.number for one in sent) == ["1/BGHS", "2/BGHS"]
    assert sorted((one.competent.gso_code, len(one.snapshot["rows"])) for one in sent) == [
        ("14797", 1),
        ("14845", 2),
    ]


def test_send_papers_twice_leaves_the_first_list(rows, clerk):
    actions.send_papers([rows[0].case_code], by=clerk, at=FRIDAY_MORNING)
    with pytest.raises(CaseError) as refused:
        actions.send_papers([rows[0].case_code], by=clerk, at=FRIDAY_MORNING)

    assert (refused.value.code, PaperHandover.objects.count()) == ("nothing_to_send", 1)


def test_send_papers_of_another_commune_sends_nothing(rows, people):
    with pytest.raises(CaseError) as refused:
        actions.send_papers([rows[0].case_code], by=people["mai.lt"], at=FRIDAY_MORNING)

    assert refused.value.code == "nothing_to_send"
    assert ForeignReception.objects.exclude(handover=None).count() == 0


def test_list_names_no_citizen(rows, clerk):
    (sent,) = actions.send_papers([rows[0].case_code], by=clerk, at=FRIDAY_MORNING)
    printed = json.dumps(sent.snapshot, ensure_ascii=False)

    assert [word for word in ("Hương", "038185", "912345018") if word in printed] == []
    assert sent.snapshot["rows"][0]["url"].endswith(f"/tra-cuu/t/{rows[0].tracking_token}/")


def test_list_as_pdf_is_the_same_each_time(rows, clerk):
    (sent,) = actions.send_papers([rows[0].case_code], by=clerk, at=FRIDAY_MORNING)
    first, second = render_handover(sent.snapshot), render_handover(sent.snapshot)

    assert (first[:5], first == second) == (b"%PDF-", True)
