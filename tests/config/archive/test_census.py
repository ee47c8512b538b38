import pytest

from cases.choices import Action, State
from cases.models import Case, CaseEvent
from config.archive.census import broken_histories, count_tables, differences
from staff.clock import now
from tests import morning

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty


def test_histories_written_by_the_office_are_whole(case_at):
    case_at(State.IN_PROGRESS)

    assert broken_histories() == []


@pytest.mark.parametrize(("seq", "prev"), [(3, "0" * 64), (4, None)], ids=["other parent", "gap"])
def test_history_with_a_foreign_event_is_named(case_at, seq, prev):
    case = case_at(State.IN_PROGRESS)
    last = case.events.last()
    CaseEvent.objects.create(
        commune_id=case.commune_id, case=case, seq=seq, kind=Action.FORWARD, to_state=case.state,
        occurred_at=now(), recorded_at=now(), actor={}, payload={},
        prev_hash=prev or last.hash, hash="1" * 64,
    )  # fmt: skip

    assert broken_histories() == [case.code]


def test_changed_row_changes_the_fingerprint_of_its_table_alone(case_at):
    case = case_at(State.REGISTERED)
    before = count_tables()
    Case.objects.filter(pk=case.pk).update(summary="khác")
    after = count_tables()

    assert [line.partition(":")[0] for line in differences(before, after)] == ["cases_case"]
    assert before["cases_case"]["rows"] == after["cases_case"]["rows"] == 1


def test_missing_table_is_a_difference():
    count = {"rows": 1, "fingerprint": "7"}

    assert differences({"a": count}, {}) == ["a: 1 rows (7) before, no table now"]
    assert differences({"a": count}, {"a": count}) == []
