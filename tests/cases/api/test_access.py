"""What passes with a key is told apart before it is believed: types of content, parts of forms."""

import io

import pytest

from cases.choices import State
from tests.cases.scans import with_papers
from tests.wsgi import STRANGE_TYPES, ask

FORM = "multipart/form-data; boundary=x"
PART = "--x\r\nContent-Disposition: form-data; {}\r\n\r\n1\r\n--x--\r\n"


@pytest.fixture
def addresses(case_at):
    case = case_at(State.REGISTERED, **with_papers())
    root = f"/api/v1/cases/{case.code}/"
    paper = case.papers.all()[0].pk
    return {"JSON": f"{root}moves/", "form": f"{root}papers/{paper}/files/"}


@pytest.fixture
def post(application, system_of, addresses):
    key = system_of("ha.lt").headers["authorization"]

    def posting(kind, content_type, body):
        headers = {"HTTP_AUTHORIZATION": key, "HTTP_IDEMPOTENCY_KEY": "k", "CONTENT_TYPE": content_type}
        return ask(application, "POST", addresses[kind], body=body, **headers)

    return posting


@pytest.mark.parametrize("kind", ["JSON", "form"])
@pytest.mark.parametrize("body", [b"{}", PART.format('name="a"').encode()])
def test_strange_type_of_content_is_no_fault(post, kind, body):
    statuses = {told: post(kind, told, body)[0] for told in STRANGE_TYPES}

    assert {told: status for told, status in statuses.items() if status not in (400, 415, 422)} == {}


@pytest.mark.parametrize(
    "named",
    [
        *('name="a\0b"', 'name="scans\0"', 'name="scans"; filename="a\0.pdf"', 'name="summary\0"'),
        *("name*=foo''a", "name*=hex''a", "name*=undefined''a", "name", ""),
    ],
)
def test_strange_part_of_a_form_is_no_fault(post, named):
    status, _body = post("form", FORM, PART.format(named).encode())

    assert status in (400, 422)


class Unread(io.BytesIO):
    """A body that nobody may look at."""

    def read(self, *_many):
        raise AssertionError

    readline = read


def test_form_without_a_key_is_not_read(application, addresses):
    headers = {"CONTENT_TYPE": FORM, "wsgi.input": Unread()}

    assert ask(application, "POST", addresses["form"], body=b"--x--", **headers)[0] == 401


@pytest.mark.parametrize("named", ['name="a"', 'name="a\0b"'])
def test_form_at_an_address_of_json_is_of_the_wrong_type(post, named):
    status, body = post("JSON", FORM, PART.format(named).encode())

    assert (status, b"unsupported_media_type" in body) == (415, True)
