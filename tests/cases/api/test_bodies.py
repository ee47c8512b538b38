"""What other systems may send covers what the pages ask."""

import pytest

from cases.api.bodies import ArgumentsBody
from cases.forms.moves import FORMS


@pytest.mark.parametrize("action", FORMS)
def test_every_field_of_a_move_may_be_sent_and_names_its_move(action):
    sendable = ArgumentsBody().fields

    asked = [name for name in FORMS[action].base_fields if name != "version"]

    assert [name for name in asked if str(action) not in str(sendable[name].help_text)] == []


@pytest.mark.parametrize("action", FORMS)
def test_words_of_a_move_may_be_as_long_as_on_its_page(action):
    sendable = ArgumentsBody().fields

    for name, field in FORMS[action].base_fields.items():
        if hasattr(field, "max_length"):
            assert (name, sendable[name].max_length) == (name, field.max_length)
