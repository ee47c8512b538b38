"""A served office is asked what its description allows and what it forbids: no fault, no breach.

Each operation is asked both with a key, of one role or another, and without one. ``MOTCUA_EXAMPLES=500`` asks
that often instead of a few times (docs/api/guide.md).
"""

import os
import uuid
from pathlib import Path

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from cases.api.case_examples import INTAKE_BODY, MOVE_BODY
from cases.api.webhook_examples import CHANGE_BODY, WEBHOOK_BODY
from config.services import processes
from tests.cases.api.programs import OFFICERS, Program, program_of, things_of
from tests.cases.scans import a_pdf
from tests.faults.clerks import drain_output
from tests.offices import office, open_place, opened

load_all_checks()
EXAMPLES = int(os.environ.get("MOTCUA_EXAMPLES") or 10)
COMMITTED = Path(__file__).parents[3] / "docs" / "api" / "openapi.yaml"
PATHS = yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))["paths"]
OPERATIONS = [(path, method.upper()) for path, methods in PATHS.items() for method in methods]
REAL_PROCEDURES = ("1.004873", "2.000815", "1.001193", "1.001766", "1.004222")
GOOD_BODIES = {
    "registerCase": INTAKE_BODY,
    "moveCase": MOVE_BODY,
    "createWebhook": WEBHOOK_BODY,
    "changeWebhook": CHANGE_BODY,
}
LIMITS = ("API_PER_MINUTE_TOKEN", "API_PER_MINUTE_ADDRESS", "API_PER_MINUTE_WRONG")
REFUSED = [400, 401, 403, 404, 406, 414, 415, 422, 429]
CONFIG = {"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}}
LEFT_OUT = [
    # What the description allows is still held against the rules of the office: an unknown code is a 404,
    # a procedure that asks for two principals a 422.
    checks.positive_data_acceptance,
    # These follow links from one answer to the next request; the description has none.
    checks.use_after_free,
    checks.ensure_resource_availability,
]


@pytest.fixture(scope="module")
def served():
    """An office with its own database behind its own web server, without limits a minute."""
    with pytest.MonkeyPatch.context() as patch, open_place() as folder:
        for name in LIMITS:
            patch.setenv(name, "1000000")
        port = processes.free_port()
        with office(folder, port) as (process, _said):
            place = opened(folder, port, process)
            drain_output(process)
            yield place
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def description(served):
    config = SchemathesisConfig.from_dict(CONFIG)
    return schemathesis.openapi.from_url(f"{served.url}/api/schema/", config=config)


@pytest.fixture(scope="module")
def programs(served):
    return [program_of(served, username) for username in OFFICERS]


@pytest.fixture(scope="module")
def things(programs):
    return things_of(programs[0])


def asked(operation):
    """What the description allows; where it can, also what it forbids."""
    allowed = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.query or operation.body or operation.headers):
        return allowed
    return allowed | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)


def bring_near(case, things, program):
    """Let a request concern what exists, and say what an officer would say, with what it had beside.

    What was made to be wrong stays as it is.
    """
    wrong = {where for where, how in case.meta.components.items() if how.mode is GenerationMode.NEGATIVE}
    parameters = {} if ParameterLocation.PATH in wrong else case.path_parameters
    for name, part in parameters.items():
        kind = case.path.split(f"/{{{name}}}")[0].rpartition("/")[2] if name == "key" else name
        parameters[name] = things.get(kind, part)
    if "procedures" in case.path and parameters:
        parameters["code"] = things["procedure"]
    if "/webhooks/{key}" in case.path and program.secret:
        parameters["key"] = program.receiver()
    if ParameterLocation.HEADER not in wrong and "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
    good = GOOD_BODIES.get(case.operation.definition.raw["operationId"])
    if ParameterLocation.BODY in wrong:
        return
    if good and isinstance(case.body, dict):
        case.body |= good
    elif case.media_type == "multipart/form-data" and isinstance(case.body, dict):
        case.body = {"scans": [a_pdf(uuid.uuid4().int)], "summary": "Tờ khai"}


@pytest.mark.parametrize("is_known", [True, False], ids=["with a key", "without a key"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_keeps_to_the_description(description, programs, things, path, method, is_known):
    operation = description[path][method]
    who = st.sampled_from(programs) if is_known else st.just(Program(programs[0].url))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(asked(operation), who, st.sampled_from(REAL_PROCEDURES), st.booleans())
    def keeps(case, program, procedure, is_near):
        if is_near:
            bring_near(case, things | {"procedure": procedure}, program)
        case.call_and_validate(headers=program.headers, excluded_checks=LEFT_OUT)

    keeps()
