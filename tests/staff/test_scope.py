import pytest
from django.db import connection, transaction

from staff import scope


def named_commune():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.commune', true)")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_enter_names_the_commune_until_the_transaction_ends():
    with transaction.atomic():
        scope.enter(7)
        inside = named_commune()

    assert inside == "7"
    assert named_commune() == ""


@pytest.mark.django_db(transaction=True)
def test_enter_without_transaction_is_refused():
    with pytest.raises(RuntimeError):
        scope.enter(7)


@pytest.mark.django_db
def test_enter_with_none_names_no_commune():
    scope.enter(7)

    scope.enter(None)

    assert named_commune() == ""
