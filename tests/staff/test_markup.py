"""Filled patterns escape like a template."""

import pytest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from staff.markup import filled, joined

CELLS = st.one_of(st.text(), st.integers(), st.none(), st.text().map(mark_safe))


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_filled_is_what_a_template_would_write(cells):
    pattern = "|".join("{}" for _cell in cells)

    assert filled(pattern, *cells) == "|".join(map(conditional_escape, cells))


@pytest.mark.parametrize("hostile", ["<script>", '" onclick="x', "' x='", "&amp;", "{0}", "%s"])
def test_nothing_typed_becomes_markup(hostile):
    found = filled("<a href=\"{}\" title='{}'>{}</a>", hostile, hostile, gettext_lazy(hostile))

    assert found.count("<") == found.count(">") == 2
    assert (found.count('"'), found.count("'")) == (2, 2)


def test_pieces_follow_one_another_and_are_safe():
    found = joined("<li>{}{}</li>", [("a", 1), ("<", mark_safe("<b>"))])

    assert found == "<li>a1</li><li>&lt;<b></li>"
    assert isinstance(found, SafeString)
