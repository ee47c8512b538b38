"""The office of the ten days: the clock on its wall, its people, its worker, its two gateways."""

from datetime import datetime

import pytest

from cases.notices.drain import drain
from staff import clock
from staff.clock import LOCAL
from tests.cases import conftest as counter
from tests.cases.notices import conftest as gateways
from tests.flows.office import AtWork, Browser

people = counter.people
clock_shows = counter.clock_shows
gateway = gateways.gateway
mailbox = gateways.mailbox


@pytest.fixture
def at(clock_shows):
    """Sets the clock: `at("2026-11-16 09:42")`, a moment that the test may go on with."""

    def set_clock(words):
        moment = datetime.fromisoformat(words).replace(tzinfo=LOCAL)
        clock_shows(moment)
        return moment

    return set_clock


@pytest.fixture
def works(people):
    """Who comes to work: `works("ha.lt")` is the browser of Lê Thu Hà, signed in."""
    return AtWork


@pytest.fixture
def worker(db):
    """The worker wakes and delivers what waits in the outbox; what became of it."""
    return lambda: drain(at=clock.now(), batch=100)


@pytest.fixture
def anybody(db):
    """The browser of a citizen."""
    return Browser()
