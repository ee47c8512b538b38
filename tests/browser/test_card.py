"""A card read by a hand reader, data declared earlier, the same request twice: by keyboard in a browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_slips import assert_accessible
from tests.browser.test_walk_in import press, reach

pytestmark = pytest.mark.browser

CARD = "038190000045||VŨ THỊ THẺ|02091990|Nữ|Thôn Tân Long, Định Hòa, Thanh Hóa|22122021"
PERSON = {
    "id_number": "038190000045",
    "id_name": "VŨ THỊ THẺ",
    "id_birth": "02/09/1990",
    "id_address": "Thôn Tân Long, Định Hòa, Thanh Hóa",
}


def values(page, names):
    return {name: page.input_value(f"#{name}") for name in names}


def scan(page, line, end):
    """What the reader does: the line, letter by letter, and the key that ends it."""
    page.keyboard.type(line)
    if end:
        press(page, end)


@pytest.mark.parametrize(
    ("field", "end"),
    [
        ("id_number", "Enter"),
        ("id_number", ""),
        ("id_birth", "Tab"),
        ("id_name", "Enter"),
        ("id_phone", ""),
        ("id_address", "Tab"),
    ],
)
def test_card_read_into_any_field_fills_the_person_and_leads_on(page_of, field, end):
    page = page_of("ha.lt")
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.focus(f"#{field}")

    scan(page, CARD, end)

    page.wait_for_selector("#id_phone:focus")
    expect(page.locator("#id_name")).to_have_value(PERSON["id_name"])
    assert values(page, PERSON) == PERSON
    assert page.input_value("#id_phone") == ""
    assert page.locator("#card-read").is_visible()
    assert page.url.endswith("/ho-so/moi/?procedure=1.004873")
    assert page.console_errors == []


def test_card_read_into_the_procedure_goes_into_no_address(page_of):
    page = page_of("ha.lt")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/ho-so/moi/")
    page.focus("#id_procedure")

    scan(page, CARD, "Enter")
    page.wait_for_timeout(600)

    assert values(page, PERSON) == PERSON
    assert page.input_value("#id_procedure") == ""
    assert page.evaluate("document.activeElement.id") == "id_procedure"
    assert [url for url in asked if "038190000045" in url] == []


def test_card_read_after_typing_keeps_what_was_typed_elsewhere(page_of):
    page = page_of("ha.lt")
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.focus("#id_phone")
    page.keyboard.type("0912345018")

    scan(page, CARD, "Enter")

    assert values(page, PERSON) == PERSON
    assert page.input_value("#id_phone") == "0912345018"


def test_card_of_the_filer_leaves_the_principal_alone(page_of):
    page = page_of("ha.lt")
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Lê Văn Ba")
    page.check("#id_for_other")
    page.focus("#id_filer_name")

    scan(page, CARD, "Enter")

    assert page.input_value("#id_filer_name") == "VŨ THỊ THẺ"
    assert page.input_value("#id_filer_number") == "038190000045"
    assert (page.input_value("#id_name"), page.input_value("#id_number")) == ("Lê Văn Ba", "")


def take_in(page, line, end=""):
    """The papers are ticked, the person is read or typed."""
    page.goto("/ho-so/moi/?procedure=1.004873")
    reach(page, "all-papers")
    press(page, "Space")
    reach(page, "id_number")
    scan(page, line, end)


def registered(page):
    """The code of the case after the keys that register it."""
    press(page, "Control+Enter")
    page.wait_for_url("**/da-tiep-nhan/")
    return page.locator(".big-code").inner_text()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_card_by_keyboard_registers_and_is_recalled_the_next_time(page_of, size):
    number = {"desk": "038190000101", "phone": "038190000102"}[size]
    page = page_of("ha.lt", size)
    take_in(page, CARD.replace("038190000045", number), "Enter")
    page.keyboard.type("0912345018")
    assert_accessible(page, f"card-read-{size}")
    first = registered(page)

    take_in(page, number)
    page.wait_for_selector("#id_recall_agreed")
    # Screens left half typed are offered above the form by the name that this officer typed.
    assert "VŨ THỊ THẺ" not in page.locator("#intake").inner_html()
    assert_accessible(page, f"recall-offer-{size}")
    reach(page, "id_recall_agreed")
    press(page, "Space")
    expect(page.locator("#id_name")).to_have_value(PERSON["id_name"])
    assert page.input_value("#id_address") == PERSON["id_address"]
    assert page.input_value("#id_birth") == "02/09/1990"
    page.wait_for_selector("#id_another_request")
    assert first in page.locator("#duplicates").inner_text()

    press(page, "Control+Enter")
    page.wait_for_selector("#errors")
    assert page.is_checked("#id_recall_agreed")
    assert_accessible(page, f"duplicate-errors-{size}")
    reach(page, "id_another_request")
    press(page, "Space")
    second = registered(page)
    page.goto(f"/ho-so/{second}/")
    assert second != first
    assert f"dùng lại dữ liệu của hồ sơ {first}" in page.inner_text("main")
