import json
import logging

import pytest
from celery.app.trace import build_tracer
from django.test import RequestFactory

from config.celery import app
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


QUOTED = "violates check constraint\nDETAIL:  Failing row contains (Nguyễn Văn An, 038205000018)"


@pytest.fixture
def failed_task(caplog):
    """What the worker's own tracer logs of a task that the database refused."""

    @app.task(name="tests.refused")
    def refused(_name):
        raise ValueError(QUOTED)

    caplog.set_level(logging.INFO)
    refused_by = build_tracer(refused.name, refused, app=app)
    refused_by("7f3a", ("Nguyễn Văn An",), {}, {"id": "7f3a", "is_eager": False})
    app.tasks.pop(refused.name)
    [found] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    return found


def test_task_that_failed_names_itself_and_the_first_line_of_its_error(failed_task):
    line = json.loads(JsonFormatter().format(failed_task))

    assert line["message"] == "task tests.refused[7f3a] raised unexpected"
    assert (line["error"]["type"], line["error"]["message"]) == ("ValueError", "violates check constraint")
    assert "Văn An" in failed_task.getMessage()
    assert "Văn An" not in json.dumps(line, ensure_ascii=False)


def test_counts_of_the_schedule_reach_the_log_and_nothing_unknown_does():
    made = logging.LogRecord("cases.nightly", logging.INFO, __file__, 1, "old rows pruned", None, None)
    made.__dict__.update({"typed": 3, "told": 2, "claimed": 5, "left": 1, "name_of_somebody": "An"})

    line = json.loads(JsonFormatter().format(made))

    assert line.keys() == {"at", "level", "logger", "message", "typed", "told", "claimed", "left"}
    assert (line["typed"], line["told"], line["claimed"], line["left"]) == (3, 2, 5, 1)
