"""Whom a commune has served before: its own people only, by the indexes."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from cases.actions import Person
from cases.choices import IdKind, PartyRole
from cases.earlier import Sought
from cases.models import Case, CaseParty
from staff.encryption import blind_index
from tests.cases.conftest import FRIDAY_MORNING

pytestmark = pytest.mark.django_db
NUMBER = "038185012346"
HUONG = Sought(blind_index(NUMBER), "le thi huong", 1985)


def somebody(name="Lê Thị Hương", number="", year=1985):
    kind = IdKind.PERSONAL if number else IdKind.NONE
    return Person(name=name, id_kind=kind, id_number=number, birth_year=year)


def found(who, actor):
    return set(Case.objects.filter(pk__in=CaseParty.objects.cases_of(who, actor=actor)))


@pytest.mark.parametrize(
    ("entered", "who", "is_found"),
    [
        (somebody(number=NUMBER), HUONG, True),
        (somebody("Lê Thị Thu Hương", NUMBER, year=None), HUONG, True),  # the number decides
        (somebody(), HUONG, True),
        (somebody("LÊ THỊ HƯƠNG"), HUONG, True),
        (somebody(number="038185099999"), HUONG, False),  # a namesake with a number of her own
        (somebody(number=NUMBER), Sought(None, "le thi huong", 1985), True),
        (somebody(year=1986), HUONG, False),
        (somebody(year=None), HUONG, False),
        (somebody("Lê Thị Hường"), Sought(None, "le thi huong", 1985), True),  # folded alike
        (somebody(), Sought(None, "le thi huong", None), False),
        (somebody(), Sought(), False),
    ],
)
def test_cases_of_a_person_are_found_by_number_else_by_name_and_year(case_at, clerk, entered, who, is_found):
    case = case_at("registered", principal=entered)

    assert found(who, clerk) == ({case} if is_found else set())


def test_cases_of_a_filer_are_not_his_own(case_at, clerk):
    case_at("registered", principal=somebody("Lê Văn Ba", year=1950), filer=somebody(number=NUMBER))

    assert found(HUONG, clerk) == set()


@pytest.mark.parametrize("username", ["mai.lt", "lan.pt", "trang.dt"])
def test_people_of_another_commune_or_role_are_nobody(case_at, people, username):
    case_at("registered", principal=somebody(number=NUMBER))

    assert found(HUONG, people[username]) == set()
    assert CaseParty.objects.visible_to(people[username]).numbered(HUONG.blind).exists() is False
    assert CaseParty.objects.visible_to(None).exists() is False


def test_numbered_people_come_fullest_first_then_newest(case_at, clerk):
    helped = case_at("registered", principal=somebody("Lê Văn Ba"), filer=somebody(number=NUMBER))
    old = case_at("registered", principal=somebody(number=NUMBER))
    new = case_at("registered", principal=somebody(number=NUMBER), at=FRIDAY_MORNING + timedelta(hours=1))

    entries = CaseParty.objects.visible_to(clerk).numbered(HUONG.blind).fullest_first()

    seen = [(party.case, party.role) for party in entries]
    others = [(new, "filer"), (old, "filer"), (helped, "filer")]
    assert seen == [(new, "principal"), (old, "principal"), *others]


def among_many_others(case):
    """So many other people in this case that walking through the whole table costs more than an index."""
    CaseParty.objects.bulk_create(
        CaseParty(commune_id=case.commune_id, case=case, role=PartyRole.HELPER, name=f"Lê Văn {number}")
        for number in range(600)
    )


def test_search_for_a_person_uses_the_indexes_that_begin_with_the_commune(case_at, clerk):
    among_many_others(case_at("registered", principal=somebody(number=NUMBER)))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are too small for an index

    known = CaseParty.objects.visible_to(clerk).numbered(HUONG.blind)
    same = CaseParty.objects.cases_of(HUONG, actor=clerk)

    # Of the indexes that begin with the commune the planner may take any while the table is this small.
    by_number = r"cases_party_by_(number|name|case)"
    assert re.search(by_number, known.explain())
    # By number; and by name, where both the person and the case are looked for within the commune.
    plan = same.explain()
    assert re.search(by_number, plan)
    assert "Seq Scan" not in plan
    conditions = re.findall("Index Cond: (.*)", plan)
    assert len([one for one in conditions if f"commune_id = '{clerk.home_id}'" in one]) >= 2
