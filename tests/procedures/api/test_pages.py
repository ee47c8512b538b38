import pytest

from procedures.api.pages import Page, page_of
from procedures.errors import ProcedureError

KEYS = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("where", "page"),
    [
        ({}, Page(["a", "b"], next_key="b", previous_key=None)),
        ({"after": "b"}, Page(["c", "d"], next_key="d", previous_key="c")),
        ({"after": "d"}, Page(["e"], next_key=None, previous_key="e")),
        ({"after": "e"}, Page(())),
        ({"before": "e"}, Page(["c", "d"], next_key="d", previous_key="c")),
        ({"before": "b"}, Page(["a"], next_key="a", previous_key=None)),
        ({"before": "a"}, Page(())),
    ],
)
def test_page_of_a_list_names_its_neighbours(where, page):
    assert page_of(KEYS, size=2, **where) == page


def test_page_of_an_empty_list_is_empty():
    assert page_of([], size=2) == Page(())


def test_page_of_an_unknown_key_is_refused():
    with pytest.raises(ProcedureError) as refused:
        page_of(KEYS, size=2, after="x")

    assert refused.value.code == "page_key_unknown"
