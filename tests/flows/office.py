"""The words in which the ten days are told: people at browsers, pages, buttons, the clock on the wall.

A browser here reads the HTML of the page as it came: it fills in the fields that stand there, sends the token
that stands there, and presses buttons by the words on them. What a page does not offer cannot be done.
"""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Case
from config.plain_browser import read_page

PASSWORD = "a long password for tests"  # of everybody in tests.cases.conftest.people
MARITAL = "1.004873"
COPIES = "2.000815"
BIRTH = "1.001193"
MARRIAGE = "1.000894"
HUONG = {
    "Số định danh": "038185012346",
    "Họ và tên": "Lê Thị Hương",
    "Ngày sinh": "14/03/1985",
    "Điện thoại": "0912 345 018",
}


def plain(html):
    """The words of a piece of HTML as they are read."""
    without_icons = re.sub(r"<(svg|script|style).*?</\1>", " ", html, flags=re.DOTALL)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", without_icons)).split())
    return re.sub(r" ([.,;:])", r"\1", words)


class Browser:
    """Somebody at a browser: every step answers with the same person, so that steps read as sentences."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.typed, self.page, self.response = {}, None, None

    def opens(self, address, *, status=200):
        """Go to an address, and wherever it leads on to."""
        return self._shows(self.client.get(address, follow=True), status)

    def follows(self, words, *, status=200):
        """Click the first link that bears these words."""
        for address, inside in re.findall(r'<a\b[^>]*?href="([^"]+)"[^>]*>(.*?)</a>', self.html, re.DOTALL):
            if plain(inside).startswith(words):
                return self.opens(self._whole(unescape(address)), status=status)
        pytest.fail(f"{self.page.url}: no link “{words}”")

    def fills(self, fields):
        """Type, choose or tick: by the words of the label or by the name; `True` ticks, `None` unticks."""
        self.typed |= fields
        return self

    def presses(self, words, *, status=200, again=False):
        """Press the button that bears these words; `again` sends the same form a second time."""
        form, button = self._button(words)
        sent = self._filled(form, button)
        address = self._whole(button.action or form.action or self.page.url)
        self.sent = (address, sent)
        if again:
            self._send(form.method, address, sent)
        return self._shows(self._send(form.method, address, sent), status)

    def sends_once_more(self, *, status=200):
        """The same form again, as a browser whose line was cut sends it."""
        address, sent = self.sent
        return self._shows(self.client.post(address, sent, follow=True), status)

    def pauses(self, *, status=200):
        """What the screen of reception answers while somebody types: hints, promise, warnings, as words."""
        typed = dict(self.typed)
        form = next(form for form in self.page.forms if "intake_key" in form.names)
        response = self.client.post("/ho-so/moi/xem-truoc/", self._filled(form, None))
        self.typed = typed
        assert response.status_code == status, response.status_code
        return plain(response.content.decode())

    def sees(self, *sentences):
        """Each of these stands on the page, word for word."""
        missing = [sentence for sentence in sentences if sentence not in self.words]
        assert missing == [], f"{self.page.url} does not say {missing}:\n{self.words}"
        return self

    def does_not_see(self, *sentences):
        """None of these stands on the page, not even in what is not shown."""
        shown = [sentence for sentence in sentences if sentence in self.words or sentence in self.html]
        assert shown == [], f"{self.page.url} says {shown}"
        return self

    @property
    def html(self):
        return self.page.text

    @property
    def words(self):
        """What stands between the head and the foot of the page, as it is read."""
        return plain(re.search(r"<main.*</main>", self.html, re.DOTALL)[0])

    @property
    def complaints(self):
        """What is said at each field, by its name."""
        found = re.findall(r'<(p|span) class="err" id="id_([^"]+)_error">(.*?)</\1>', self.html, re.DOTALL)
        return {name: plain(words) for _tag, name, words in found}

    @property
    def history(self):
        """The steps of the case page in front of us, newest first."""
        return self._items(r'<section class="panel" aria-labelledby="h-ls">.*?</ol>')

    @property
    def deliveries(self):
        """What became of each message to the citizen, on the case page in front of us."""
        return self._items(r"<h3[^>]*>Tin cho công dân</h3>.*?</section>")

    @property
    def changes(self):
        """What happened since the page was opened."""
        return self._items(r'<div class="note" id="changes">.*?</ol>')

    @property
    def rows(self):
        """The names in the table of a queue, in their order."""
        return [plain(found) for found in re.findall(r'<td class="who">(.*?)</td>', self.html, re.DOTALL)]

    @property
    def case(self):
        """The case whose page is in front of us."""
        return Case.objects.get(code=re.search(r"/(H56[^/]+)/", self.page.url)[1])

    def value(self, field):
        """What stands in a field of the page."""
        return next(form.values.get(field, "") for form in self.page.forms if field in form.names)

    def _items(self, pattern):
        found = re.search(pattern, self.html, re.DOTALL)
        return (
            [plain(item) for item in re.findall(r"<li[^>]*>(.*?)</li>", found[0], re.DOTALL)] if found else []
        )

    def _whole(self, address):
        if address.startswith("?"):
            return self.page.url.partition("?")[0] + address
        return address.partition("#")[0]

    def _button(self, words):
        for form in self.page.forms:
            for button in form.buttons:
                if button.words.startswith(words) or button.value == words:
                    return form, button
        said = [button.words for form in self.page.forms for button in form.buttons]
        pytest.fail(f"{self.page.url}: no button “{words}”, only {said}")

    def _filled(self, form, button):
        sent = dict(form.values)
        for words, typed in self.typed.items():
            name, choice = _field(form, words)
            if typed is None:
                sent.pop(name, None)
            else:
                sent[name] = (choice or form.boxes.get(name, "on")) if typed is True else typed
        self.typed = {}
        return sent | ({button.name: button.value} if button and button.name else {})

    def _send(self, method, address, sent):
        if method == "get":
            return self.client.get(address, sent, follow=True)
        return self.client.post(address, sent, follow=True)

    def _shows(self, response, status):
        self.response, self.typed = response, {}
        url = response.request["PATH_INFO"]
        query = response.request["QUERY_STRING"]
        self.page = read_page(f"{url}?{query}" if query else url, response.status_code, response.getvalue())
        assert response.status_code == status, f"{url}: {response.status_code}\n{self.words}"
        return self


def _field(form, words):
    """The field, and the choice of it, that a name or a label means; labels may go on with a hint."""
    if words in form.names:
        return words, ""
    found = {field for label, field in form.labels.items() if label == words} or {
        field for label, field in form.labels.items() if label.startswith(words)
    }
    if len(found) != 1:
        pytest.fail(f"{form.action}: “{words}” means {found} of {sorted(form.labels)}")
    return found.pop()


class AtWork(Browser):
    """An officer who signed in through the page."""

    def __init__(self, username, membership=None):
        super().__init__()
        self.username = username
        self.signs_in()
        if membership:
            self.chooses(membership)

    def chooses(self, membership):
        """Of several places of work, the one of today."""
        form = next(form for form in self.page.forms if form.values.get("membership") == str(membership))
        return self._shows(self._send("post", form.action, form.values), 200)

    def signs_in(self, username=""):
        """Come to work, or come back after the session ended; or somebody else at the same browser."""
        self.opens("/dang-nhap/").fills({"username": username or self.username, "password": PASSWORD})
        return self.presses("Đăng nhập")

    def begins(self, procedure=MARITAL, **question):
        """The screen of reception with a procedure chosen."""
        asked = "&".join(f"{name}={value}" for name, value in {"procedure": procedure, **question}.items())
        return self.opens(f"/ho-so/moi/?{asked}")

    def brings_all(self):
        """Tick each paper that everybody must bring."""
        form = self.response.context["form"]
        marks = [
            row["mark"].html_name for row in form.paper_rows if row["mark"] and not row["paper"].only_for_some
        ]
        return self.fills(dict.fromkeys(marks, True))

    def searches(self, words):
        """Type into the search field above every page and press Enter."""
        form = next(form for form in self.page.forms if form.action == "/ho-so/tim/")
        return self._shows(self._send("post", form.action, form.values | {"q": words}), 200)

    def registers(self, person=None, procedure=MARITAL, **more):
        """A walk-in from the chosen procedure to the page with the receipt; the case."""
        self.begins(procedure).brings_all().fills(HUONG | (person or {}) | more).presses("Tiếp nhận")
        return self.case


def a_file(content, name):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)
