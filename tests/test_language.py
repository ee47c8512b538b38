"""Nothing that a person in the office or a citizen reads is English."""

import importlib
import pkgutil
import re
from datetime import date

import django.forms.fields
import django.forms.models
import pytest
from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core import validators
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from django.utils.functional import Promise
from rest_framework import exceptions as api_exceptions

import cases
import procedures
import staff
from cases.actions.facts import OF_CASE, OF_PAPER, OF_PARTY, paper_fact, party_fact
from cases.choices import IdKind, PartyRole, SlipKind
from cases.forms.corrections import Sheet
from cases.forms.intake import OnOffer
from cases.models import CasePaper, CaseParty
from config.translations import catalogue
from procedures.models import ProcedureVersion
from procedures.quotes import categories_that_matter, channels_offered
from staff.models import Membership, Officer
from staff.queries import current_calendar
from tests import morning
from tests.addresses import addresses
from tests.checks.tree import ROOT
from tests.checks.wording import is_vietnamese
from tests.morning import signed_in
from tests.who_may_open import LEADS_BACK, OPEN_TO, POSTED_ONLY, path_of, queries_of

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

MARKUP = re.compile(r"<(script|style|svg|kbd)\b.*?</\1>|<[^>]+>", re.DOTALL)
SPOKEN = re.compile(r"\b(?:aria-label|placeholder|title|alt|content)=\"([^\"]*)\"")
# Words that English sentences are made of and that are no Vietnamese syllables.
ENGLISH = re.compile(
    r"\b(?:the|and|of|for|with|from|this|that|these|please|your|you|is|are|was|has|have|must|should|cannot|"
    r"not|be|been|field|required|enter|value|valid|invalid|error|page|found|select|choice|choices|password|"
    r"user|username|name|number|date|case|cases|submit|search|close|open|save|delete|next|previous|loading|"
    r"sign|login|logout|received|approved|waiting|ensure|characters|allowed|forbidden|request|failed)\b",
    re.IGNORECASE,
)
HOSTILE = {
    "nothing": "",
    "nul": "a\x00b",
    "long": "x" * 6000,
    "letters": "khong phai so",
    "negative": "-1",
    "huge": "9" * 400,
    "date that is none": "31/02/2026",
    "several": ["a", "b"],
    "digits": "12345678901234",
    "astral": "\ud83d\udca5".encode("utf-16", "surrogatepass").decode("utf-16"),
    "bidi": "\u202eabc",
    "one": "1",
    "a big count": "99999",
}


def own_modules(*apps):
    for app in apps:
        for found in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            if ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def own_forms():
    modules = {module.__name__ for module in own_modules(staff, procedures, cases)}
    waiting, found = [forms.BaseForm], []
    while waiting:
        kinds = waiting.pop().__subclasses__()
        waiting += kinds
        found += [kind for kind in kinds if kind.__module__ in modules]
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__name__))


FORMS = own_forms()


def a_sheet():
    """Somebody and a paper, of which nothing is known yet."""
    principal = CaseParty(pk=1, role=PartyRole.PRINCIPAL, id_kind=IdKind.PERSONAL)
    paper = CasePaper(pk=1, name="Tờ khai")
    facts = {party_fact(principal, part): "" for part in OF_PARTY}
    facts |= {paper_fact(paper, part): "0" for part in OF_PAPER} | dict.fromkeys(OF_CASE, "")
    return Sheet([principal], [paper], facts)


def recipe(kind):
    """The arguments of the forms that need some; a form that is not known here fails at its first call."""
    name = kind.__name__
    if name == "PasswordForm":
        return {"officer": Officer(username="ha.lt", full_name="Lê Thu Hà")}
    lists = {
        "MembershipForm": {"memberships": Membership.objects.none()},
        "ForwardForm": {"handlers": []},
        "ColleagueForm": {"handlers": []},
        "AmendForm": {"sheet": a_sheet()},
    }
    if name in lists:
        return lists[name]
    if name in {"IntakeForm", "SlipForm"}:
        day = date(2026, 11, 20)  # a Friday
        version = ProcedureVersion.objects.registrable("2.000815", day)
        groups = categories_that_matter(version, day)
        offer = OnOffer(version, day, current_calendar(), channels_offered(version), groups)
        return {"offer": offer} | ({"kind": SlipKind.REFUSAL} if name == "SlipForm" else {})
    of_papers = {
        "ScanForm": {"paper": CasePaper(pk=1, name="Tờ khai")},
        "ReuseForm": {"files": [], "papers": []},
    }
    return of_papers.get(name, {})


def messages_of(form):
    return [str(message) for several in form.errors.values() for message in several]


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_form_errors_are_vietnamese(kind, typed):
    arguments, data = recipe(kind), QueryDict(mutable=True)
    empty = kind(QueryDict(), **arguments)
    for name in empty.fields:
        data.setlist(name, typed if isinstance(typed, list) else [typed])
    form = kind(data, **arguments)

    for message in messages_of(empty) + messages_of(form):
        assert is_vietnamese(message), message
        assert ENGLISH.search(message) is None, message


def test_forms_of_the_whole_project_are_walked():
    names = {kind.__name__ for kind in FORMS}

    assert {
        "SignInForm",
        "SearchForm",
        "IntakeForm",
        "SlipForm",
        "ReasonForm",
        "TrackForm",
        "QuoteForm",
    } <= names


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_form_labels_and_choices_are_vietnamese(kind):
    form = kind(**recipe(kind))
    for name, one in form.fields.items():
        said = [str(one.label or ""), str(one.help_text or "")]
        said += [str(label) for value, label in getattr(one, "choices", ()) if value]
        assert [words for words in said if ENGLISH.search(words) and not is_vietnamese(words)] == [], name


def framework_messages():
    """What Django says of a form by itself, should one of ours leave the wording to it."""
    kinds = [*vars(django.forms.fields).values(), *vars(django.forms.models).values()]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, forms.Field):
            yield from kind.default_error_messages.values()
    for one in vars(validators).values():
        yield getattr(one, "message", None)
    yield from validators.DecimalValidator.messages.values()


def test_messages_of_the_framework_are_vietnamese():
    with translation.override("vi"):
        found = [message for message in framework_messages() if isinstance(message, str | Promise)]
        said = {str(message) for message in found} - {""}

    assert len(said) > 25
    assert sorted(message for message in said if not is_vietnamese(message)) == []


def test_refusals_of_the_api_framework_are_never_spoken():
    """The API words each refusal itself; a kind that it does not know would speak English."""
    from_framework = {
        kind.default_code
        for kind in vars(api_exceptions).values()
        if isinstance(kind, type) and issubclass(kind, api_exceptions.APIException)
    }
    worded = set(importlib.import_module("config.api_errors").DETAILS)

    assert from_framework - worded - {"error"} == set()


@pytest.mark.parametrize("password", ["", "ngắn", "1" * 20, "password", "le thu ha le thu ha"])
def test_refusals_of_a_password_are_vietnamese(password):
    officer = Officer(username="le thu ha le thu", full_name="Lê Thu Hà", phone="+84912345678")
    with translation.override("vi"):
        said = [one.get_help_text() for one in get_default_password_validators()]
        said += [
            refusal
            for one in get_default_password_validators()
            for refusal in refusals(one, password, officer)
        ]

    assert len(said) > len(get_default_password_validators())
    assert [message for message in said if not is_vietnamese(message)] == []


def refusals(validator, password, officer):
    try:
        validator.validate(password, officer)
    except ValidationError as refusal:
        return refusal.messages
    return []


def words_read_on(response):
    text = response.content.decode()
    return " ".join([MARKUP.sub(" ", text), *SPOKEN.findall(text)]).replace("Ctrl Enter", "")


def english_on(response):
    said = words_read_on(response)
    return [said[max(0, found.start() - 30) : found.end() + 30] for found in ENGLISH.finditer(said)]


def pages():
    return [one for one in addresses() if not one.route.startswith(("api/", "^api/"))]


@pytest.mark.parametrize("username", [None, "ha.lt", "duc.hm", "thanh.nt", "son.lv"])
def test_pages_hold_no_english(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    for address in pages():
        for query in queries_of(address):
            response = client.get(f"{path_of(address, office_day)}?{query}")
            if response.headers.get("Content-Type", "").startswith("text/html"):
                assert english_on(response) == [], address.name


@pytest.mark.parametrize("username", [None, "ha.lt", "thanh.nt"])
def test_pages_that_refuse_a_form_hold_no_english(office_day, username):
    client = signed_in(office_day.people[username]) if username else Client()
    typed = {
        "next": "",
        "version": "x",
        "digits": "abcd",
        "username": "ai",
        "password": "sai",
        "copies": "-1",
    }
    typed |= {"q": "9" * 300, "procedure": "2.000815", "phone": "12", "number": "9", "birth": "31/02/1990"}
    for address in pages():
        for data in ({}, typed):
            response = client.post(path_of(address, office_day), data)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                assert english_on(response) == [], address.name


def test_pages_of_errors_are_vietnamese(office_day):
    strict = Client(enforce_csrf_checks=True)
    answers = [
        (400, Client().get("/?q=%00")),
        (403, signed_in(office_day.people["trang.dt"]).get("/ho-so/")),
        (403, strict.post("/dang-nhap/", {})),
        (404, Client().get("/khong-co/")),
    ]

    for status, response in answers:
        assert response.status_code == status
        assert is_vietnamese(words_read_on(response))
        assert english_on(response) == []


def test_find_speaks_vietnamese(office_day):
    client = signed_in(office_day.people["ha.lt"])

    for words in ("", "nguy", "khong co ai"):
        assert english_on(client.post("/ho-so/tim/", {"q": words})) == []


@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "procedures/?size=x",
        "procedures/?after=zzz",
        "procedures/9.999999/",
        "procedures/1.001193/quote/",
        "procedures/1.001193/quote/?channel=boat&received_at=yesterday&copies=-1&pages=x&category=king",
        "procedures/1.001193/quote/?channel=counter&received_at=2031-01-01T09:00&situation=never",
        "deadlines/",
        "deadlines/?received_at=2026-11-20T09:00&amount=0&unit=working_day",
        "deadlines/?received_at=2040-11-20T09:00&amount=3&unit=working_day",
        "deadlines/?received_at=x&amount=x&unit=year",
        "track/H56/?digits=12",
        "track/H56/?digits=1234",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_problems_of_the_api_are_vietnamese(path, method):
    response = getattr(Client(), method)(f"/api/v1/{path}")
    problem = response.json()
    said = [problem["title"], problem["detail"], *(error["message"] for error in problem["errors"])]

    assert response["Content-Type"] == "application/problem+json"
    assert [words for words in said if not is_vietnamese(words) or ENGLISH.search(words)] == []


def test_pages_walked_here_are_those_behind_sign_in(office_day):
    """A page that answers 403 to everybody would pass the walk without being read."""
    clerk, leader = (signed_in(office_day.people[name]) for name in ("ha.lt", "thanh.nt"))
    for name in set(OPEN_TO) - POSTED_ONLY - LEADS_BACK:
        [address] = [one for one in addresses() if one.name == name]
        path = path_of(address, office_day)
        assert 200 in {clerk.get(path).status_code, leader.get(path).status_code}, name


def entries_of(source):
    """Each sentence of a translation with its wording, the way the compiled file keeps it."""
    for entry in re.split(r"\n\n", source)[1:]:
        parts = re.split(r"^(msgid|msgid_plural|msgstr(?:\[0\])?) ", entry, flags=re.MULTILINE)
        told = {
            kind.removesuffix("[0]"): "".join(re.findall(r'^"(.*)"$', text, re.MULTILINE))
            for kind, text in zip(parts[1::2], parts[2::2], strict=True)
        }
        yield ((told["msgid"], 0) if "msgid_plural" in told else told["msgid"]), told["msgstr"]


def test_compiled_translation_is_the_one_that_its_source_gives():
    folder = ROOT / "locale" / "vi" / "LC_MESSAGES"
    source = (folder / "django.po").read_text(encoding="utf-8")

    assert catalogue(folder / "django.mo") == dict(entries_of(source))
