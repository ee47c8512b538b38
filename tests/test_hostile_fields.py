"""Every field of every form, filled with what nobody should type: a message at the field, nothing lost."""

import re

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import resolve

from staff.models import ApiToken
from tests import morning
from tests.addresses import addresses
from tests.checks.wording import is_vietnamese
from tests.hostile_lists import LISTS
from tests.hostile_pages import read_page
from tests.hostile_screens import FILES, SCREENS
from tests.hostile_values import FIELDS, GOES_WITH, INVISIBLE, KEPT, KINDS, SCRIPT, VALUES, spoken, value_of
from tests.morning import signed_in, undone
from tests.test_urls import POSTED_ONLY, path_of

pytestmark = pytest.mark.django_db
people = morning.people
case_at = morning.case_at
ten_thirty = morning.ten_thirty
office_day = morning.office_day

TOKEN = "csrfmiddlewaretoken"
ALL = SCREENS | LISTS
PARTS = [(name, part) for name, screen in ALL.items() for part in range(screen.parts)]
READ_ON = ("bidi", "zero width", "markup")


def kind_of(screen, name):
    """The kind of a field; a field that is not classified fails here with its name."""
    said = spoken(name)
    kind = screen.kinds.get(said) or FIELDS.get(said)
    assert kind is not None, f"{said} is not in the table of tests/hostile_values.py"
    return kind


def filled(screen, form):
    """What the form sends when everything is filled in well."""
    good = {name: screen.good[spoken(name)] for name in form.names if spoken(name) in screen.good}
    files = {name: None for name in form.names if name in FILES}
    ticked = {name: "on" for name in form.names if spoken(name) == "paper-*" and name in form.boxes}
    one = {name: given[0] for name, given in form.choices.items() if given and spoken(name) != "paper-*"}
    chosen = {name: form.values.get(name) or first for name, first in one.items() if is_chosen(form, name)}
    beginning = {name: value for name, value in form.values.items() if name != TOKEN}
    sent = ticked | beginning | chosen | good
    return {name: value for name, value in sent.items() if name not in files}


def is_chosen(form, name):
    """Whether one of a list is chosen here: a list, radio buttons, or a tick in a list of cases."""
    return name not in form.boxes or len(form.choices[name]) > 1 or name in {"case", "code"}


def walked(screen, form):
    """The fields that this screen is walked for: of several people or papers the fields of one."""
    names = {spoken(name): name for name in sorted(form.names - {TOKEN, ""}, reverse=True)}.values()
    wanted = {name for name in names if not screen.only or spoken(name) in screen.only}
    families = tuple(one[:-1] for one in screen.only if one.endswith("_*"))
    return sorted(name for name in names if name in wanted or (families and name.startswith(families)))


def opened(screen, client, day):
    """The form on its page."""
    path = screen.page(day)
    answer = client.get(path) if screen.opening is None else client.post(path, screen.opening(day))
    page = read_page(answer)
    form = next((one for one in page.forms if screen.finder in one.names), None)
    assert form is not None, f"{path}: no form with {screen.finder}"
    return form, screen.action or form.action or path


def send(client, form, path, sent):
    files = {name: make() for name, make in FILES.items() if name in form.names and name not in sent}
    if form.method == "get":
        return client.get(path.partition("?")[0], sent)
    return client.post(path, {name: value for name, value in (sent | files).items() if value is not None})


def complaints(response):
    """What the page says of each field that it marks as wrong."""
    page = read_page(response)
    return {name: said for name in page.marks if (said := page.said_at(name))} or page.alerts


def texts_kept():
    """Every text in the tables of cases and among the keys of the interface."""
    for model in (*apps.get_app_config("cases").get_models(), ApiToken):
        for row in model._base_manager.values_list():
            yield from (str(value) for value in row if isinstance(value, str | dict | list))


def check_taken(screen, client, response, several, label):
    """Done; what is kept is the cleaned text, and it stands on the next page as text."""
    assert response.status_code == screen.done, complaints(response)
    if label in KEPT:
        kept = list(texts_kept())
        wanted = {
            name: f"{KEPT[label]} {place}"
            for place, name in enumerate(several)
            if KINDS[kind_of(screen, name)].is_kept and spoken(name) not in screen.unkept
        }
        lost = [name for name, words in wanted.items() if not any(words in text for text in kept)]
        assert lost == [], f"not kept: {lost}"
        assert [text for text in kept if INVISIBLE.search(text)] == []
    if label in READ_ON:
        shown = client.get(response["Location"]) if response.status_code == 302 else response
        if shown.headers.get("Content-Type", "").startswith("text/html"):
            assert SCRIPT not in shown.content.decode()


def check_refused(screen, form, response, sent, name):
    """422 with Vietnamese words at the field, and everything else stands in the form again."""
    kind = KINDS[kind_of(screen, name)]
    assert response.status_code in ({422, 409} if kind.says == "anew" else {422})
    page = read_page(response)
    said = page.said_at(screen.said_at.get(name, name))
    if kind.says in {"alert", "anew"}:
        said = said or page.alerts
    assert is_vietnamese(said or page.said_at(name)), "no message"
    again = page.form_like(form.names)
    if kind.says == "anew":
        assert again.values.get(name) == form.values.get(name), "nobody can send this page again"
    assert echoed(screen, sent, again, name) == []


def echoed(screen, sent, again, wrong):
    """The fields whose value was lost."""
    typed = {
        name: value for name, value in sent.items() if isinstance(value, str) and name not in screen.beside
    }
    told = {name: value for name, value in typed.items() if name != wrong}
    apart = {"hidden key", "hidden version", "hidden officer", "secret", "new secret"}
    gone = GOES_WITH.get(wrong, frozenset())
    return [
        (name, value, again.values.get(name))
        for name, value in told.items()
        if (kind_of(screen, name) not in apart or name == "username") and spoken(name) not in gone
        if again.values.get(name, "").strip() != value.strip()
    ]


def attempts(screen, names):
    """What is sent: all fields that take a value at once, each field that refuses it alone.

    A tick that is left out decides what else is asked for, so it is left out alone; so is what picks cases.
    """
    for label in VALUES:
        alone = [
            name
            for name in names
            if label not in KINDS[kind_of(screen, name)].takes
            or (label == "absent" and kind_of(screen, name).startswith("tick"))
            or kind_of(screen, name) == "picked"
        ]
        together = tuple(name for name in names if name not in alone)
        yield from (((name,), label) for name in alone)
        if together:
            yield together, label


def typed_over(screen, good, several, label):
    """The good form with the hostile value in these fields; words are numbered, to be found again."""
    sent = {key: text for key, text in good.items() if key not in several}
    for place, name in enumerate(several):
        value = value_of(label, kind_of(screen, name))
        if value is not None:
            is_numbered = label in KEPT and KINDS[kind_of(screen, name)].is_kept
            sent[name] = f"{value} {place}" if is_numbered else value
        elif name in FILES:
            sent[name] = None
    return sent


def check(screen, client, form, response, attempt):
    sent, several, label = attempt
    name = several[0]
    kind = KINDS[kind_of(screen, name)]
    assert response.status_code < 500
    if kind.says == "address" and label == "nul":
        assert response.status_code == 400
    elif kind.says == "page" and label not in kind.takes:
        assert response.status_code == 409
        assert is_vietnamese(response.content.decode())
    elif kind_of(screen, name) in {"picked", "asked"}:
        assert response.status_code in {200, 302, 404}
        assert SCRIPT not in response.content.decode()
    elif kind_of(screen, name) == "searched":
        assert response.status_code in {200, 302}
        assert SCRIPT not in response.content.decode()
    elif label in kind.takes:
        check_taken(screen, client, response, several, label)
    else:
        check_refused(screen, form, response, sent, name)


@pytest.mark.parametrize(
    ("title", "part"), PARTS, ids=[f"{title.replace(' ', '_')}-{n}" for title, n in PARTS]
)
def test_every_field_takes_or_refuses_what_nobody_should_type(office_day, case_at, title, part):
    screen, wrong = ALL[title], {}
    screen.prepare(office_day, case_at)
    client = (
        signed_in(office_day.people[screen.username], raises=False)
        if screen.username
        else Client(raise_request_exception=False)
    )
    form, path = opened(screen, client, office_day)
    good = filled(screen, form) | screen.beside
    if title.startswith("tracking"):
        good |= {"digits": "7391"} | ({"code": office_day.case.code} if "code" in form.names else {})
    names = walked(screen, form)
    assert names != []
    for several, label in [((), "good"), *attempts(screen, names[part :: screen.parts])]:
        sent = typed_over(screen, good, several, label)
        name = several[0] if several else ""
        with undone(client):
            try:
                response = send(client, form, path, sent)
                if name:
                    check(screen, client, form, response, (sent, several, label))
                else:
                    assert response.status_code == screen.done, complaints(response)
            except AssertionError as found:
                wrong[several, label] = f"{response.status_code} {str(found)[:400]}"

    assert wrong == {}, "\n".join(f"{where}: {what}" for where, what in wrong.items())


def target_of(form, path):
    """The address that a form is sent to; a move by its own name."""
    found = resolve((form.action or path).partition("?")[0])
    return f"{found.view_name} {found.kwargs.get('action', '')}".strip()


def steps_offered(client, code):
    """The pages of this case that its own page leads to."""
    text = client.get(f"/ho-so/{code}/").content.decode()
    return set(re.findall(rf'href="(/ho-so/{re.escape(code)}/[^"#?.]+)"', text))


def forms_met(day):
    """Every form on every page of the house, in each role: where it goes and what it asks."""
    for username in {screen.username for screen in ALL.values()} | {"thu.nt"}:
        client = signed_in(day.people[username]) if username else Client()
        paths = [path_of(address, day) for address in addresses() if address.name not in POSTED_ONLY]
        paths += [path for code in day.codes for path in steps_offered(client, code)]
        paths += [f"/ho-so/moi/?procedure={code}" for code in ("1.000894", "1.004873", "2.000815")]
        for path in paths:
            response = client.get(path)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                for form in read_page(response).forms:
                    names = {spoken(name) for name in form.names - {TOKEN, ""}}
                    yield from ((target_of(form, path), name) for name in names)


def test_every_form_of_the_house_is_walked(office_day, case_at):
    met, seen = set(forms_met(office_day)), set()
    for screen in ALL.values():
        with transaction.atomic():
            screen.prepare(office_day, case_at)
            client = signed_in(office_day.people[screen.username]) if screen.username else Client()
            form, path = opened(screen, client, office_day)
            seen |= {(target_of(form, path), spoken(name)) for name in walked(screen, form)}
            transaction.set_rollback(True)

    assert sorted(met - seen) == []
    assert [name for _target, name in met if name not in FIELDS] == []
