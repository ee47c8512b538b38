"""A real browser in a real office. Everything here needs Chromium."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from config.services import processes
from tests.offices import office, open_place, opened

# A Friday morning on which nothing of the calendar stands in the way.
A_FRIDAY = "2026-11-20T09:42"
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="session")
def open_office():
    """One office for all browser tests, with its clock on a Friday morning."""
    with open_place() as folder:
        port = processes.free_port()
        with office(folder, port, "--clock", A_FRIDAY) as (process, _said):
            yield opened(folder, port, process)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page_of(chromium, open_office):
    """A page of somebody: a stranger without name, an officer behind sign-in; fails on any console error."""
    contexts = []

    def open_page(username="", size="desk"):
        context = chromium.new_context(viewport=SIZES[size], base_url=open_office.url, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.console_errors = []
        page.on("console", lambda said: said.type == "error" and page.console_errors.append(said.text))
        if username:
            page.goto("/dang-nhap/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", open_office.passwords[username])
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "dang-nhap" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
