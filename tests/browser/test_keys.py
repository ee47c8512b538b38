"""The keys that a page promises are the keys that act on it, and the hand begins where it is needed."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_typing import drop_all

pytestmark = pytest.mark.browser

# Nothing is followed or sent: a key acts when it finds something to do, and says so by taking the event.
ACTING = """() => {
  const halt = (e) => { e.preventDefault(); e.stopImmediatePropagation(); };
  addEventListener("click", halt, true);
  addEventListener("submit", halt, true);
  const takes = (key, more = {}) => {
    document.activeElement?.blur();
    const how = { key, bubbles: true, cancelable: true, ...more };
    return !document.body.dispatchEvent(new KeyboardEvent("keydown", how));
  };
  const letters = [..."JKABCDEFGHILMNOPQRSTUVWXYZ"];
  const acting = letters.filter((one) => takes(one.toLowerCase()));
  for (let n = 1; n < 13; n++) if (takes(`F${n}`)) acting.push(`F${n}`);
  const withAlt = (one) => takes(one.toLowerCase(), { altKey: true, code: `Key${one}` });
  for (const one of letters) if (withAlt(one)) acting.push(`Alt ${one}`);
  if (takes("Enter", { ctrlKey: true })) acting.push("Ctrl Enter");
  if (takes("p", { ctrlKey: true })) acting.push("Ctrl P");
  if (takes("/")) acting.push("/");
  return acting.sort();
}"""
# In the window of keys, row by row; Enter and Esc are the browser's own, the arrows are tried below.
PROMISED = """async () => {
  document.activeElement?.blur();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true, cancelable: true }));
  const dialog = document.getElementById("shortcuts");
  for (let n = 0; !dialog.open && n < 500; n++) await new Promise((go) => setTimeout(go, 10));
  const rows = [...dialog.querySelectorAll("dl > div")].filter((row) => !row.hidden);
  const told = rows.flatMap((row) => {
    const keys = [...row.querySelectorAll("kbd")].map((key) => key.textContent);
    return keys[0] === "Ctrl" ? [keys.join(" ")] : keys;
  });
  dialog.close();
  return [...new Set(told)].filter((key) => !["Enter", "Esc", "?", "→", "←"].includes(key)).sort();
}"""
WRITTEN = """() => [...document.querySelectorAll("header kbd, main kbd")].filter((key) => key.offsetParent)
  .map((key) => key.textContent).filter((key) => !["Enter", "Esc", "?"].includes(key))"""


@pytest.fixture
def a_case(page_of):
    """The address of a case with something to pay."""
    page = page_of("ha.lt")
    drop_all(page)
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Lê Thị Phím Tắt")
    page.fill("#id_phone", "0912345018")
    page.check("#all-papers")
    page.locator("button[form=intake]").first.click()
    page.wait_for_url("**/da-tiep-nhan/")
    return "/" + "/".join(page.url.split("/")[3:5]) + "/"


def disagreements(page):
    promised = page.evaluate(PROMISED)
    written = set(page.evaluate(WRITTEN))
    acting = page.evaluate(ACTING)
    return {"promised": sorted(set(promised) ^ set(acting)), "written": sorted(written - set(acting))}


def test_keys_that_a_page_promises_are_those_that_act(page_of, a_case):
    places = {
        "ha.lt": (
            *("/ho-so/", "/ho-so/moi/", "/ho-so/moi/?procedure=1.004873", "/phieu/", "/thong-bao/"),
            *(
                "/ho-so/noi-khac/",
                "/ho-so/tu-noi-khac/",
                "/ho-so/co-quan/",
                "/thu-tien/hom-nay/",
                "/tai-khoan/",
            ),
            *(
                f"{a_case}{part}"
                for part in ("", "da-tiep-nhan/", "sua/", "in-lai/", "giay-to/", "thu-tien/")
            ),
            f"{a_case}buoc/forward/",
        ),
        "duc.hm": ("/ho-so/",),
        "thanh.nt": ("/ky-duyet/", "/ho-so/", "/thu-tien/ca-xa/"),
        "long.td": ("/ho-so/", f"{a_case}huy/"),
        "thu.nt": ("/thu-tien/hom-nay/", f"{a_case}thu-tien/"),
    }
    found = {}
    for username, addresses in places.items():
        page = page_of(username)
        for address in addresses:
            page.goto(address)
            found[username, address] = disagreements(page)
            page.goto(address)
            page.evaluate("delete document.body.dataset.letters")
            # What is written on the page follows the account, which the test leaves as it is.
            found[username, address, "without letters"] = disagreements(page) | {"written": []}

    assert {place: lack for place, lack in found.items() if lack["promised"] or lack["written"]} == {}


def test_f8_leads_through_the_parts_of_a_case_by_their_headings(page_of, a_case):
    page = page_of("ha.lt")
    page.goto(a_case)
    expect(page.locator("h1")).to_be_focused()

    # The first press brings the script that acts on it, so the heading may be reached a moment later.
    for heading in ("Thời hạn và cách tính", "Giấy tờ", "Thu tiền"):
        page.keyboard.press("F8")
        expect(page.locator(":focus")).to_have_text(heading)


def test_hand_begins_at_the_first_field_of_a_form_and_at_the_first_find(page_of, a_case):
    page = page_of("ha.lt")
    first = {
        "sua/": "main form [name^=party-][name$=-name]",
        "in-lai/": "#id_reason",
        "buoc/forward/": "#id_holder",
        "thu-tien/": "#id_series",
    }
    for part, field in first.items():
        page.goto(a_case + part)
        expect(page.locator(field).first).to_be_focused()
    page.keyboard.press("Escape")
    page.goto("/ho-so/")
    page.fill("#find", "Phím Tắt")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-row] a").first).to_be_focused()
    page.fill("#find", "khong co ai")
    page.keyboard.press("Enter")
    page.wait_for_selector(".empty")
    expect(page.locator("#find")).to_be_focused()
    assert page.input_value("#find") == "khong co ai"


def test_paper_that_the_office_holds_is_chosen_alone_from_the_keyboard(page_of):
    page = page_of("ha.lt")
    drop_all(page)
    page.goto("/ho-so/moi/?procedure=1.004873")
    page.fill("#id_name", "Lê Thị Có Sẵn")
    page.fill("#id_phone", "0912345018")
    page.wait_for_load_state("networkidle")
    page.focus("#id_paper-01")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=paper-01-held]")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # on to the next paper that everybody brings and nobody holds
    expect(page.locator("#id_paper-07")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/da-tiep-nhan/")
    page.goto(page.url.replace("da-tiep-nhan/", ""))

    papers = page.locator("[aria-labelledby=h-gt] tbody tr").all_inner_texts()
    assert [("Khai thác từ cơ sở dữ liệu, không thu" in row) for row in papers] == [True, False]
    assert "Không phải số hóa" in papers[1]
