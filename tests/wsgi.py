"""Requests as a web server hands them over, with headers that no test client would write."""

import io
from wsgiref.util import setup_testing_defaults

UNREADABLE = (*("hex", "rot13", "undefined", "punycode", "idna", "utf-16", "utf-7", "no-such", "a\0"),)
STRANGE_TYPES = (
    *(f"application/json; charset={charset}" for charset in UNREADABLE),
    *(f"multipart/form-data; boundary=x; charset={charset}" for charset in UNREADABLE),
    *(f"application/x-www-form-urlencoded; charset={charset}" for charset in UNREADABLE),
    *(
        "a*=foo''%41",
        "application/json; a*=foo''%41",
        "a/b; a*=undefined''%41",
        "multipart/form-data; x*=hex''%41",
    ),
    *("text/html, a/b; a*=foo''%41", "multipart/form-data", "", ";", "Đ"),
)


def ask(application, method, path, query="", *, body=b"", **said):
    """The status of the answer, and its body."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))} | said
    began = []
    answer = application(environ, lambda status, headers: began.append((int(status[:3]), dict(headers))))
    try:
        return began[0][0], b"".join(answer)
    finally:
        answer.close()
