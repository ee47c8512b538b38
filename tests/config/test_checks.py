import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from config.checks import installation
from config.services.folder import ROOT
from tests.offices import clean_environment

KEY = "7c1e5a90" * 8
KEYS = {"1": "00" * 32, "index": "11" * 32}


@pytest.fixture
def complete(settings):
    settings.FIELD_KEYS = KEYS
    settings.PUBLIC_URL = "https://motcua.example.vn"
    settings.ALLOWED_HOSTS = ["motcua.example.vn"]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
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
        ("REDIS_URL", "", ["motcua.REDIS_URL"]),
        ("EMAIL_USE_TLS", True, []),
    ],
)
def test_what_is_missing_is_named_by_its_variable(complete, name, value, expected):
    setattr(complete, name, value)

    assert missing() == expected


def test_database_that_nobody_named_is_missing(complete, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")

    assert missing() == ["motcua.DATABASE_URL"]


def test_mail_server_is_entered_in_one_way_only(complete):
    complete.EMAIL_USE_TLS = complete.EMAIL_USE_SSL = True

    assert missing() == ["motcua.EMAIL_USE_TLS"]


@pytest.mark.parametrize(
    ("told", "named"), [({}, ["SECRET_KEY"]), ({"SECRET_KEY": KEY}, ["DATABASE_URL", "REDIS_URL"])]
)
def test_check_of_a_new_machine_names_what_it_lacks(tmp_path, told, named):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"], cwd=ROOT,
        env=clean_environment() | {"MOTCUA_DATA_DIR": str(tmp_path)} | told,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert [
        name for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL") if f"{name} " in done.stderr
    ] == named


def test_plain_http_needs_no_proxy(complete):
    complete.PUBLIC_URL, complete.TRUSTED_PROXIES = "http://motcua.example.vn:8000", []

    assert missing() == []


def test_everything_missing_is_told_at_once(complete):
    complete.FIELD_KEYS, complete.ALLOWED_HOSTS, complete.TRUSTED_PROXIES = {}, ["a"], []
    complete.REDIS_URL = ""

    names = ["MOTCUA_KEYS", "REDIS_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES"]
    assert missing() == [f"motcua.{name}" for name in names]
    with pytest.raises(SystemCheckError, match=r"MOTCUA_KEYS names their file"):
        call_command("check", "--deploy")


def test_web_does_not_start_without_its_keys(complete):
    from importlib import reload  # noqa: PLC0415

    from config import wsgi  # noqa: PLC0415

    complete.FIELD_KEYS = {}
    with pytest.raises(ImproperlyConfigured, match="The keys for personal numbers are missing"):
        reload(wsgi)


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_worker_and_beat_do_not_start_without_their_queue(tmp_path, part):
    told = {"SECRET_KEY": KEY, "DATABASE_URL": "postgresql://a@127.0.0.1:1/a", "MOTCUA_DATA_DIR": "."}
    place = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    done = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "config.celery", part], cwd=tmp_path,
        env=clean_environment() | told | place,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.returncode == 1
    assert "REDIS_URL is not set; without a queue no message is ever sent." in done.stderr
