"""Every page as people see it: nothing for axe to find, nothing wider than the screen, a quiet console.

With MOTCUA_PICTURES set to a folder the pages are kept there as pictures.
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STANDARDS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
FIRST_ROW = "tr[data-row] a"
PAGES = {
    "home": ("", "/", None),
    "search": ("", "/?q=lam+giay+khai+sinh", None),
    "nothing-found": ("", "/?q=qwxz", None),
    "board": ("", "/thu-tuc/", None),
    "procedure": ("", "/thu-tuc/1.001612/", None),
    "procedure-police": ("", "/thu-tuc/1.004222/", None),
    "communes": ("", "/xa/?q=dinh+thanh", None),
    "commune": ("", "/xa/15448/", None),
    "track": ("", "/tra-cuu/", None),
    "tracking": ("ha.lt", "/ho-so/", (FIRST_ROW, "a[href*='/tra-cuu/t/']")),
    "sign-in": ("", "/dang-nhap/", None),
    "no-page": ("", "/khong-co/", None),
    "intake-empty": ("ha.lt", "/ho-so/moi/", None),
    "intake": ("ha.lt", "/ho-so/moi/?procedure=1.004873", None),
    "intake-at-once": ("ha.lt", "/ho-so/moi/?procedure=2.000815", None),
    "queue": ("ha.lt", "/ho-so/", None),
    "queue-empty": ("ha.lt", "/ho-so/?view=mine", None),
    "case": ("ha.lt", "/ho-so/", (FIRST_ROW,)),
    "account": ("ha.lt", "/tai-khoan/", None),
    "notices": ("thanh.nt", "/thong-bao/", None),
    "approvals": ("thanh.nt", "/ky-duyet/", None),
    "sign": ("thanh.nt", "/ky-duyet/", ("a[href$='/buoc/approve/']",)),
    "first-password": ("moi.nv", "/mat-khau/", None),
    "choose-place": ("ngan.ct", "/noi-lam-viec/", None),
    "personal-data": ("", "/du-lieu-ca-nhan/", None),
    "home-english": ("", "/?lang=en", None),
    "procedure-english": ("", "/thu-tuc/1.001612/?lang=en", None),
    "intake-english": ("ha.lt", "/ho-so/moi/?procedure=1.004873&lang=en", None),
    "queue-english": ("ha.lt", "/ho-so/?lang=en", None),
    "not-for-you": ("trang.dt", "/ho-so/", None),
}


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits_the_screen(page_of, name, size):
    username, address, clicks = PAGES[name]
    page = page_of(username, size)
    page.goto(address)
    for selector in clicks or ():
        page.locator(selector).first.click()
        page.wait_for_load_state()

    keep_picture(page, f"{name}-{size}")
    found = Axe().run(page, options=STANDARDS)
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert [
        (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found.response["violations"]
    ] == []
    assert wider <= 0
    assert [said for said in page.console_errors if "404" not in said and "403" not in said] == []


def keep_picture(page, name):
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=name.endswith("phone"))


def test_intake_with_errors_is_accessible(page_of):
    page = page_of("ha.lt")
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#errors")

    keep_picture(page, "intake-errors-desk")
    found = Axe().run(page, options=STANDARDS)

    assert [rule["id"] for rule in found.response["violations"]] == []
    assert page.evaluate("document.activeElement.id") == "errors"
