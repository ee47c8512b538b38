"""While the database is away or the disk is full, pages say so and give back what was typed."""

import errno
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import DataError, OperationalError

from config.api_errors import answer_fault
from config.outages import URL_ENCODED, Outage, outage_behind


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("the connection is closed"), Outage.UNAVAILABLE),
        (caused(OperationalError("x"), psycopg.errors.DiskFull("x")), Outage.DISK_FULL),
        (caused(OperationalError("x"), psycopg.errors.AdminShutdown("x")), Outage.UNAVAILABLE),
        (OSError(errno.ENOSPC, "No space left on device"), Outage.DISK_FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), Outage.DISK_FULL),
        (FileNotFoundError(errno.ENOENT, "x"), None),
        (DataError("x"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)
def test_outage_is_told_from_a_fault(error, outage):
    assert outage_behind(error) is outage


def sent_as(values):
    return urlencode(values, doseq=True)


def answered(request, error):
    try:
        raise error
    except type(error):
        return answer_fault(request)


def test_form_comes_back_with_everything_that_was_typed(rf):
    sent = {"name": 'Lê "Hương" <b>', "tick": ["a", "b"], "intake_key": "k"}

    answer = answered(rf.post("/ho-so/moi/", sent_as(sent), content_type=URL_ENCODED), OperationalError("x"))

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert '<form method="post" action="/ho-so/moi/">' in page
    assert '<input type="hidden" name="name" value="Lê &quot;Hương&quot; &lt;b&gt;">' in page
    assert [f'name="tick" value="{value}"' in page for value in "ab"] == [True, True]
    assert "Cơ sở dữ liệu chưa trả lời" in page


def test_password_is_never_given_back(rf):
    sent = sent_as({"username": "ha.lt", "password": "con ngựa đúng"})

    answer = answered(rf.post("/dang-nhap/", sent, content_type=URL_ENCODED), OperationalError("x"))

    assert "con ngựa" not in answer.content.decode()
    assert "ha.lt" not in answer.content.decode()


def test_full_disk_is_said_in_words(rf):
    answer = answered(rf.get("/ho-so/?view=open"), OSError(errno.ENOSPC, "No space left on device"))

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Ổ đĩa của máy chủ đã đầy" in page
    assert '<a href="/ho-so/?view=open">Thử lại</a>' in page


def test_interface_says_it_as_a_problem_document(rf):
    answer = answered(rf.post("/api/v1/cases/"), caused(OperationalError("x"), psycopg.errors.DiskFull("x")))

    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert b'"code": "disk_full"' in answer.content
