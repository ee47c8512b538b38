"""What a page weighs, measured as a browser would fetch it. Units of the budget are 1,000 bytes after gzip.

Figures from decision 14: HTML 15, own CSS 15, scripts 18, fonts 45; a public page 35 altogether before fonts.
"""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from cases.actions import Person
from cases.notices.drain import drain
from tests import morning
from tests.morning import MORNING, signed_in

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

KB = 1000
HTML, CSS, SCRIPTS, FONTS, PUBLIC = 15 * KB, 15 * KB, 18 * KB, 45 * KB, 35 * KB
ROWS = 20
STATIC = "/static/"
FONT = re.compile(r"url\(['\"]?([^)'\"]+\.woff2)['\"]?\)")
INLINE = re.compile(r"^(?:style|on[a-z]+)$")

PUBLIC_PAGES = (
    "/",
    "/?q=khai+sinh",
    "/?q=zzz+kkk+www",
    "/thu-tuc/",
    "/thu-tuc/1.001193/",
    "/thu-tuc/2.000815/",
    "/thu-tuc/1.013225/",
    "/xa/",
    "/xa/?q=thanh",
    "/xa/15448/",
    "/tra-cuu/",
    "/tra-cuu/t/{token}/",
    "/dang-nhap/",
    "/du-lieu-ca-nhan/",
)
STAFF_PAGES = (
    ("ha.lt", "/ho-so/"),
    ("ha.lt", "/ho-so/?size=20&view=waiting"),
    ("ha.lt", "/ho-so/moi/"),
    ("ha.lt", "/ho-so/moi/?procedure=1.001193"),
    ("ha.lt", "/ho-so/moi/?procedure=1.013225"),
    ("ha.lt", "/ho-so/{code}/"),
    ("ha.lt", "/ho-so/{code}/da-tiep-nhan/"),
    ("ha.lt", "/ho-so/{code}/giay-to/"),
    ("ha.lt", "/ho-so/{code}/buoc/forward/"),
    ("ha.lt", "/thong-bao/"),
    ("ha.lt", "/phieu/"),
    ("ha.lt", "/phieu/2026/1/"),
    ("ha.lt", "/ho-so/noi-khac/"),
    ("ha.lt", "/ho-so/tu-noi-khac/"),
    ("duc.hm", "/ho-so/?view=mine"),
    ("duc.hm", "/thong-bao/"),
    ("thanh.nt", "/ky-duyet/"),
    ("thanh.nt", "/ho-so/{code}/"),
    ("ha.lt", "/tai-khoan/"),
    ("ha.lt", "/tinh-trang/"),
    ("ha.lt", "/mat-khau/"),
    ("ha.lt", "/noi-lam-viec/"),
)


class Links(HTMLParser):
    """What a browser fetches for a page, and what the policy would refuse."""

    def __init__(self, text):
        super().__init__()
        self.styles, self.scripts, self.pictures, self.inline = set(), set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.inline += [f"<{tag} {name}>" for name in told if INLINE.match(name)]
        if tag == "style" or (tag == "script" and "src" not in told):
            self.inline.append(f"<{tag}>")
        if tag == "script" and "src" in told:
            self.scripts.add(told["src"])
        elif tag == "link" and told.get("rel") == "stylesheet":
            self.styles.add(told["href"])
        elif tag in {"img", "use", "link"}:
            address = (told.get("src") or told.get("href") or "").partition("#")[0]
            # Fonts are counted apart: a page is read before they come.
            self.pictures |= {address} if address and not address.endswith(".woff2") else set()

    handle_startendtag = handle_starttag


def weight(content):
    return len(gzip.compress(content, 6))


def static(address):
    """The bytes behind an address of a static file; every link of a page leads to one."""
    assert address.startswith(STATIC), address
    path = finders.find(address.removeprefix(STATIC).partition("?")[0])
    assert path is not None, address
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def weight_of_all(found):
    return sum(weight(static(address)) for address in found)


def told(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    return Links(response.content.decode())


@pytest.fixture
def full_office(office_day, case_at):
    """Twenty rows on each list, with names and titles as long as real ones."""
    for number in range(ROWS):
        person = Person(
            name=f"Nguyễn Thị Phương Thảo {number}", phone=f"+8491234{number:04}", address="Thôn Tân Long"
        )
        case_at("awaiting_approval", principal=person)
        case_at("registered", principal=person)
    drain(at=MORNING, batch=500)
    return office_day


def test_staff_pages_with_twenty_rows_are_within_the_budget(full_office):
    clients = {name: signed_in(full_office.people[name]) for name in ("ha.lt", "duc.hm", "thanh.nt")}
    too_heavy, inline = [], []
    for username, path in STAFF_PAGES:
        response = clients[username].get(path.format(**full_office.values))
        found = told(response)
        inline += [(path, one) for one in found.inline]
        figures = {
            "html": (weight(response.content), HTML),
            "css": (weight_of_all(found.styles), CSS),
            "scripts": (weight_of_all(found.scripts), SCRIPTS),
        }
        too_heavy += [(path, what, *pair) for what, pair in figures.items() if pair[0] > pair[1]]

    assert (too_heavy, inline) == ([], [])


def test_lists_of_the_measured_pages_hold_twenty_rows(full_office):
    pages = {"ha.lt": "/ho-so/", "thanh.nt": "/ky-duyet/"}
    for username, path in pages.items():
        text = signed_in(full_office.people[username]).get(path).content.decode()
        assert len(set(re.findall(r"/ho-so/(H56[^/\"]+)/", text))) >= ROWS, path


def test_public_pages_are_within_the_budget_of_a_telephone(office_day):
    too_heavy, inline = [], []
    for path in PUBLIC_PAGES:
        response = Client().get(path.format(**office_day.values))
        found = told(response)
        inline += [(path, one) for one in found.inline]
        html = weight(response.content)
        everything = html + weight_of_all(found.styles | found.scripts | found.pictures)
        too_heavy += [(path, html, everything)] if html > HTML or everything > PUBLIC else []

    assert (too_heavy, inline) == ([], [])


def test_fonts_are_within_the_budget_and_never_hold_a_page_back():
    style = static("/static/css/mot-cua.css").decode()
    fonts = {
        f"/static/css/{name}" if not name.startswith((".", "/")) else name for name in FONT.findall(style)
    }

    files = [static(f"/static/{name.rpartition('../')[2]}") for name in fonts]
    assert len(files) >= 2
    assert sum(map(len, files)) <= FONTS
    assert style.count("@font-face") == style.count("font-display: optional") + style.count(
        "font-display:optional"
    )


@pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/tra-cuu/", "/khong-co/", "/ho-so/"])
def test_pages_name_a_policy_that_allows_nothing_inline(office_day, path):
    for client in (Client(), signed_in(office_day.people["ha.lt"])):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert re.findall(r"unsafe-\w+|https?:|\*", policy) == []


def test_a_link_to_a_style_that_is_inline_would_be_seen():
    planted = Links(
        '<p style="color:red" onclick="go()"><style></style><script>go()</script><script src="/a.js">'
    )

    assert planted.inline == ["<p style>", "<p onclick>", "<style>", "<script>"]
    assert planted.scripts == {"/a.js"}
