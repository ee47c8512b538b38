"""The description is open to everybody, and costs the office nothing."""

import json

import pytest
from django.utils.translation import trans_real

pytestmark = pytest.mark.django_db
ADDRESS = "/api/schema/"


def test_description_is_asked_for_as_often_as_any_public_address(client, settings):
    settings.API_PER_MINUTE_ADDRESS = 2

    statuses = [client.get(ADDRESS, REMOTE_ADDR="203.162.4.191").status_code for _turn in range(3)]

    assert statuses == [200, 200, 429]


def test_languages_that_nobody_speaks_leave_nothing_behind(client):
    before = dict(trans_real._translations)

    answer = client.get(ADDRESS, {"lang": "zz"})

    assert answer.content == client.get(ADDRESS).content
    assert trans_real._translations == before


def test_description_speaks_the_language_of_the_reader(client):
    assert "Tra cứu hồ sơ" in client.get(ADDRESS).content.decode()
    assert "Tra cứu hồ sơ" not in client.get(ADDRESS, {"lang": "en"}).content.decode()


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("*/*", "application/vnd.oai.openapi; charset=utf-8"),
        ("application/yaml", "application/yaml; charset=utf-8"),
        ("application/vnd.oai.openapi+json", "application/vnd.oai.openapi+json"),
        ("application/json", "application/json"),
    ],
)
def test_description_comes_in_the_form_that_was_asked_for(client, accepted, told):
    answer = client.get(ADDRESS, headers={"accept": accepted})

    assert answer["Content-Type"] == told
    if told.endswith("json"):
        assert json.loads(answer.content)["info"]["title"] == "Một Cửa"


@pytest.mark.parametrize("path", [ADDRESS, "/api/v1/procedures/", "/api/v1/deadlines/", "/api/v1/track/x/"])
def test_options_are_refused_in_words(client, path):
    answer = client.options(path)

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.json()["detail"] == "Địa chỉ này không nhận phương thức vừa dùng."
