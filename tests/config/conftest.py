import pytest

from config.services import postgres
from config.services.embedded import EmbeddedServices
from tests.offices import open_place


@pytest.fixture
def folder():
    with open_place() as found:
        yield found


@pytest.fixture(scope="module")
def running():
    """Services whose PostgreSQL runs for all tests of a module."""
    with open_place() as found:
        found.create()
        services = EmbeddedServices(found)
        process = services.start_postgres()
        yield services
        postgres.stop(process)
