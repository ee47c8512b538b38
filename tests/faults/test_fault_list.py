"""The fault list, struck once each under load: nothing acknowledged is lost or doubled, nothing answers 500.

The long run over the same list is ``python3 -m tests.faults.endurance`` (docs/faults.md).
"""

import pytest

from tests.faults.audit import audit
from tests.faults.faults import FAULTS
from tests.faults.run import Run

WRITES = 24


@pytest.fixture(scope="module")
def run(place):
    run = Run(place, few=8)
    with run.at_work(systems=4, clerks=1):
        yield run


@pytest.mark.parametrize("name", FAULTS)
def test_office_recovers_by_itself(run, name):
    run.strike(name, FAULTS[name], writes=WRITES)

    assert run.tally.refusals == []


def test_everything_acknowledged_is_there_once(run, place):
    run.stop()
    run.settle()

    found = audit(place, run.tally.writes, since=run.since)

    assert [writer.problem for writer in run.writers if writer.problem] == []
    assert {name: values for name, values in found.items() if values} == {}
