"""The main scenario, walked once through the real pages as people would, without a browser's script.

A citizen looks for a procedure; a clerk of Định Hòa takes the walk-in and prints the receipt; another officer
handles it, a leader signs, the clerk hands over, the citizen follows it from the receipt. Nothing depends on
the hour, so it holds at night and on holidays.
"""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from config.plain_browser import Page, PageForm, PlainBrowser, WalkError

PROCEDURE: Final = "1.004873"
CITIZEN: Final = {
    "name": "Lê Thị Hương Kiểm Thử",
    "birth": "14/03/1985",
    "phone": "0912 345 018",
    "address": "Thôn Tân Long",
}
DIGITS: Final = "5018"
CLERK, HANDLER, LEADER, STRANGER = "ha.lt", "duc.hm", "thanh.nt", "mai.lt"
WORKER_SECONDS: Final = 40


@dataclass
class Office:
    """The office under check: its address, and who signs in with which password."""

    base_url: str
    passwords: dict[str, str]

    def signed_in(self, username: str) -> PlainBrowser:
        """An officer's browser behind the sign-in page."""
        browser = PlainBrowser(self.base_url)
        page = browser.open("/dang-nhap/")
        form = page.form_with("password")
        arrived = browser.submit(page, form, {"username": username, "password": self.passwords[username]})
        if "/dang-nhap/" in arrived.url:
            message = f"{username} could not sign in"
            raise WalkError(message)
        return browser


def run(base_url: str, accounts: Sequence[dict[str, str]]) -> list[str]:
    """The problems met on the way; none when the scenario works."""
    office = Office(base_url, {row["username"]: row["password"] for row in accounts})
    try:
        _look_for_the_procedure(office)
        code, token_address = _take_the_walk_in(office)
        _walk_to_the_result(office, code)
        _follow_as_citizen(office, code, token_address)
        _wait_for_the_worker(office, code)
        _look_as_stranger(office, code)
    except (WalkError, KeyError) as problem:
        return [f"{type(problem).__name__}: {problem}"]
    return []


def _require(page: Page, text: str) -> None:
    if text not in page.text:
        message = f"{page.url}: “{text}” is missing"
        raise WalkError(message)


def _look_for_the_procedure(office: Office) -> None:
    citizen = PlainBrowser(office.base_url)
    home = citizen.open("/")
    _require(citizen.submit(home, home.form_with("q"), {"q": "xac nhan doc than"}), PROCEDURE)
    _require(citizen.open(f"/thu-tuc/{PROCEDURE}/"), PROCEDURE)
    answer = json.loads(citizen.open(f"/api/v1/procedures/{PROCEDURE}/quote/?channel=counter").body)
    if not answer["due_at"].endswith("+07:00"):
        message = f"the quote gives {answer['due_at']!r}"
        raise WalkError(message)


def _take_the_walk_in(office: Office) -> tuple[str, str]:
    """The code of the new case and the address printed in its QR code."""
    clerk = office.signed_in(CLERK)
    page = clerk.open(f"/ho-so/moi/?procedure={PROCEDURE}")
    form = page.form_with("intake_key")
    papers = {name: on for name, on in form.boxes.items() if name.startswith("paper-")}
    # Somebody else at every check: who asks twice on one day would be asked about.
    citizen = CITIZEN | {"number": f"038185{time.time_ns() // 1000 % 10**6:06d}"}
    done = clerk.submit(page, form, citizen | papers)
    found = re.search(r"/ho-so/([^/]+)/da-tiep-nhan/", done.url)
    if not found:
        message = f"{done.url}: the walk-in was not registered"
        raise WalkError(message)
    code = found.group(1)
    again = clerk.submit(page, form, citizen | papers)
    if again.url != done.url:
        message = f"the form sent twice led to {again.url}"
        raise WalkError(message)
    receipt = clerk.open(f"/ho-so/{code}/giay-tiep-nhan.pdf")
    if not receipt.body.startswith(b"%PDF-"):
        message = f"{receipt.url}: no PDF"
        raise WalkError(message)
    _require(clerk.open("/ho-so/?view=waiting&order=newest"), code)
    return code, clerk.open(f"/ho-so/{code}/").address_like(r"[^\"]*/tra-cuu/t/[^\"]+")


def _walk_to_the_result(office: Office, code: str) -> None:
    """Forwarded by the clerk, proposed by another, signed by a third, handed over by the clerk."""
    clerk = office.signed_in(CLERK)
    _step(clerk, code, "forward", holder=_handler(clerk, code))
    _step(office.signed_in(HANDLER), code, "submit", granted="yes", body="Xác nhận tình trạng hôn nhân")
    _step(office.signed_in(LEADER), code, "approve", number="KT-1/XN-UBND")
    _step(clerk, code, "hand_over", collector="")


def _handler(clerk: PlainBrowser, code: str) -> str:
    offered = _move_page(clerk, code, "forward")[1].choices.get("holder", [])
    return next((value for value in offered if value), "")


def _move_page(browser: PlainBrowser, code: str, action: str) -> tuple[Page, PageForm]:
    page = browser.open(f"/ho-so/{code}/buoc/{action}/")
    for form in page.forms:
        if "version" in form.names and (not form.action or f"/buoc/{action}/" in form.action):
            return page, form
    message = f"{page.url}: the step “{action}” has no form"
    raise WalkError(message)


def _step(browser: PlainBrowser, code: str, action: str, **values: str) -> None:
    page, form = _move_page(browser, code, action)
    done = browser.submit(page, form, values)
    if not done.url.endswith(f"/ho-so/{code}/"):
        message = f"{done.url}: the step “{action}” did not lead back to the case"
        raise WalkError(message)


def _follow_as_citizen(office: Office, code: str, token_address: str) -> None:
    """From the printed address, and by code with four digits; names only after the digits."""
    citizen = PlainBrowser(office.base_url)
    page = citizen.open(re.sub(r"^https?://[^/]+", "", token_address))
    _require(page, code)
    if CITIZEN["name"] in page.text:
        message = f"{page.url}: a name is shown without the four digits"
        raise WalkError(message)
    start = citizen.open("/tra-cuu/")
    _require(citizen.submit(start, start.form_with("digits"), {"code": code, "digits": DIGITS}), code)
    citizen.submit(start, start.form_with("digits"), {"code": code, "digits": "0000"}, expect=422)


def _wait_for_the_worker(office: Office, code: str) -> None:
    """The handler's notice comes through the outbox: worker or schedule have really run."""
    handler, until = office.signed_in(HANDLER), time.monotonic() + WORKER_SECONDS
    while time.monotonic() < until:
        if code in handler.open("/thong-bao/").text:
            return
        time.sleep(1)
    message = f"no notice about {code} reached {HANDLER} within {WORKER_SECONDS} s: does the worker run?"
    raise WalkError(message)


def _look_as_stranger(office: Office, code: str) -> None:
    office.signed_in(STRANGER).open(f"/ho-so/{code}/", expect=404)
    PlainBrowser(office.base_url).open("/api/schema/")
