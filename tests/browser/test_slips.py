"""A walk-in that is not accepted, by keyboard in a real browser: the slip, its paper, the way back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_pages import STANDARDS, keep_picture

pytestmark = pytest.mark.browser


def assert_accessible(page, name):
    # High enough that the bar of buttons at the lower edge covers nothing.
    page.set_viewport_size(page.viewport_size | {"height": 2600})
    keep_picture(page, name)
    found = Axe().run(page, options=STANDARDS).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    assert wider <= 0
    assert [said for said in page.console_errors if "422" not in said] == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_slip_by_keyboard_leads_to_the_registration(page_of, size):
    page = page_of("ha.lt", size)
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Phạm Văn Chờ")

    page.keyboard.press("Alt+t")
    page.wait_for_selector("#errors")
    assert page.input_value("#id_name") == "Phạm Văn Chờ"
    assert_accessible(page, f"slip-errors-{size}")

    page.fill("#id_slip_reason", "Ảnh mờ, đề nghị chụp lại")
    page.keyboard.press("Alt+b")
    page.wait_for_selector("#look")
    assert_accessible(page, f"slip-look-{size}")
    page.keyboard.press("Escape")  # the way back leaves everything as it was typed
    page.wait_for_url("**/ho-so/moi/?tiep=*")
    assert page.input_value("#id_slip_reason") == "Ảnh mờ, đề nghị chụp lại"
    page.keyboard.press("Alt+b")
    page.wait_for_selector("#look")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phieu/2026/*/")
    expect(page.locator("a[autofocus]")).to_be_focused()
    assert_accessible(page, f"slip-{size}")

    page.goto("/phieu/")
    assert_accessible(page, f"slips-{size}")
    page.get_by_role("link", name="Tiếp nhận từ phiếu này").first.click()
    page.wait_for_url("**/ho-so/moi/?slip=*")
    assert page.input_value("#id_name") == "Phạm Văn Chờ"
    assert_accessible(page, f"intake-from-slip-{size}")


def test_slip_over_a_lost_network_waits_on_the_screen_and_is_given_once(page_of):
    page = page_of("ha.lt")
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Trịnh Thị Mạng")
    page.context.set_offline(True)
    page.keyboard.press("Alt+b")
    page.wait_for_selector("#offline:not([hidden])")
    assert page.input_value("#id_name") == "Trịnh Thị Mạng"

    page.context.set_offline(False)
    page.wait_for_selector("#look")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phieu/2026/*/")
    page.goto("/phieu/")
    assert page.get_by_text("Trịnh Thị Mạng").count() == 1
