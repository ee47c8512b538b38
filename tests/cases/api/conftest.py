"""Other systems that work with the key of an officer."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from cases.choices import State
from staff import actions
from staff.models import ApiToken, Membership
from tests.cases.conftest import FRIDAY_MORNING

CASES = "/api/v1/cases/"


class OtherSystem:
    """A program that sends JSON with a key."""

    def __init__(self, secret):
        self.client = Client(raise_request_exception=True)
        self.headers = {"authorization": f"Bearer {secret}"}

    def get(self, path, **query):
        return self.client.get(path, query, headers=self.headers)

    def post(self, path, body, *, key=None):
        headers = self.headers | {"idempotency-key": key or str(uuid.uuid4())}
        return self.client.post(path, body, content_type="application/json", headers=headers)


def a_key(membership_id, *, name="Kho dữ liệu", at=FRIDAY_MORNING, days=90):
    """A key for this membership, without the password."""
    member = Membership.objects.get(pk=membership_id)
    secret = f"motcua_{uuid.uuid4().hex}"
    token = ApiToken.objects.create(
        membership=member,
        name=name,
        digest=actions.digest_of(secret),
        created_at=at,
        created_by_id=member.officer_id,
        expires_at=at + timedelta(days=days),
    )
    return token, secret


@pytest.fixture
def system_of(people, clock_shows):
    """A program with the key of an officer; it is the Friday morning of the cases."""
    clock_shows(FRIDAY_MORNING)
    return lambda username: OtherSystem(a_key(people[username].membership_id)[1])


@pytest.fixture
def system(system_of):
    return system_of("ha.lt")


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED)


def moves_of(case):
    return f"{CASES}{case.code}/moves/"


def without(answer, *names):
    return {name: value for name, value in answer.items() if name not in names}


def codes_of(answer):
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]
