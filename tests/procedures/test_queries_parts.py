"""The parts of a published version are read once in a process; a publication shows at the next look."""

from datetime import UTC, date, datetime, timedelta

import pytest

from procedures.models import ProcedureVersion, Situation

pytestmark = pytest.mark.django_db
CODE = "1.004873"
DAY = date(2026, 11, 20)  # a Friday


def test_registrable_again_costs_one_statement(django_assert_num_queries):
    ProcedureVersion.objects.registrable(CODE, DAY)

    with django_assert_num_queries(1):
        version = ProcedureVersion.objects.registrable(CODE, DAY)
        parts = [*version.terms.all(), *version.papers.all(), *version.fee_items.all()]
        parts += [*version.situations.all(), *version.legal_bases.all()]

    fresh = ProcedureVersion.objects.for_detail().get(pk=version.pk)
    again = [*fresh.terms.all(), *fresh.papers.all(), *fresh.fee_items.all()]
    assert parts == [*again, *fresh.situations.all(), *fresh.legal_bases.all()]


def another_version(before, **published):
    return ProcedureVersion.objects.create(
        procedure=before.procedure,
        name=before.name,
        valid_from=DAY,
        online_level=before.online_level,
        online_level_certainty=before.online_level_certainty,
        digest="1" * 64,
        **published,
    )


def test_registrable_follows_a_publication_at_once():
    before = ProcedureVersion.objects.registrable(CODE, DAY)
    ProcedureVersion.objects.filter(pk=before.pk).update(valid_to=DAY - timedelta(days=1))
    after = another_version(before)
    Situation.objects.create(version=after, slug="moi", name="Trường hợp mới")
    assert ProcedureVersion.objects.registrable(CODE, DAY) is None

    ProcedureVersion.objects.filter(pk=after.pk).update(published_at=datetime(2026, 11, 19, tzinfo=UTC))
    found = ProcedureVersion.objects.registrable(CODE, DAY)

    assert (found, [situation.slug for situation in found.situations.all()]) == (after, ["moi"])
    assert ProcedureVersion.objects.registrable(CODE, DAY - timedelta(days=1)) == before


def test_registrable_of_two_in_force_is_the_later_one():
    before = ProcedureVersion.objects.registrable(CODE, DAY)
    ProcedureVersion.objects.filter(pk=before.pk).update(valid_to=DAY + timedelta(days=30))

    after = another_version(before, published_at=datetime(2026, 11, 19, tzinfo=UTC))

    assert ProcedureVersion.objects.registrable(CODE, DAY) == after
    assert ProcedureVersion.objects.registrable(CODE, DAY - timedelta(days=1)) == before


def test_registrable_follows_a_closed_board_at_once():
    version = ProcedureVersion.objects.registrable(CODE, DAY)

    type(version.procedure).objects.filter(code=CODE).update(is_listed=False)

    assert ProcedureVersion.objects.registrable(CODE, DAY) is None
