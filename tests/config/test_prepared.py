"""What a connection is asked again and again is planned once, and all that an office asks has room."""

import pytest
from django.db import connection

from config.prepared import MOST_PREPARED
from staff.models import Commune

pytestmark = pytest.mark.django_db


def prepared(words):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
            " WHERE strpos(statement, %s) > 0 AND strpos(statement, 'pg_prepared') = 0",
            [words],
        )
        return [times for (times,) in cursor.fetchall()]


def test_question_asked_again_is_prepared_and_one_asked_twice_is_not():
    for number in range(12):
        assert Commune.objects.filter(gso_code="14845", short_name__lt=f"X{number}").count() <= 1
    for number in range(2):
        assert Commune.objects.filter(gso_code="14845", short_name__gt=f"X{number}").count() <= 1

    assert prepared('"short_name" < ') == [9]
    assert prepared('"short_name" > ') == []


def test_connection_has_room_for_all_that_an_office_asks():
    assert connection.connection.prepared_max == MOST_PREPARED
