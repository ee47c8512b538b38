import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from config.checks import installation

KEYS = {"1": "00" * 32, "index": "11" * 32}


@pytest.fixture
def complete(settings):
    settings.FIELD_KEYS = KEYS
    settings.PUBLIC_URL = "https://motcua.example.vn"
    settings.ALLOWED_HOSTS = ["motcua.example.vn"]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    return settings


def missing():
    return [each.id for each in installation(None)]


def test_complete_installation_lacks_nothing(complete):
    assert missing() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("FIELD_KEYS", {}, ["motcua.MOTCUA_KEYS"]),
        ("FIELD_KEYS", {"1": "00" * 32}, ["motcua.MOTCUA_KEYS"]),
        ("PUBLIC_URL", "motcua.example.vn", ["motcua.PUBLIC_URL"]),
        ("ALLOWED_HOSTS", ["other.example.vn"], ["motcua.ALLOWED_HOSTS"]),
        ("ALLOWED_HOSTS", ["*"], []),
        ("TRUSTED_PROXIES", [], ["motcua.TRUSTED_PROXIES"]),
    ],
)
def test_what_is_missing_is_named_by_its_variable(complete, name, value, expected):
    setattr(complete, name, value)

    assert missing() == expected


def test_plain_http_needs_no_proxy(complete):
    complete.PUBLIC_URL, complete.TRUSTED_PROXIES = "http://motcua.example.vn:8000", []

    assert missing() == []


def test_everything_missing_is_told_at_once(complete):
    complete.FIELD_KEYS, complete.ALLOWED_HOSTS, complete.TRUSTED_PROXIES = {}, ["a"], []

    assert missing() == ["motcua.MOTCUA_KEYS", "motcua.ALLOWED_HOSTS", "motcua.TRUSTED_PROXIES"]
    with pytest.raises(SystemCheckError, match=r"MOTCUA_KEYS names their file"):
        call_command("check", "--deploy")


def test_web_does_not_start_without_its_keys(complete):
    from importlib import reload  # noqa: PLC0415

    from config import wsgi  # noqa: PLC0415

    complete.FIELD_KEYS = {}
    with pytest.raises(ImproperlyConfigured, match="The keys for personal numbers are missing"):
        reload(wsgi)
