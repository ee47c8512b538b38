"""The running office, filled through its own pages until each address has something to show."""

import re
from dataclasses import dataclass

from tests.browser.conftest import SIZES
from tests.cases.scans import PDF

CODE = re.compile(r"/ho-so/([^/]+)/da-tiep-nhan/")


@dataclass(frozen=True)
class Person:
    """Somebody at the counter."""

    name: str
    number: str

    def typed(self):
        return {"name": self.name, "number": self.number, "birth": "02/09/1985", "phone": "0912345018"}


ONE, TWO = Person("Lê Thị Ma Trận", "038185077001"), Person("Lê Văn Chưa Thu", "038085077002")
RECEIPT = "0000123"


class People:
    """One signed-in page for each officer, opened once; a name with + has chosen where to work."""

    def __init__(self, chromium, office):
        self.chromium, self.office, self.pages = chromium, office, {}

    def page(self, username):
        if username not in self.pages:
            self.pages[username] = self._open(username)
        return self.pages[username]

    def _open(self, username):
        context = self.chromium.new_context(
            viewport=SIZES["desk"], base_url=self.office.url, locale="vi-VN", reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.console_errors = []
        page.on("console", lambda said: said.type == "error" and page.console_errors.append(said.text))
        page.on("pageerror", lambda fault: page.console_errors.append(str(fault)))
        page.on("dialog", lambda dialog: dialog.accept())
        if username:
            self._sign_in(page, username.rstrip("+"))
        if username.endswith("+"):
            page.locator("main form button").first.click()
            page.wait_for_url(lambda url: "noi-lam-viec" not in url)
        return page

    def _sign_in(self, page, username):
        page.goto("/dang-nhap/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", self.office.passwords[username])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "dang-nhap" not in url)

    def close(self):
        for page in self.pages.values():
            page.context.close()


def filled_office(people):
    """What fills the places of the addresses: cases, a payment, a scan, a slip, made by those who may."""
    clerk = people.page("ha.lt")
    values = {"gso_code": "15448", "kind": "guidance", "action": "forward", "copy": "1"}
    values["webhook"] = _told_system(clerk, people.office)
    values["code"] = registered(clerk, ONE)
    values["token"] = _last(clerk.get_attribute("main a[href*='/tra-cuu/t/']", "href"))
    values |= _paid(clerk, values["code"]) | _scanned(clerk, values["code"])
    values["unpaid"] = registered(clerk, TWO)
    values["again"] = registered(clerk, ONE, "1.001193")
    values["foreign"] = registered(clerk, TWO, elsewhere="hac thanh")
    registered(clerk, TWO, elsewhere="so tu phap tinh thanh hoa")
    values |= _slip(clerk) | _of_the_demonstration(clerk, people.page("thanh.nt"))
    _sign_everything(people.page("buong.lv"))
    return values


def registered(page, person, procedure="1.004873", *, elsewhere=""):
    """The code of a case registered through the page."""
    page.goto(f"/ho-so/moi/?procedure={procedure}")
    for name, text in person.typed().items():
        page.fill(f"#id_{name}", text)
    page.check("#all-papers")
    if elsewhere:
        page.check("#id_elsewhere")
        page.fill("#id_elsewhere_place", elsewhere)
        page.wait_for_selector("#elsewhere-found b, #elsewhere-found input")
    page.wait_for_load_state("networkidle")
    if page.locator("#id_another_request").count():
        page.check("#id_another_request")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: "/ho-so/moi/" not in url)
    return CODE.search(page.url)[1] if CODE.search(page.url) else _last(page.url)


def _told_system(page, office):
    """Another system is told of every step, by the key that the officer has made for it."""
    page.goto("/tai-khoan/khoa-api/")
    page.fill("[name=name]", "Kho dữ liệu tỉnh")
    page.fill("#new-token [name=password]", office.passwords["ha.lt"])
    page.click("#new-token button")
    secret = page.input_value("input[readonly]")
    made = page.request.post(
        "/api/v1/webhooks/",
        data={"url": "https://told.example/a-rather-long-path/for-the-width-of-the-page/"},
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "matrix"},
    )
    return made.json()["id"]


def _last(address):
    return address.rstrip("/").rpartition("/")[2]


def _paid(page, code):
    page.goto(f"/ho-so/{code}/thu-tien/")
    page.fill("[name=series]", "AA/26P")
    page.fill("[name=number]", RECEIPT)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("a[href$='/huy/'][href*='/thu-tien/']")
    return {"payment": page.get_attribute("a[href$='/huy/'][href*='/thu-tien/']", "href").split("/")[-3]}


def _scanned(page, code):
    page.goto(f"/ho-so/{code}/giay-to/")
    form = page.locator("[data-drop] form").first
    paper = _last(form.get_attribute("action"))
    scan = {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": PDF}
    form.locator("input[type=file]").set_input_files(scan)
    form.locator("button").first.click()
    page.wait_for_selector(".kept a[href*='/tep/']")
    return {"paper": paper, "key": _last(page.get_attribute(".kept a[href*='/tep/']", "href"))}


def _slip(page):
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Phạm Văn Ma Trận")
    page.fill("#id_slip_reason", "Ảnh mờ, đề nghị chụp lại")
    page.keyboard.press("Alt+b")
    page.wait_for_selector("button[form=give]:focus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/phieu/2026/*/")
    return {"year": page.url.split("/")[-3], "serial": page.url.split("/")[-2]}


def _of_the_demonstration(clerk, leader):
    """A draft that waits for a signature, a case that is late, a case that is handed over."""
    leader.goto("/ky-duyet/")
    draft = leader.get_attribute("a[href$='/buoc/approve/']", "href").split("/")[2]
    clerk.goto("/ho-so/?view=overdue")
    overdue = _last(clerk.get_attribute("tr[data-row] a", "href"))
    clerk.goto("/ho-so/?view=ready")
    ready = clerk.get_attribute("tr[data-row] a", "href")
    clerk.goto(f"{ready}buoc/hand_over/")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_url(f"**{ready}")
    token = _last(clerk.get_attribute("main a[href*='/tra-cuu/t/']", "href"))
    returned = ready.strip("/").partition("/")[2]
    return {"draft": draft, "overdue": overdue, "returned": returned, "returned_token": token}


def _sign_everything(leader):
    """So that one leader has nothing left to sign."""
    leader.goto("/ky-duyet/")
    if not leader.locator("tr[data-row]").count():
        return
    for box in leader.locator("tr[data-row] input[type=checkbox]").all():
        box.check()
    leader.click("[data-letter=S]")
    for number, box in enumerate(leader.locator("form#sign input.in").all()):
        box.fill(f"{number}/XN")
    leader.keyboard.press("Control+Enter")
    leader.wait_for_url("**/ky-duyet/")
