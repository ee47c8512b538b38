"""What a queue may be asked, without a database."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest

from cases.queues import ORDERS, PageKey, QueueFilter, first_view, read_key, write_key
from staff.rights import RIGHTS, Role
from tests.calendar_table import moment

CODE = "H56.99.02.22-261120-0001"
MOMENT = moment("2026-11-26 17:00")  # Thursday


@pytest.mark.parametrize(
    ("order", "value", "written"),
    [
        ("due", MOMENT, f"2026-11-26T17:00:00+07:00,{CODE}"),
        ("newest", date(2026, 11, 20), f"2026-11-20,{CODE}"),
        ("oldest", date(2026, 11, 20), f"2026-11-20,{CODE}"),
        ("name", None, CODE),
    ],
)
def test_page_key_is_read_back_as_it_was_written(order, value, written):
    key = PageKey(value, CODE)

    assert write_key(key) == written
    assert read_key(written, order) == key


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("text", ["", ",", "2026-13-45,x", "yesterday,x", "\x00"])
def test_page_key_that_is_none_is_not_read(order, text):
    if order == "name" and "\x00" not in text and text:
        assert read_key(text, order) == PageKey(None, text)
    else:
        assert read_key(text, order) is None


def test_page_key_of_a_moment_without_its_zone_is_not_read():
    assert read_key(f"2026-11-26T17:00:00,{CODE}") is None


@pytest.mark.parametrize("offset", ["+23:59", "-23:59", "+15:59:59.5", "Z"])
def test_page_key_of_a_moment_is_in_utc_whatever_its_offset(offset):
    written = f"2026-11-26T17:00:00{offset}"

    key = read_key(f"{written},{CODE}")

    assert key == PageKey(datetime.fromisoformat(written), CODE)
    assert key.value.tzinfo is UTC


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:00:00-23:00"])
def test_page_key_of_a_moment_outside_the_calendar_is_not_read(written):
    assert read_key(f"{written},{CODE}") is None


def test_query_of_a_filter_leaves_out_what_is_usual():
    assert QueueFilter().query() == "view=open&size=20"


def test_query_of_a_filter_keeps_every_condition_order_and_key():
    chosen = QueueFilter(
        view="soon", field="ho-tich", holder="7", order="name", size=50, after=PageKey(None, CODE)
    )

    assert parse_qs(chosen.query()) == {
        "view": ["soon"],
        "size": ["50"],
        "field": ["ho-tich"],
        "holder": ["7"],
        "order": ["name"],
        "after": [CODE],
    }


def test_change_of_a_filter_begins_at_the_first_page():
    chosen = QueueFilter(before=PageKey(MOMENT, CODE), state="registered").change(view="mine")

    assert (chosen.before, chosen.state, chosen.view) == (None, "registered", "mine")


@pytest.mark.parametrize(
    ("role", "view"),
    [(Role.CLERK, "open"), (Role.DIRECTOR, "open"), (Role.HANDLER, "me"), (Role.SIGNATORY, "me")],
)
def test_first_view_is_what_the_role_looks_at_first(role, view):
    assert first_view(RIGHTS[role]) == view
