"""What lies beside a case is what the ORM finds there, list by list."""

from operator import attrgetter

import pytest
from django.core.exceptions import ObjectDoesNotExist

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.beside import ON_THE_PAGE, read_beside, read_case, read_tracked
from cases.choices import State
from cases.models import Case
from staff.models import Agency, Commune
from tests.cases.conftest import FRIDAY_MORNING, a_take, an_intake

PAPERS = (PaperTaken("Tờ khai", "paper", originals=1),)


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


def with_what_it_names(row, names):
    """The columns of a row and of every row that it names, by the way there; None where there is none."""
    told = {"": columns(row)}
    for name in names:
        try:
            told[name] = attrgetter(name.replace("__", "."))(row)
        except (AttributeError, ObjectDoesNotExist):
            told[name] = None
        told[name] = told[name] and columns(told[name])
    return told


@pytest.fixture
def every_kind(case_at, people):
    """Codes of cases held, handed over and corrected, received for Mường Lát, and sent to an agency."""
    clerk, neighbour = people["ha.lt"], Commune.objects.get(gso_code="14845")
    returned = case_at(State.RETURNED)
    correction = actions.open_correction(
        returned.code, by=clerk, at=FRIDAY_MORNING, version=returned.version, reason="Sai tên"
    )
    there = actions.register_elsewhere(
        an_intake(clerk, papers=PAPERS), Elsewhere(neighbour.pk, 8000), by=clerk, at=FRIDAY_MORNING
    )
    agency = Agency.objects.get(slug="so-tu-phap")
    sent = actions.register_at_agency(an_intake(clerk, papers=PAPERS), agency.pk, by=clerk, at=FRIDAY_MORNING)
    actions.list_agency_papers([sent.code], by=clerk, at=FRIDAY_MORNING)
    held = case_at(State.IN_PROGRESS)
    return [held.code, returned.code, correction.code, there.case_code, sent.code]


NAMED_ON_THE_PAGE = (
    *("commune", "procedure", "procedure_version", "situation", "reception_point", "holder", "typed_by"),
    *("arrival", "corrects", "competent_agency", "sending", "sending__handover"),
)
NAMED_ON_TRACKING = (
    *("commune", "procedure", "procedure_version", "situation", "reception_point"),
    *("reception_point__commune", "arrival", "arrival__point", "arrival__point__commune", "corrects"),
    "competent_agency",
)


def test_row_of_a_case_is_the_row_of_the_orm(every_kind, people, django_assert_num_queries):
    named = set()
    for code in every_kind:
        for actor in (people["ha.lt"], people["mai.lt"]):
            visible = Case.objects.visible_to(actor).for_case_page().filter(code=code).first()
            with django_assert_num_queries(1):
                found = read_case(actor, code)
                told = found and with_what_it_names(found, NAMED_ON_THE_PAGE)
                back = found and told["sending"] and found.sending.case
            assert back in {None, found}
            assert told == (visible and with_what_it_names(visible, NAMED_ON_THE_PAGE))
            named |= {name for name, row in (told or {}).items() if row}
    assert named == {"", *NAMED_ON_THE_PAGE}


@pytest.mark.parametrize("column", ["code", "tracking_token"])
def test_row_of_a_receipt_is_the_row_of_the_orm(every_kind, column, django_assert_num_queries):
    for row in Case.objects.for_tracking().filter(code__in=every_kind):
        with django_assert_num_queries(1):
            found = read_tracked(column, getattr(row, column))
            told = with_what_it_names(found, NAMED_ON_TRACKING)
        assert told == with_what_it_names(row, NAMED_ON_TRACKING)
    assert read_tracked(column, "-") is None
