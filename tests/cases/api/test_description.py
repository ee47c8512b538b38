"""The description of the interface: committed, complete, Vietnamese, and kept by every answer."""

from pathlib import Path

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cases.choices import State
from procedures.models import Procedure

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "docs" / "api" / "openapi.yaml"
# A NUL never reaches the interface: the middleware refuses it, and another test holds that.
CONFIG = {"generation": {"allow-x00": False}}
REAL_CODES = ("1.004873", "2.000815", "1.001193", "1.001766", "1.004222")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def description(application):
    """The description as the WSGI application serves it, inside the transaction of the test."""
    config = SchemathesisConfig.from_dict(CONFIG)
    return schemathesis.openapi.from_wsgi("/api/schema/", application, config=config)


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
        "/api/v1/cases/{code}/files/{key}/": ["get"],
        "/api/v1/cases/{code}/moves/": ["post"],
        "/api/v1/cases/{code}/papers/": ["get"],
        "/api/v1/cases/{code}/papers/{paper}/files/": ["post"],
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
