"""How many keys a walk-in of the commonest kind costs beyond the data, by a clerk who never lets go of them.

Counted from the page after the last citizen to the printed receipt and the next empty screen. Every key that
goes down counts, so Ctrl Enter counts two. Not counted: the letters of what the citizen says, and of who the
citizen is.
"""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.test_card import CARD
from tests.browser.test_typing import drop_all

pytestmark = pytest.mark.browser

MOST = 25
COMMONEST = "1.004873"
WORDS = "giay doc than"


class Hand:
    """The clerk's two hands on the keyboard, with a tally of what was pressed for what."""

    def __init__(self, page):
        self.page, self.pressed, self.typed = page, Counter(), 0

    def press(self, purpose, *chords):
        for chord in chords:
            self.page.keyboard.press(chord)
            self.pressed[purpose] += len(chord.split("+"))

    def type(self, field, text):
        """The data of a field, with the focus in it already; where the hand is not, nothing is typed."""
        expect(self.page.locator(f"#{field}")).to_be_focused()
        self.page.keyboard.type(text)
        self.typed += len(text)

    def told(self):
        """The figure and its parts."""
        return f"{self.pressed.total()} keys beyond {self.typed} letters of data: {dict(self.pressed)}"


@pytest.fixture
def hand(page_of):
    """A clerk at the page after the last citizen, made with the mouse so that nothing of it counts."""
    page = page_of("ha.lt")
    drop_all(page)
    page.goto(f"/ho-so/moi/?procedure={COMMONEST}")
    page.fill("#id_name", "Lê Thị Vừa Xong")
    page.fill("#id_phone", "0912345018")
    page.check("#all-papers")
    page.locator("button[form=intake]").first.click()
    page.wait_for_url("**/da-tiep-nhan/")
    return Hand(page)


def choose_the_procedure(hand):
    """From the last citizen's page to the papers of this one's request."""
    expect(hand.page.locator("a[autofocus]")).to_be_focused()
    hand.press("next citizen", "Enter")
    hand.page.wait_for_url("**/ho-so/moi/")
    hand.type("id_procedure", WORDS)
    option = hand.page.locator("[role=option][aria-selected=true]")
    expect(option).to_have_attribute("data-code", COMMONEST)
    hand.press("choose the procedure", "Enter")
    expect(hand.page.locator("#id_procedure")).not_to_be_focused()


def go_to(hand, field):
    """Enter leads from field to field that is still empty; each one counts."""
    for _key in range(6):
        if hand.page.evaluate("document.activeElement.id") == field:
            return
        hand.press("from field to field", "Enter")
    pytest.fail(f"Enter never reached {field}")


def register(hand):
    hand.press("register", "Control+Enter")
    hand.page.wait_for_url("**/da-tiep-nhan/")
    return hand.page.locator(".big-code").inner_text()


def print_and_call_the_next(hand):
    """P opens the receipt in a window of its own; the three chords there are the browser's."""
    with hand.page.context.expect_page() as opened:
        hand.press("print", "p")
    assert re.search(r"/giay-tiep-nhan\.pdf", opened.value.url) or opened.value.url in {
        "",
        "about:blank",
        ":",
    }
    opened.value.close()
    hand.pressed["print in the window of the receipt"] += len(("Ctrl", "P", "Enter", "Ctrl", "W"))
    hand.page.bring_to_front()
    expect(hand.page.locator("a[autofocus]")).to_be_focused()
    hand.press("next citizen", "Enter")
    hand.page.wait_for_url("**/ho-so/moi/")
    expect(hand.page.locator("#id_procedure")).to_be_focused()
    assert hand.page.input_value("#id_name") == ""


def test_walk_in_of_the_commonest_kind_takes_few_keys(hand):
    person = {
        "id_number": "038185070707",
        "id_birth": "02/09/1985",
        "id_name": "Lê Thị Đếm Phím",
        "id_phone": "0912345018",
        "id_address": "Thôn Phú Nhi",
    }
    choose_the_procedure(hand)
    go_to(hand, "all-papers")
    hand.press("all papers are here", "Space")
    for field, text in person.items():
        go_to(hand, field)
        hand.type(field, text)
    code = register(hand)
    print_and_call_the_next(hand)

    print(hand.told())  # noqa: T201 (the figure is what the test is for)
    hand.page.goto(f"/ho-so/{code}/")
    held = hand.page.locator("main").inner_text()
    assert [told for told in ("Lê Thị Đếm Phím", "0912 345 018", "Thôn Phú Nhi") if told not in held] == []
    assert hand.pressed.total() <= MOST
    assert hand.page.console_errors == []


def test_walk_in_with_a_card_reader_takes_fewer(hand):
    choose_the_procedure(hand)
    go_to(hand, "all-papers")
    hand.press("all papers are here", "Space")
    go_to(hand, "id_number")
    hand.page.keyboard.type(CARD.replace("038190000045", "038190070708"))  # the reader types it, no hand
    hand.page.keyboard.press("Enter")
    expect(hand.page.locator("#id_phone")).to_be_focused()
    hand.type("id_phone", "0912345018")
    code = register(hand)
    print_and_call_the_next(hand)

    print(hand.told())  # noqa: T201 (the figure is what the test is for)
    hand.page.goto(f"/ho-so/{code}/")
    assert "VŨ THỊ THẺ" in hand.page.locator("main").inner_text()
    assert hand.pressed.total() <= 18


def test_enter_in_the_middle_of_a_composition_leads_nowhere(hand):
    """An input method ends a word with Enter; the screen takes that key for nothing of its own."""
    hand.page.goto(f"/ho-so/moi/?procedure={COMMONEST}")
    hand.page.fill("#id_number", "038185070709")
    hand.page.focus("#id_name")
    is_taken = hand.page.evaluate(
        """() => [false, true].map(ctrlKey => {
            const how = { key: "Enter", bubbles: true, cancelable: true, isComposing: true, ctrlKey };
            return !document.activeElement.dispatchEvent(new KeyboardEvent("keydown", how));
        })"""
    )

    assert is_taken == [False, False]
    assert hand.page.evaluate("document.activeElement.id") == "id_name"
    assert hand.page.url.endswith(f"/ho-so/moi/?procedure={COMMONEST}")
    drop_all(hand.page)


def test_registered_page_prints_with_both_keys(hand):
    for chord in ("p", "Control+p"):
        with hand.page.context.expect_page() as opened:
            hand.press("print", chord)
        opened.value.close()
    expect(hand.page.locator("main a[autofocus]")).to_be_focused()

    assert hand.page.url.endswith("/da-tiep-nhan/")
    assert hand.page.console_errors == []


def test_slip_with_its_look_takes_few_keys(hand):
    choose_the_procedure(hand)
    for field, text in {"id_name": "Lê Thị Thiếu Giấy", "id_phone": "0912345018"}.items():
        go_to(hand, field)
        hand.type(field, text)
    hand.press("ask for what is missing", "Alt+b")
    expect(hand.page.locator("#look")).to_contain_text("Lê Thị Thiếu Giấy")
    expect(hand.page.locator("button[form=give]")).to_be_focused()
    hand.press("number it", "Enter")
    hand.page.wait_for_url("**/phieu/2026/*/")
    expect(hand.page.locator("a[autofocus]")).to_be_focused()
    hand.press("next citizen", "Enter")
    hand.page.wait_for_url("**/ho-so/moi/")

    print(hand.told())  # noqa: T201 (the figure is what the test is for)
    assert hand.pressed.total() <= MOST
