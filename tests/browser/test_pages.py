"""Every page as people see it: nothing for axe to find, nothing wider than the screen, a quiet console.

The matrix is every address name of the URLconf, in both languages, at a desk and on a telephone, empty,
filled, with errors, and with its dialog and its explanations open. With MOTCUA_PICTURES set to a folder each
state is kept there as a picture.
"""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.addresses import addresses
from tests.browser.conftest import SIZES
from tests.browser.matrix import EXCEPTIONS, RECIPES
from tests.browser.office_of_pages import People, filled_office

pytestmark = pytest.mark.browser

STANDARDS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
RUN_AXE = """
([where, options]) => axe.run(where, options).then(found =>
    found.violations.map(rule => [rule.id, rule.nodes.map(node => node.html)]))
"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# So that the bar of buttons at the lower edge covers nothing half.
HIGH = {"height": 2600}
LANGUAGE_COOKIE = "motcua_language"
# What the browser itself says of an answer that refuses a form or a page.
REFUSED = re.compile(r"status of (403|404|409|422)")
BY_NAME = {address.name: address for address in addresses()}
WALKED = [name for name in BY_NAME if name not in EXCEPTIONS]


def keep_picture(page, name):
    folder = os.environ.get("MOTCUA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=name.endswith("phone"))


@pytest.fixture(scope="module")
def people(chromium, open_office):
    """Signed-in pages, each opened once for the whole matrix."""
    everybody = People(chromium, open_office)
    yield everybody
    everybody.close()


@pytest.fixture(scope="module")
def values(people):
    """What fills the places of the addresses."""
    return filled_office(people)


def standards_for(language):
    """What is looked for; colours speak no language, and looking at them is more than half of the work."""
    return STANDARDS if language == "vi" else STANDARDS | {"rules": {"color-contrast": {"enabled": False}}}


def problems_of(page, name, where="html", *, language="vi"):
    """What is wrong with the page as it stands, or with a part that lies over it, at both sizes."""
    found = {}
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE)
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        keep_picture(page, f"{name}-{size}")
        page.set_viewport_size(viewport | HIGH)
        violations = page.evaluate(RUN_AXE, [where, standards_for(language)])
        wider = page.evaluate(WIDER)
        if violations or wider > 0:
            found[f"{name}-{size}"] = (violations, f"{wider} px wider than the screen")
    page.set_viewport_size(SIZES["desk"])
    loud = [said for said in page.console_errors if not REFUSED.search(said)]
    page.console_errors.clear()
    return found | ({f"{name}-console": loud} if loud else {})


def bring(page, address, state, values):
    """Open the address and bring it to this state."""
    places = values | {name: told.format(**values) for name, told in state.places.items()}
    page.goto(state.start.format(**places) or address.path(places) + state.ask)
    for step in state.steps:
        step(page)


def opened_up(page):
    """The explanations open, then the dialog; what of both there is on this page."""
    if page.locator("details:not([open]):visible").count():
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        yield "details", "html"
    if page.locator("#shortcuts").count() and page.locator("script[src*=office]").count():
        page.evaluate("document.activeElement?.blur()")
        page.keyboard.press("?")
        page.wait_for_selector("#shortcuts[open]")
        yield "dialog", "#shortcuts"


@pytest.mark.parametrize("name", WALKED)
def test_address_is_accessible_quiet_and_fits_the_screen_in_every_state(people, values, name):
    recipe, found = RECIPES[name], {}
    for language in ("vi", "en"):
        for told, state in recipe.states().items():
            page = people.page(recipe.who if state.who is None else state.who)
            page.context.add_cookies(
                [{"name": LANGUAGE_COOKIE, "value": language, "url": people.office.url, "httpOnly": True}]
            )
            bring(page, BY_NAME[name], state, values)
            assert page.get_attribute("html", "lang") == language
            said = f"{name.replace(':', '-')}-{told}-{language}"
            found |= problems_of(page, said, language=language)
            if told == "filled":
                for part, where in opened_up(page):
                    found |= problems_of(page, f"{said}-{part}", where, language=language)

    assert found == {}


def test_addresses_all_have_a_recipe_or_a_reason():
    assert [name for name in BY_NAME if (name in RECIPES) == (name in EXCEPTIONS)] == []
    assert [name for name in (*RECIPES, *EXCEPTIONS) if name not in BY_NAME] == []


def test_states_that_are_missing_say_why():
    missing = {
        (name, told): why
        for name, recipe in RECIPES.items()
        for told, why in (("empty", recipe.empty), ("filled", recipe.filled), ("errors", recipe.errors))
        if isinstance(why, str)
    }

    assert [told for told, why in missing.items() if not why] == []
    assert [name for name, recipe in RECIPES.items() if not recipe.states()] == []


def test_page_without_any_address_is_accessible(people):
    page = people.page("")
    page.goto("/khong-co/")

    assert problems_of(page, "no-page") == {}
