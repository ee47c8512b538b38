"""English is complete, fills in the same, and is what the pages speak when it is asked for."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from cases.models import FeeObligation
from config.translations import catalogue
from procedures.models import ExemptionRule, FeeItem, Procedure, RequiredPaper
from staff.models import CalendarDay, Centre, Commune, FormerCommune, Membership, Officer, ReceptionPoint
from tests import morning
from tests.addresses import addresses
from tests.cases.scans import PAPERS
from tests.checks.translations import (
    BETWEEN,
    compiled_of,
    entries_of,
    placeholders_of,
    spoken_in_python,
    spoken_in_template,
)
from tests.checks.tree import APPS, ROOT, python_files, templates
from tests.checks.wording import VOID_TAGS, is_vietnamese
from tests.morning import signed_in
from tests.who_may_open import path_of, queries_of

people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

FOLDER = ROOT / "locale" / "en" / "LC_MESSAGES"
HOW = (
    "Run: python3 manage.py makemessages -l en --no-location --no-obsolete; "
    "translate what is empty in locale/en/LC_MESSAGES/django.po, take away every “fuzzy”, then run: "
    "python3 manage.py compilemessages -l en"
)
# What stays Vietnamese in an English sentence, beside names of people, places and laws and catalogue texts.
KEPT = (
    "Một Cửa",  # the name of the system
    "Tiếng Việt",  # the name of the other language
    "Thanh Hóa",  # the province
    "Lê Lợi",  # the street of its centre
    "Hạc Thành",
    "Định Thành",  # the example of a former name
)
SPOKEN_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")


def source():
    return (FOLDER / "django.po").read_text(encoding="utf-8")


def spoken():
    """Every sentence of the project that gettext is asked for."""
    found = {said for _path, text in python_files(*APPS) for said in spoken_in_python(text)}
    return found | {said for _path, text in templates() for said in spoken_in_template(text)}


def test_english_has_every_sentence_of_the_project():
    translated = {sentence for sentence, forms in entries_of(source()) if all(forms)}

    assert len(translated) > 1000
    assert sorted(spoken() - translated) == [], HOW


def test_english_holds_no_sentence_that_nobody_speaks():
    assert sorted({sentence for sentence, _forms in entries_of(source())} - spoken()) == [], HOW


def test_english_is_reviewed():
    assert [line for line in source().splitlines() if line.startswith(("#, fuzzy", "#~"))] == [], HOW


def test_english_fills_in_the_same_as_vietnamese():
    differing = [
        sentence
        for sentence, forms in entries_of(source())
        for form in forms
        if placeholders_of(form) != placeholders_of(sentence.rpartition(BETWEEN)[2])
    ]
    assert differing == []


def test_english_sentences_are_not_vietnamese():
    kept = ("đồng", "Đồng", *KEPT)
    found = [form for _sentence, forms in entries_of(source()) for form in forms]

    assert [form for form in found if is_vietnamese(without(form, kept))] == []


def test_english_is_compiled_from_its_source():
    assert catalogue(FOLDER / "django.mo") == dict(compiled_of(source())), HOW


def without(text, names):
    for name in sorted(names, key=len, reverse=True):  # a longer name may hold a shorter one
        text = text.replace(name, " ")
    return text


class _Said(HTMLParser):
    """What a page says in the language that it declares, without what it declares to be Vietnamese."""

    def __init__(self, text):
        super().__init__()
        self.open, self.said, self.language = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.language = told.get("lang", "") if tag == "html" else self.language
        if tag not in VOID_TAGS:
            self.open.append((tag, told.get("lang")))
        if not self._is_silent() and told.get("lang") != "vi":
            self.said += [told[name] for name in SPOKEN_ATTRIBUTES if told.get(name)]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while any(name == tag for name, _lang in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._is_silent():
            self.said.append(data.strip())

    def _is_silent(self):
        return any(lang == "vi" or tag in {"script", "style", "svg"} for tag, lang in self.open)


def names():
    """Proper names and texts of the law that pages quote as they are, the longest first."""
    columns = (
        (Commune, ("name", "short_name")),
        (FormerCommune, ("name", "district")),
        (Centre, ("name", "address")),
        (ReceptionPoint, ("name", "short_name", "address")),
        (Officer, ("full_name",)),
        (Membership, ("title",)),
        (CalendarDay, ("name",)),
        (Procedure, ("name", "agency")),
        (FeeItem, ("name", "basis")),
        (RequiredPaper, ("name",)),
        (ExemptionRule, ("wording", "basis")),
        (FeeObligation, ("name",)),
    )
    found = {str(former) for former in FormerCommune.objects.all()}
    for model, fields in columns:
        for row in model.objects.values_list(*fields):
            found |= {text for text in row if text}
    found |= {text.replace("của HĐND", "của Hội đồng nhân dân") for text in found}
    return sorted(found | {name.lower() for name in found} | set(KEPT), key=len, reverse=True)


def vietnamese_on(response, known):
    page = _Said(response.content.decode())
    return [said for said in page.said if is_vietnamese(said) and is_vietnamese(without(said, known))]


def is_page(response):
    return response.headers.get("Content-Type", "").startswith("text/html")


@pytest.mark.django_db
@pytest.mark.parametrize("username", [None, "ha.lt", "duc.hm", "thanh.nt", "son.lv"])
def test_pages_in_english_hold_no_vietnamese(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    client.cookies["motcua_language"] = "en"
    brought = [paper.name for paper in PAPERS]
    known = [morning.PRINCIPAL, "N. K. K", morning.RESULT, "Khuê", *brought, *names()]
    found = {}
    for address in addresses():
        for query in queries_of(address):
            path = f"{path_of(address, office_day)}?{query}"
            response = client.get(path)
            if is_page(response):
                found[path] = vietnamese_on(response, known)

    assert {path: said for path, said in found.items() if said} == {}
    assert len(found) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_pages_that_refuse_a_form_in_english_hold_no_vietnamese(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    typed = {"version": "x", "digits": "abcd", "username": "ai", "password": "sai", "copies": "-1"}
    typed |= {"q": "9" * 300, "procedure": "2.000815", "phone": "12", "number": "9", "birth": "31/02/1990"}
    known, found = names(), {}
    for address in addresses():
        path = path_of(address, office_day)
        for data in ({}, typed):
            response = client.post(f"{path}?lang=en", data)
            if is_page(response):
                found[path, bool(data)] = vietnamese_on(response, known)

    assert {path: said for path, said in found.items() if said} == {}
    assert len(found) > 3
