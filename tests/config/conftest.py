import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.services import postgres
from config.services.embedded import EmbeddedServices
from config.services.folder import DataFolder


@contextmanager
def open_place():
    """An empty place that the servers' account may enter, unlike pytest's own folders."""
    place = Path(tempfile.mkdtemp(prefix="motcua-test-folder-"))
    place.chmod(0o711)
    yield DataFolder(place / "data")
    shutil.rmtree(place, ignore_errors=True)


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
