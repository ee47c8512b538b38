"""Several lists in one statement: the same rows as the ORM gives, in its order, in one round trip."""

from datetime import date

import pytest
from django.db.models import Model

from staff.gathering import Rows, Values, gather, hold
from staff.models import CalendarDay, Commune, Membership, OpeningHours, ReceptionPoint

pytestmark = pytest.mark.django_db


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", [Commune, ReceptionPoint, OpeningHours, CalendarDay])
def test_rows_gathered_are_the_rows_of_the_orm(model: type[Model]):
    question = model.objects.order_by("-pk")[:20]

    found = gather({"rows": Rows(question)})["rows"]

    assert found
    assert list(map(columns, found)) == list(map(columns, question))


def test_several_lists_cost_one_statement_and_none_costs_nothing(django_assert_num_queries):
    communes, points = Commune.objects.order_by("pk")[:3], ReceptionPoint.objects.order_by("-pk")[:2]
    with django_assert_num_queries(1):
        found = gather(
            {
                "communes": Values(communes.values_list("pk", "name")),
                "points": Rows(points),
                "nothing": Rows(Commune.objects.none()),
                "nobody": Rows(Commune.objects.filter(gso_code="-")),
            }
        )
    with django_assert_num_queries(0):
        assert gather({"nothing": Rows(Commune.objects.none())}) == {"nothing": []}

    assert found["communes"] == list(communes.values_list("pk", "name"))
    assert found["points"] == list(points)
    assert (found["nothing"], found["nobody"]) == ([], [])


def test_rows_gathered_bring_the_names_of_officers(enrol, django_assert_num_queries):
    officer = enrol()
    [row] = gather({"rows": Rows(Membership.objects.valid_on(date(2026, 11, 20)), ("officer",))})["rows"]

    with django_assert_num_queries(0):
        assert row.officer.full_name == officer.full_name


def test_rows_held_answer_without_a_question_and_know_their_owner(django_assert_num_queries):
    point = (
        ReceptionPoint.objects.filter(opening_hours__isnull=False).first() or ReceptionPoint.objects.first()
    )
    sessions = list(OpeningHours.objects.filter(point=point))

    hold(point, "opening_hours", sessions)

    with django_assert_num_queries(0):
        assert list(point.opening_hours.all()) == sessions
        assert all(session.point is point for session in point.opening_hours.all())
