"""Walk-ins in a real browser, by keyboard alone, to the result that the citizen follows."""

import re

import pytest

pytestmark = pytest.mark.browser

WALK_INS = {
    "1.001193": ("khai sinh", "duc.hm"),
    "1.004873": ("giay doc than", "duc.hm"),
    "2.000815": ("sao y ban chinh", "duc.hm"),
    "1.013225": ("xin phep xay nha", "bach.lq"),
}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def take_in(page, code, words, name):
    """F2, the citizen's words, Enter; then what stands on the card, and Ctrl Enter."""
    press(page, "F2")
    page.wait_for_url("**/ho-so/moi/")
    page.keyboard.type(words)
    page.wait_for_selector(f'[role=option][data-code="{code}"]')
    while page.locator("[role=option][aria-selected=true]").get_attribute("data-code") != code:
        press(page, "ArrowDown")
    with page.expect_response("**/xem-truoc/"):
        press(page, "Enter")
    page.wait_for_selector(":focus:not(#id_procedure)")
    reach(page, "all-papers")
    press(page, "Space")
    reach(page, "id_number")
    page.keyboard.type("038185012346")
    reach(page, "id_name")
    page.keyboard.type(name)
    reach(page, "id_phone")
    page.keyboard.type("0912345018")
    press(page, "Control+Enter")
    page.wait_for_url("**/da-tiep-nhan/")
    return page.locator(".big-code").inner_text()


def reach(page, element):
    """Tab on until the focus is there; a field that cannot be reached fails."""
    for _press in range(40):
        if page.evaluate("document.activeElement.id") == element:
            return
        press(page, "Tab")
    pytest.fail(f"Tab never reached {element}")


def step(page, case_code, key, *, text="", submit="Control+Enter"):
    """Open the case, press the letter of the move, type what it asks, and do it."""
    page.goto(f"/ho-so/{case_code}/")
    press(page, key)
    page.wait_for_url("**/buoc/**")
    if text:
        reach(page, text[0])
        page.keyboard.type(text[1])
    press(page, submit)
    page.wait_for_url(f"**/ho-so/{case_code}/")


@pytest.mark.parametrize("code", WALK_INS)
def test_walk_in_by_keyboard_becomes_a_result_that_the_citizen_follows(page_of, code):
    words, handler = WALK_INS[code]
    name = f"Lê Thị Hương {code.replace('.', '')}"
    clerk = page_of("ha.lt")

    case_code = take_in(clerk, code, words, name)

    receipt = clerk.request.get(f"/ho-so/{case_code}/giay-tiep-nhan.pdf")
    assert receipt.body().startswith(b"%PDF-")
    press(clerk, "F4")
    clerk.wait_for_url("**/ho-so/")
    press(clerk, "/")
    clerk.keyboard.type(case_code[-11:])
    press(clerk, "Enter")
    clerk.wait_for_url("**/ho-so/tim/")
    assert clerk.locator("tr[data-row] b").all_inner_texts() == [name]
    step(clerk, case_code, "c")
    step(page_of(handler), case_code, "t", text=("id_body", "Đủ điều kiện"))
    step(page_of("thanh.nt"), case_code, "k", text=("id_number", "15/XN-UBND"))
    step(clerk, case_code, "g")

    href = clerk.locator("a[href*='/tra-cuu/t/']").get_attribute("href")
    citizen = page_of(size="phone")
    citizen.goto(href)
    assert citizen.locator("h1").inner_text() == "Đã trả kết quả"
    assert name not in citizen.content()
    reach(citizen, "id_digits")
    citizen.keyboard.type("5018")
    press(citizen, "Enter")
    citizen.wait_for_selector("text=Chủ hồ sơ")
    assert re.search(r"L\. T\. H\.", citizen.content())
    assert clerk.console_errors + citizen.console_errors == []
