"""What the description shows as an example keeps to what it says beside it, and nothing else is answered."""

from pathlib import Path

import pytest
import yaml
from jsonschema import Draft4Validator, FormatChecker

COMMITTED = yaml.safe_load(
    (Path(__file__).parents[3] / "docs" / "api" / "openapi.yaml").read_text(encoding="utf-8")
)
OPERATIONS = {
    (path, method): operation
    for path, methods in COMMITTED["paths"].items()
    for method, operation in methods.items()
}
METHODS = ("get", "post", "put", "patch", "delete")


def as_json_schema(part):
    """OpenAPI 3.0 says ``nullable`` where a JSON Schema offers null."""
    if isinstance(part, list):
        return [as_json_schema(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    plain = {name: as_json_schema(inner) for name, inner in part.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if part.get("nullable") is True else plain


COMPONENTS = as_json_schema(COMMITTED["components"])


def contents(operation):
    """Where an example may stand: JSON bodies and answers, heads and parameters, each with its schema."""
    yield from in_json("request", operation.get("requestBody", {}))
    for status, answer in operation["responses"].items():
        yield from in_json(status, answer)
        yield from ((f"{status} {name}", part) for name, part in answer.get("headers", {}).items())
    yield from ((part["name"], part) for part in operation.get("parameters", ()))


def in_json(place, said):
    return ((place, part) for kind, part in said.get("content", {}).items() if kind.endswith("json"))


def breaches(value, schema):
    held = as_json_schema(schema) | {"components": COMPONENTS}
    return [
        fault.message for fault in Draft4Validator(held, format_checker=FormatChecker()).iter_errors(value)
    ]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_example_keeps_to_its_schema(path, method):
    found = {
        f"{place}: {name}": wrong
        for place, part in contents(OPERATIONS[path, method])
        for name, example in part.get("examples", {}).items()
        if (wrong := breaches(example["value"], part["schema"]))
    }

    assert found == {}


def test_example_that_breaks_its_schema_would_be_seen():
    schema = OPERATIONS["/api/v1/cases/{code}/", "get"]["responses"]["200"]["content"]["application/json"]

    [example] = [each["value"] for each in schema["examples"].values()][:1]
    assert breaches(example, schema["schema"]) == []
    assert breaches(example | {"code": None}, schema["schema"]) != []
    assert breaches(example | {"version": "1"}, schema["schema"]) != []


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_body_and_every_good_answer_has_an_example(path, method):
    operation = OPERATIONS[path, method]
    without = [
        place
        for place, part in contents(operation)
        if place in {"request", "200", "201"} and not part.get("examples")
    ]

    assert without == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", COMMITTED["paths"])
def test_methods_that_are_not_described_are_refused_as_problems(client, path):
    address = path.format(code="H56.99.02.22-261120-0001", key="1", paper="1")
    for method in METHODS:
        if method in COMMITTED["paths"][path]:
            continue
        answer = client.generic(method.upper(), address, content_type="application/json")

        assert answer.status_code in {401, 405}, method
        assert answer.headers["Content-Type"].startswith("application/problem+json"), method
        assert answer.json()["status"] == answer.status_code
