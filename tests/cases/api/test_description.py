"""The description of the interface: committed, complete, Vietnamese, and kept by every answer.

``MOTCUA_EXAMPLES=500`` asks each operation that often instead of a few times.
"""

import os
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cases.actions import create_webhook
from cases.api.case_examples import INTAKE_BODY, MOVE_BODY
from cases.api.webhook_examples import WEBHOOK_BODY
from cases.choices import State
from procedures.models import Procedure
from tests.cases.api.conftest import a_key
from tests.cases.conftest import FRIDAY_MORNING

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "docs" / "api" / "openapi.yaml"
# A NUL never reaches the interface: the middleware refuses it, and another test holds that.
CONFIG = {"generation": {"allow-x00": False}}
EXAMPLES = int(os.environ.get("MOTCUA_EXAMPLES") or 20)
EXAMPLES_BEHIND_A_KEY = int(os.environ.get("MOTCUA_EXAMPLES") or 6)
REAL_CODES = ("1.004873", "2.000815", "1.001193", "1.001766", "1.004222")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def description(db):
    """The description as the WSGI application serves it, inside the transaction of the test."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    config = SchemathesisConfig.from_dict(CONFIG)
    yield schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application(), config=config)
    for signal in ends:
        signal.connect(close_old_connections)


def test_committed_description_is_the_generated_one():
    generated = OpenApiYamlRenderer().render(SchemaGenerator().get_schema(public=True), renderer_context={})

    assert COMMITTED.read_bytes() == generated, (
        "Run: python manage.py spectacular --lang vi --validate --file docs/api/openapi.yaml"
    )


def test_description_is_served_to_everybody(client, db):
    answer = client.get("/api/schema/")

    assert answer.status_code == 200
    assert answer.content == COMMITTED.read_bytes()


def test_description_names_every_operation():
    paths = SchemaGenerator().get_schema(public=True)["paths"]

    assert {path: list(methods) for path, methods in paths.items()} == {
        "/api/v1/cases/": ["get", "post"],
        "/api/v1/cases/{code}/": ["get"],
        "/api/v1/cases/{code}/documents/": ["get"],
        "/api/v1/cases/{code}/documents/{key}/": ["get"],
        "/api/v1/cases/{code}/moves/": ["post"],
        "/api/v1/cases/{code}/papers/": ["get"],
        "/api/v1/deadlines/": ["get"],
        "/api/v1/procedures/": ["get"],
        "/api/v1/procedures/{code}/": ["get"],
        "/api/v1/procedures/{code}/quote/": ["get"],
        "/api/v1/track/{code}/": ["get"],
        "/api/v1/webhooks/": ["get", "post"],
        "/api/v1/webhooks/{key}/": ["get", "patch", "delete"],
        "/api/v1/webhooks/{key}/deliveries/": ["get"],
        "/api/v1/webhooks/{key}/replay/": ["post"],
        "/api/v1/webhooks/{key}/secret/": ["post"],
    }


def some_cases(operation, mode):
    """What the description allows, or forbids; every other time about a procedure that exists."""
    code = st.sampled_from([None] * len(REAL_CODES) + list(REAL_CODES))
    return st.tuples(operation.as_strategy(generation_mode=mode), code)


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("/api/v1/deadlines/", GenerationMode.POSITIVE),
        ("/api/v1/deadlines/", GenerationMode.NEGATIVE),
        ("/api/v1/procedures/", GenerationMode.POSITIVE),
        ("/api/v1/procedures/", GenerationMode.NEGATIVE),
        ("/api/v1/procedures/{code}/", GenerationMode.POSITIVE),
        ("/api/v1/procedures/{code}/quote/", GenerationMode.POSITIVE),
        ("/api/v1/procedures/{code}/quote/", GenerationMode.NEGATIVE),
        ("/api/v1/track/{code}/", GenerationMode.POSITIVE),
        ("/api/v1/track/{code}/", GenerationMode.NEGATIVE),
    ],
)
def test_every_answer_keeps_to_the_description(description, path, mode):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(some_cases(description[path]["GET"], mode))
    def keeps(some):
        case, code = some
        if code and "{code}" in path:
            case.path_parameters["code"] = code
        case.call_and_validate(checks=CHECKS)

    keeps()


def test_every_procedure_keeps_to_the_description(description):
    detail = description["/api/v1/procedures/{code}/"]["GET"]

    for code in Procedure.objects.values_list("code", flat=True):
        detail.Case(path_parameters={"code": code}).call_and_validate(checks=CHECKS)


@pytest.mark.parametrize("code", REAL_CODES)
@pytest.mark.parametrize("received_at", ["2026-11-20T16:40", "2027-12-31T09:00"])  # Fridays
def test_every_kind_of_quote_keeps_to_the_description(description, code, received_at):
    quote = description["/api/v1/procedures/{code}/quote/"]["GET"]
    query = {"channel": "counter", "received_at": received_at}

    answer = quote.Case(path_parameters={"code": code}, query=query).call_and_validate(checks=CHECKS)

    assert answer.status_code == 200


@pytest.mark.parametrize("state", [State.REGISTERED, State.AWAITING_APPROVAL, State.RESOLVED, State.RETURNED])
def test_every_tracked_state_keeps_to_the_description(description, case_at, state):
    track = description["/api/v1/track/{code}/"]["GET"]
    case = case_at(state)

    answer = track.Case(path_parameters={"code": case.code}, query={"digits": "5018"}).call_and_validate(
        checks=CHECKS
    )

    assert answer.json()["state"]["code"] == state


BEHIND_A_KEY = [
    ("/api/v1/cases/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/cases/", "GET", GenerationMode.NEGATIVE),
    ("/api/v1/cases/", "POST", GenerationMode.POSITIVE),
    ("/api/v1/cases/", "POST", GenerationMode.NEGATIVE),
    ("/api/v1/cases/{code}/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/cases/{code}/moves/", "POST", GenerationMode.POSITIVE),
    ("/api/v1/cases/{code}/moves/", "POST", GenerationMode.NEGATIVE),
    ("/api/v1/cases/{code}/papers/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/cases/{code}/documents/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/cases/{code}/documents/{key}/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/", "POST", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/", "POST", GenerationMode.NEGATIVE),
    ("/api/v1/webhooks/{key}/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/{key}/", "PATCH", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/{key}/", "PATCH", GenerationMode.NEGATIVE),
    ("/api/v1/webhooks/{key}/", "DELETE", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/{key}/deliveries/", "GET", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/{key}/replay/", "POST", GenerationMode.POSITIVE),
    ("/api/v1/webhooks/{key}/replay/", "POST", GenerationMode.NEGATIVE),
    ("/api/v1/webhooks/{key}/secret/", "POST", GenerationMode.POSITIVE),
]
GOOD_BODIES = {
    "/api/v1/cases/": INTAKE_BODY,
    "/api/v1/cases/{code}/moves/": MOVE_BODY,
    "/api/v1/webhooks/": WEBHOOK_BODY,
    "/api/v1/webhooks/{key}/": {},
    "/api/v1/webhooks/{key}/replay/": {},
}


@pytest.fixture
def a_morning(people, clock_shows, case_at):
    """What fills the places, and the headers of an officer's program; without a name it brings no key."""

    def begin(username):
        clock_shows(FRIDAY_MORNING)
        secret = a_key(people[username].membership_id)[1] if username else None
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        by = people["ha.lt"]
        webhook, _secret = create_webhook(WEBHOOK_BODY["url"], [], by=by, at=FRIDAY_MORNING)
        case = case_at(State.REGISTERED)
        return {"{code}": case.code, "{key}": webhook.key}, headers

    return begin


@pytest.mark.parametrize("username", [None, "ha.lt"])
@pytest.mark.parametrize("asked", BEHIND_A_KEY)
def test_every_answer_behind_a_key_keeps_to_the_description(description, a_morning, asked, username):
    path, method, mode = asked
    real, headers = a_morning(username)
    strategy = description[path][method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES_BEHIND_A_KEY,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy, st.booleans())
    def keeps(case, is_close):
        for place in ("{code}", "{key}") if is_close else ():
            if place in path and not (place == "{key}" and "{code}" in path):
                case.path_parameters[place.strip("{}")] = real[place]
        if is_close and isinstance(case.body, dict):
            case.body = case.body | GOOD_BODIES[path]
        case.call_and_validate(checks=CHECKS, headers=headers)

    keeps()
