"""A small browser without script: follows redirects, keeps cookies, fills in real forms with their tokens."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Final

TIMEOUT_SECONDS: Final = 30
SILENT_INPUTS: Final = frozenset({"submit", "button", "image", "reset"})


class WalkError(Exception):
    """What the walker met that a visitor should not meet.

    Args:
        status: how the page was answered; None where nobody answered, or the page itself is wrong.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Button:
    """A button of a form: the words on it, what it sends, and where it goes if not where its form goes."""

    words: str
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class PageForm:
    """A form as it stands on a page: where it goes, and what it would send untouched.

    ``labels`` says which field, and which of its choices, the words of a label belong to.
    """

    action: str = ""
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[Button] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Page:
    """One answer: its final address, status, body and forms."""

    url: str
    status: int
    body: bytes
    forms: list[PageForm]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def form_with(self, name: str) -> PageForm:
        """The form that has a field of this name."""
        for form in self.forms:
            if name in form.names:
                return form
        message = f"{self.url}: no form with a field “{name}” ({self.status})"
        raise WalkError(message)

    def address_like(self, pattern: str) -> str:
        """The first link that matches."""
        found = re.search(rf'href="({pattern})"', self.text)
        if not found:
            message = f"{self.url}: no link like {pattern}"
            raise WalkError(message)
        address: str = urllib.parse.urljoin(self.url, found.group(1))
        return address


class PlainBrowser:
    """One visitor with a cookie jar of his own."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, address: str, *, expect: int = 200) -> Page:
        """Get a page; another status than the expected one is an error of the walk."""
        return self._send(urllib.request.Request(self._whole(address)), expect)  # noqa: S310 (http only)

    def submit(self, page: Page, form: PageForm, values: Mapping[str, str], *, expect: int = 200) -> Page:
        """Send a form of a page with these values typed over what stood there."""
        sent = form.values | dict(values)
        body = urllib.parse.urlencode(sent).encode()
        address = urllib.parse.urljoin(page.url, form.action or page.url)
        if form.method == "get":
            return self.open(f"{address}?{urllib.parse.urlencode(sent)}", expect=expect)
        request = urllib.request.Request(address, data=body, headers={"Referer": page.url})  # noqa: S310
        return self._send(request, expect)

    def _whole(self, address: str) -> str:
        whole = urllib.parse.urljoin(self.base_url, address)
        if not whole.startswith("http://"):
            message = f"{whole}: not an address of this system"
            raise WalkError(message)
        return whole

    def _send(self, request: urllib.request.Request, expect: int) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                page = read_page(answer.url, answer.status, answer.read())
        except urllib.error.HTTPError as refused:
            page = read_page(refused.url, refused.code, refused.read())
        except OSError as broken:
            message = f"{request.full_url}: {broken}"
            raise WalkError(message) from broken
        if page.status != expect:
            message = f"{request.get_method()} {page.url}: {page.status} instead of {expect}{_said(page)}"
            raise WalkError(message, page.status)
        return page


def _said(page: Page) -> str:
    """What the page itself gave as its errors."""
    found = re.search(r'<div class="errors".*?</div>', page.text, re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", found.group(0)).split()) if found else ""
    return f": {words}" if words else ""


def read_page(url: str, status: int, body: bytes) -> Page:
    """An answer as a page with its forms."""
    reader = FormReader()
    reader.feed(body.decode("utf-8", "replace"))
    reader.close()
    return Page(url, status, body, reader.forms)


class FormReader(HTMLParser):
    """Collects the forms of a page with the values that a browser would send.

    A field belongs to the form around it, or to the one that it names; outside of both it is never sent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._around: PageForm | None = None
        self._named: dict[str, PageForm] = {}
        self._owner = PageForm()
        self._select = ""
        self._area = ""
        self._button: tuple[PageForm, dict[str, str]] | None = None
        self._words: list[str] = []
        self._label: str | None = None
        self._labels: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, fields, buttons and labels in their order."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin_form(given)
        elif tag == "label":
            self._label, self._words = given.get("for", ""), []
        elif tag == "option":
            self._read_option(self._owner, given, "selected" in given)
        elif tag in ("input", "select", "textarea", "button"):
            owner = self._named_form(given["form"]) if "form" in given else self._around
            if owner is not None:
                self._owner = owner
                getattr(self, f"_read_{tag}")(owner, given, "checked" in given)

    def handle_endtag(self, tag: str) -> None:
        """A closed form, select, text area, button or label takes no more."""
        if tag == "form":
            self._around = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            values = self._owner.values
            values[self._area] = values.get(self._area, "").removeprefix("\r").removeprefix("\n")
            self._area = ""
        elif tag == "button" and self._button:
            form, given = self._button
            action, name = given.get("formaction", ""), given.get("name", "")
            form.buttons.append(Button(self._said(), name, given.get("value", ""), action))
            self._button = None
        elif tag == "label" and self._label is not None:
            self._labels[self._label] = self._said()
            self._label = None

    def handle_data(self, data: str) -> None:
        """Text inside a text area is its value, inside a button or a label its words."""
        self._words.append(data)
        if self._area:
            self._owner.values[self._area] += data

    def close(self) -> None:
        """Give each label to the field that it names."""
        super().close()
        for form in self.forms:
            form.labels = {
                self._labels[key]: found for key, found in form.labels.items() if key in self._labels
            }

    def _begin_form(self, given: dict[str, str]) -> None:
        form = self._named_form(given["id"]) if given.get("id") else PageForm()
        form.action, form.method = given.get("action", ""), given.get("method", "get").lower()
        self._around = form
        self.forms.append(form)

    def _named_form(self, name: str) -> PageForm:
        return self._named.setdefault(name, PageForm())

    def _said(self) -> str:
        return " ".join("".join(self._words).split())

    def _note_label(self, form: PageForm, given: dict[str, str], value: str = "") -> None:
        if self._label == "":
            self._label = given.setdefault("id", f"{given['name']}={value}")
        form.labels[given.get("id", "")] = (given["name"], value)

    def _read_button(self, form: PageForm, given: dict[str, str], _is_on: bool) -> None:  # noqa: FBT001
        self._button, self._words = (form, given), []

    def _read_input(self, form: PageForm, given: dict[str, str], is_on: bool) -> None:  # noqa: FBT001
        name, kind, value = given.get("name", ""), given.get("type", "text"), given.get("value", "")
        if not name or kind in SILENT_INPUTS:
            return
        form.names.add(name)
        if kind in ("checkbox", "radio"):
            form.boxes.setdefault(name, value or "on")
            form.choices.setdefault(name, []).append(value)
            self._note_label(form, given, value or "on")
            if is_on:
                form.values[name] = value or "on"
        else:
            self._note_label(form, given)
            form.values[name] = value

    def _read_select(self, form: PageForm, given: dict[str, str], _is_on: bool) -> None:  # noqa: FBT001
        self._select = given.get("name", "")
        self._note_label(form, given)
        form.names.add(self._select)
        form.choices[self._select] = []

    def _read_option(self, form: PageForm, given: dict[str, str], is_on: bool) -> None:  # noqa: FBT001
        if not self._select:
            return
        form.choices[self._select].append(given.get("value", ""))
        if is_on or self._select not in form.values:
            form.values[self._select] = given.get("value", "")

    def _read_textarea(self, form: PageForm, given: dict[str, str], _is_on: bool) -> None:  # noqa: FBT001
        self._area = given.get("name", "")
        self._note_label(form, given)
        form.names.add(self._area)
        form.values[self._area] = ""
