import pytest
from django.db.models import Subquery

from staff.keysets import beyond
from staff.models import OpeningHours

pytestmark = pytest.mark.django_db
COLUMNS = ("opens_at", "pk")  # two thirds of all rows open at one of two hours
ROWS = OpeningHours.objects.order_by()


def places():
    return sorted(ROWS.values_list(*COLUMNS))


@pytest.mark.parametrize("is_descending", [False, True], ids=["forward", "backward"])
def test_beyond_each_row_lie_those_that_follow_it(is_descending):
    order = places()[::-1] if is_descending else places()

    found = [
        sorted(ROWS.filter(beyond(COLUMNS, place, descending=is_descending)).values_list(*COLUMNS))
        for place in order[:: len(order) // 12]
    ]

    assert len({opens for opens, _key in order}) < len(order) / 10
    starts = range(0, len(order), len(order) // 12)
    assert found == [sorted(order[start + 1 :]) for start in starts]


def test_beyond_takes_an_expression_for_a_value():
    opens, key = places()[5]
    looked_up = Subquery(ROWS.filter(pk=key).values("opens_at"))

    found = set(ROWS.filter(beyond(COLUMNS, (looked_up, key))).values_list("pk", flat=True))

    assert found == {key for _opens, key in places()[6:]}
    assert opens == ROWS.get(pk=key).opens_at
