"""What every test may use."""

import os

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import TransactionTestCase

from config.handler import Utf8Handler
from config.services import throwaway
from config.services.folder import ROOT
from config.testing import build_template_once


def pytest_collection_modifyitems(items):
    """Offices that are killed go one after the other, and so does each file that needs a browser."""
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        if folder in {"faults", "bench"}:
            item.add_marker(pytest.mark.xdist_group("offices"))
        elif folder == "browser":
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """The database of this process: a copy of the template that the owner migrated and filled.

    After a test that commits, the next one gets a fresh copy instead of a flush, for the application role
    may not truncate.
    """
    server = throwaway.published()
    database = os.environ["DATABASE_URL"].rpartition("/")[2]
    build_template_once(server)
    throwaway.clone_template(server, database)

    def replace_database(_case):
        connections.close_all()
        throwaway.clone_template(server, database)

    TransactionTestCase._fixture_teardown = replace_database


@pytest.fixture
def application(db):
    """What gunicorn calls, inside the transaction of the test."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield Utf8Handler()
    for signal in ends:
        signal.connect(close_old_connections)
