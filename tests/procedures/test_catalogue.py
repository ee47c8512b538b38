"""The index in the memory of a process, and the words that found nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from procedures import catalogue
from procedures.actions import record_search_miss
from procedures.models import CatalogueRevision, Procedure, SearchMiss

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)  # Fri
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)  # Fri 09:00 in Hanoi


@pytest.fixture(autouse=True)
def fresh_index():
    catalogue.forget()
    yield
    catalogue.forget()


def codes(query, day=DAY):
    return [hit.code for hit in catalogue.search(query, day=day)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("giay doc than", "1.004873"),
        ("sao y cong chung", "2.000815"),
        ("2.00072", "2.000720"),
        ("ho ngheo", "1.116214"),
    ],
)
def test_search_of_loaded_catalogue_finds_first(query, code):
    assert codes(query)[0] == code


def test_entries_hold_the_listed_procedures_only():
    listed = set(Procedure.objects.listed().values_list("code", flat=True))

    assert {entry.code for entry in catalogue.entries(DAY)} == listed


def test_entries_before_the_first_version_are_none():
    assert catalogue.entries(date(2025, 6, 30)) == ()  # Mon


def test_search_again_asks_only_for_the_revision(django_assert_num_queries):
    codes("khai sinh")

    with django_assert_num_queries(1):
        codes("khai sinh")


def test_search_after_new_revision_sees_the_change():
    assert "1.004873" in codes("giay doc than")
    Procedure.objects.filter(code="1.004873").update(is_listed=False)

    CatalogueRevision.objects.filter(pk=1).update(number=CatalogueRevision.objects.current_number() + 1)

    assert "1.004873" not in codes("giay doc than")


def test_search_without_new_revision_keeps_the_index():
    assert "1.004873" in codes("giay doc than")

    Procedure.objects.filter(code="1.004873").update(is_listed=False)

    assert "1.004873" in codes("giay doc than")


def test_search_miss_typed_twice_is_counted_under_its_folded_words():
    assert record_search_miss("  Đổi  Bằng lái ", at=AT)
    assert record_search_miss("doi bang lai", at=AT + timedelta(hours=1))

    assert list(SearchMiss.objects.values_list("query_fold", "count", "last_at")) == [
        ("doi bang lai", 2, AT + timedelta(hours=1))
    ]


@pytest.mark.parametrize(
    "query", ["038205000018", "nguyen van an 0912 345 678", "0.9.1.2.3.4.5.6.7", "", "x", "a" * 81]
)
def test_search_miss_with_personal_number_is_not_written(query):
    assert record_search_miss(query, at=AT) is False
    assert not SearchMiss.objects.exists()
