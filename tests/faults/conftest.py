"""The office to which faults happen: one for the whole folder, for a first start takes half a minute."""

import pytest

from config.services import processes
from tests.faults.faults import MORNING
from tests.faults.place import open_office


@pytest.fixture(scope="session")
def place():
    with open_office(processes.free_port(), MORNING) as opened:
        yield opened
