import os
import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.template import engines

from config.testing import ForeignSocketError, is_loopback


@pytest.mark.django_db
def test_tests_run_as_the_application_role_on_their_own_copy():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = cursor.fetchone()

    assert role == "motcua_app"
    assert database == os.environ["DATABASE_URL"].rpartition("/")[2]


@pytest.mark.django_db
def test_application_role_may_not_truncate():
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE django_content_type CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_turn", ["first", "second"])
def test_after_a_committing_test_the_next_one_finds_a_fresh_copy(_turn):
    assert not ContentType.objects.filter(app_label="left over").exists()

    ContentType.objects.create(app_label="left over", model="note")


def test_connect_to_another_machine_is_refused():
    with socket.socket() as outside, pytest.raises(ForeignSocketError, match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.1", False), ("motcua.vn", False)],
)
def test_is_loopback(host, is_local):
    assert is_loopback(host) is is_local


def test_undefined_template_variable_fails():
    template = engines["django"].from_string("{{ missing }}")

    with pytest.raises(pytest.fail.Exception, match="missing"):
        template.render({})
