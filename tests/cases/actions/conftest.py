"""Cases that Định Hòa receives for Mường Lát."""

from datetime import datetime

import pytest

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.models import Case
from staff.clock import LOCAL
from staff.models import Commune
from tests.cases.conftest import FRIDAY_MORNING, an_intake

PAPERS = (PaperTaken("Tờ khai", "paper", originals=1), PaperTaken("Giấy chứng sinh", "paper", photocopies=2))


def moment(*parts):
    return datetime(*parts, tzinfo=LOCAL)


@pytest.fixture
def muong_lat(db):
    return Commune.objects.get(gso_code="14845")


@pytest.fixture
def send(clerk, muong_lat):
    """A case that Định Hòa receives for Mường Lát."""

    def sent(at=FRIDAY_MORNING, **changes):
        intake = an_intake(clerk, **{"papers": PAPERS} | changes)
        return actions.register_elsewhere(intake, Elsewhere(muong_lat.pk, 8000), by=clerk, at=at)

    return sent


def case_of(row):
    return Case.objects.get(code=row.case_code)
