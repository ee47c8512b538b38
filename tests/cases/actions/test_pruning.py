"""What has served its time goes, by its age alone; history stays whatever its age."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from cases import actions
from cases.choices import Schedule, State
from cases.heartbeats import last_beats
from cases.models import CaseEvent, TrackingAttempt
from cases.nightly import prune_old
from procedures.models import SearchMiss
from staff import pruning
from staff.access_log import record_access
from staff.choices import SignInOutcome
from staff.models import AccessLog, SignInEvent
from tests.cases.conftest import FRIDAY_MORNING

pytestmark = pytest.mark.django_db
NOTHING = {"typed": 0, "attempts": 0, "answers": 0, "sessions": 0, "misses": 0, "told": 0, "changes": 0}


def before(**ago):
    return FRIDAY_MORNING - timedelta(**ago)


@pytest.fixture
def old_and_young(case_at):
    case = case_at(State.REGISTERED)
    for days in (6, 8):
        TrackingAttempt.objects.create(
            commune_id=case.commune_id, case=case, address_blind=b"x", at=before(days=days)
        )
        Session.objects.create(session_key=f"k{days}", session_data="", expire_date=before(days=days - 7))
    for days in (399, 401):
        SearchMiss.objects.create(query_fold=f"tu {days}", last_at=before(days=days))
    return case


def test_what_is_older_than_its_time_is_pruned_and_a_second_run_finds_nothing(old_and_young):
    first, second = (actions.prune_old(at=FRIDAY_MORNING, machine_at=FRIDAY_MORNING) for _turn in range(2))

    assert first == NOTHING | {"attempts": 1, "sessions": 1, "misses": 1}
    assert second == NOTHING
    assert [row.at for row in TrackingAttempt.objects.all()] == [before(days=6)]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["k6"]
    assert list(SearchMiss.objects.values_list("query_fold", flat=True)) == ["tu 399"]


def test_office_whose_clock_is_ahead_ends_no_session_early(old_and_young):
    actions.prune_old(at=FRIDAY_MORNING + timedelta(days=400), machine_at=FRIDAY_MORNING)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["k6"]


def test_history_is_never_pruned(old_and_young, people):
    record_access(people["ha.lt"], case_code="X", what="case", at=before(days=9000))
    SignInEvent.objects.create(username="x", outcome=SignInOutcome.WRONG, at=before(days=9000))

    later = FRIDAY_MORNING + timedelta(days=9000)
    actions.prune_old(at=later, machine_at=later)

    assert [kind.objects.count() for kind in (AccessLog, SignInEvent, CaseEvent)] == [1, 1, 1]


def test_one_run_ends_after_its_rounds_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    monkeypatch.setattr(pruning, "MOST_ROUNDS", 2)
    for number in range(7):
        Session.objects.create(session_key=str(number), session_data="", expire_date=before(days=1))

    assert [pruning.prune_sessions(at=FRIDAY_MORNING) for _turn in range(3)] == [4, 3, 0]


def test_pruning_leaves_its_pulse(clock_shows):
    clock_shows(FRIDAY_MORNING)

    prune_old()

    assert set(last_beats()) == {Schedule.PRUNING}
