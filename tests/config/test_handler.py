"""What a sender says of letters and types: it changes nothing, and never brings the office down."""

import pytest

from tests.wsgi import STRANGE_TYPES, ask

ADDRESSES = ("/xa/", "/dang-nhap/", "/api/v1/procedures/", "/api/v1/cases/", "/khong-co/")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_strange_type_is_answered(application, method, address):
    statuses = {
        content_type: ask(application, method, address, "q=1", body=b"--x--", CONTENT_TYPE=content_type)[0]
        for content_type in STRANGE_TYPES
    }

    assert [told for told, status in statuses.items() if status >= 500] == []


@pytest.mark.parametrize("content_type", STRANGE_TYPES)
def test_query_is_read_in_utf_8_whatever_the_type(application, content_type):
    asked = (application, "GET", "/api/v1/procedures/", "q=%C4%91%C4%83ng%20k%C3%BD%20k%E1%BA%BFt%20h%C3%B4n")

    assert ask(*asked, CONTENT_TYPE=content_type) == ask(*asked)


@pytest.mark.parametrize("content_type", ["", "text/plain; charset=latin-1"])
def test_query_with_too_many_fields_is_malformed(application, content_type):
    answer = ask(application, "GET", "/xa/", "a&" * 2500, CONTENT_TYPE=content_type)

    assert answer[0] == 400


@pytest.mark.parametrize("address", ADDRESSES)
def test_accepted_type_that_cannot_be_read_is_answered(application, address):
    status, _body = ask(application, "GET", address, HTTP_ACCEPT="text/html, a/b; a*=foo''%41")

    assert status < 500
