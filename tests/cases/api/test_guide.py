"""The session in the guide is run as it is printed, so that the guide cannot go stale."""

import io
import re
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.response import addinfourl

import pytest
from django.test import Client

from cases.models import Case, CaseEvent, CaseFile
from cases.notices.webhooks.signing import new_secret, signed
from tests.cases.api.conftest import a_key
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.scans import PDF

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[3] / "docs" / "api" / "guide.md"


class OfficeHandler(urllib.request.BaseHandler):
    """Leads Python's own HTTP client into the office of this test instead of over a socket."""

    def http_open(self, request):
        answer = Client().generic(
            request.get_method(),
            request.selector,
            request.data or b"",
            content_type=request.get_header("Content-type"),
            headers={name: value for name, value in request.header_items() if name != "Content-type"},
        )
        headers = Message()
        for name, value in answer.items():
            headers[name] = value
        opened = addinfourl(io.BytesIO(answer.content), headers, request.full_url, answer.status_code)
        opened.msg = answer.reason_phrase
        return opened


@pytest.fixture
def clerk_key(people, clock_shows, monkeypatch, settings, tmp_path):
    clock_shows(FRIDAY_MORNING)
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.chdir(tmp_path)
    Path("to-khai.pdf").write_bytes(PDF)
    monkeypatch.setenv("OFFICE", "http://testserver")
    monkeypatch.setenv("KEY", a_key(people["ha.lt"].membership_id)[1])
    opener = urllib.request.OpenerDirector()
    for kind in (OfficeHandler, urllib.request.HTTPErrorProcessor, urllib.request.HTTPDefaultErrorHandler):
        opener.add_handler(kind())
    monkeypatch.setattr(urllib.request, "_opener", opener)


def test_session_of_the_guide_runs_as_printed(clerk_key, capsys):
    [session] = re.findall(
        r"^```python\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )

    exec(compile(session, str(GUIDE), "exec"), {})  # noqa: S102 (our own guide)

    case = Case.objects.get()
    said = capsys.readouterr().out
    assert said.splitlines()[0] == f"{case.code} 2026-11-26T17:00:00+07:00 10000"
    assert "chuyển đến bộ phận chuyên môn" in said
    assert [event.kind for event in CaseEvent.objects.order_by("seq")] == ["register", "forward", "digitise"]
    assert list(CaseFile.objects.values_list("size", flat=True)) == [len(PDF)]


@pytest.mark.parametrize(
    ("change", "is_genuine"),
    [
        ({}, True),
        ({"body": b"{}"}, False),
        ({"now": FRIDAY_MORNING.timestamp() + 301}, False),
        ({"now": FRIDAY_MORNING.timestamp() - 301}, False),
        ({"secret": new_secret()}, False),
        ({"webhook-signature": "v1,chữ-ký"}, False),
        ({"webhook-timestamp": "1" * 5000}, False),
        ({"webhook-timestamp": "-1"}, False),
    ],
)
def test_check_of_a_signature_in_the_guide_is_the_offices(change, is_genuine):
    [check] = re.findall(
        r"^```python webhook\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    names = {}
    exec(compile(check, str(GUIDE), "exec"), names)  # noqa: S102 (our own guide)
    before, secret, body = new_secret(), new_secret(), b'{"id":"1"}'
    headers = signed("H56-1", body, [secret, before], FRIDAY_MORNING)
    given = {"secret": secret, "body": body, "now": FRIDAY_MORNING.timestamp() + 60} | change

    headers |= {name: given[name] for name in headers if name in given}
    assert names["is_genuine"](given["secret"], headers, given["body"], now=given["now"]) is is_genuine
