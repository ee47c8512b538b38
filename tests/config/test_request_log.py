import json
import logging

from django.test import RequestFactory

from config.request_log import JsonFormatter, describe_error


def record(**extra):
    made = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Fault: %s", ("/tra-cuu/t/secret/",), None
    )
    made.__dict__.update(extra)
    return made


def test_format_of_a_failed_request_names_the_route_only():
    request = RequestFactory().get("/tra-cuu/t/secret/?q=038205000018")
    request.resolver_match = None

    line = json.loads(JsonFormatter().format(record(request=request)))

    assert {key: line[key] for key in ("message", "method", "route")} == {
        "message": "request failed",
        "method": "GET",
        "route": None,
    }
    assert "secret" not in json.dumps(line)
    assert "038205000018" not in json.dumps(line)


def test_format_keeps_vietnamese_letters():
    made = logging.LogRecord("motcua", logging.INFO, __file__, 1, "Định Hòa", None, None)

    assert "Định Hòa" in JsonFormatter().format(made)


def test_describe_error_leaves_out_the_row_that_a_database_error_quotes():
    error = ValueError(
        "violates check constraint\nDETAIL:  Failing row contains (Nguyễn Văn An, 038205000018)"
    )

    assert describe_error(error) == {
        "type": "ValueError",
        "message": "violates check constraint",
        "frames": [],
    }
