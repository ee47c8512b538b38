"""Several lists in one statement: the same rows as the ORM gives, in its order, in one round trip."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Model

from staff.gathering import Question, Rows, Values, gather, hold
from staff.models import AccessLog, CalendarDay, Commune, Membership, OpeningHours, ReceptionPoint
from staff.rights import Role

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


def test_rows_gathered_bring_whole_rows_of_others_and_nothing_where_there_is_none(
    enrol, django_assert_num_queries
):
    enrol()
    enrol(username="province", gso="", role=Role.AUDITOR)
    keys = ("commune", "officer", "reception_point")
    question = Membership.objects.select_related(*keys).order_by("pk")

    found = gather({"rows": Rows(question)})["rows"]

    with django_assert_num_queries(0):
        joined = [[getattr(row, key) and columns(getattr(row, key)) for key in keys] for row in found]
    assert joined == [[getattr(row, key) and columns(getattr(row, key)) for key in keys] for row in question]
    assert [None, None] in [[row.commune, row.reception_point] for row in found]


def test_rows_gathered_refuse_to_bring_whatever_there_is():
    with pytest.raises(ValueError, match="Membership"):
        gather({"rows": Rows(Membership.objects.select_related())})


def test_rows_held_answer_without_a_question_and_know_their_owner(django_assert_num_queries):
    point = (
        ReceptionPoint.objects.filter(opening_hours__isnull=False).first() or ReceptionPoint.objects.first()
    )
    sessions = list(OpeningHours.objects.filter(point=point))

    hold(point, "opening_hours", sessions)

    with django_assert_num_queries(0):
        assert list(point.opening_hours.all()) == sessions
        assert all(session.point is point for session in point.opening_hours.all())


def test_question_written_once_answers_each_time_as_if_it_were_new(enrol):
    officers = [enrol(username=f"q{number}").pk for number in range(3)]
    written = []

    def lists(kind, *, officer, day, since, words):
        written.append(kind)
        members = Membership.objects.filter(officer_id=officer).valid_on(day)
        return {
            "members": Rows(members if kind == "members" else members.filter(title="-"), ("officer",)),
            "nothing": Rows(members.none()),
            "names": Values(Commune.objects.filter(name__gt=words).order_by("pk").values_list("name")),
            "opened": Values(AccessLog.objects.filter(officer_id=officer, at__gte=since).values_list("pk")),
        }

    question = Question(lists)

    def asked(kind, **values):
        found, new = question.gather(kind, **values), gather(lists(kind, **values))
        assert list(map(columns, found.pop("members"))) == list(map(columns, new.pop("members")))
        assert found == new
        return new["names"]

    names = set()
    for kind in ("members", "nobody"):
        for officer in officers:
            for day in (date(2026, 11, 20), date(2031, 1, 1), date(1, 1, 1)):
                for words in ("", "X", "Xã Đ'\"%s"):
                    since = datetime(2026, 1, 1, tzinfo=UTC)
                    names.add(len(asked(kind, officer=officer, day=day, since=since, words=words)))

    assert len(names) > 1
    assert written.count("members") == len(officers) * 9 + 1
