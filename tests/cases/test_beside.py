"""What lies beside a case is what the ORM finds there, list by list."""

import pytest

from cases import actions
from cases.beside import ON_THE_PAGE, read_beside
from cases.choices import State
from cases.models import Case
from tests.cases.conftest import FRIDAY_MORNING, a_take


def columns(row):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


@pytest.fixture
def case(case_at, people):
    """A case with something in every list but the corrections."""
    case = case_at(State.REGISTERED)
    actions.take_payment(case.code, a_take(amount_vnd=3000), by=people["ha.lt"], at=FRIDAY_MORNING, version=1)
    return case


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_list_beside_a_case_is_the_list_of_the_orm(case, case_at, name):
    for one in (case, case_at(State.RETURNED)):
        found = Case.objects.get(pk=one.pk)
        read_beside(found, ON_THE_PAGE)

        rows = getattr(Case.objects.get(pk=one.pk), name).all()
        assert list(map(columns, getattr(found, name).all())) == list(map(columns, rows))


def test_lists_beside_a_case_cost_one_statement(case, django_assert_num_queries):
    found = Case.objects.get(pk=case.pk)

    with django_assert_num_queries(1):
        read_beside(found, ON_THE_PAGE)
        names = [payment.taken_by.full_name for payment in found.payments.all()]
        files = [list(paper.files.all()) for paper in found.papers.all()]
        voids = [getattr(payment, "void", None) for payment in found.payments.all()]

    assert (len(names), voids) == (1, [None])
    assert files == [[] for _paper in found.papers.all()]
