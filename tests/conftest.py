"""What every test may use."""

import os

import pytest
from django.db import connections
from django.test import TransactionTestCase

from config.services import throwaway
from config.testing import build_template_once


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
