"""The settings of an office, read anew in a process of their own."""

import json
import subprocess
import sys

import yaml

from config.services.folder import ROOT
from tests.offices import clean_environment

TOLD = """
import json, sys
from config.settings import production
print(json.dumps({name: getattr(production, name) for name in sys.argv[1:]}))
"""


def settings_of(environment, *names):
    done = subprocess.run(
        [sys.executable, "-c", TOLD, *names], cwd=ROOT, env=clean_environment() | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_empty_variables_of_the_compose_file_count_as_not_set():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    optional = [name for name, value in services["web"]["environment"].items() if ":-}" in value]
    names = ("EMAIL_PORT", "DEFAULT_FROM_EMAIL", "HOTLINE", "SECURE_HSTS_SECONDS", "API_PER_MINUTE_TOKEN")
    common = {"SECRET_KEY": "x" * 50, "PUBLIC_URL": "https://office.example"}

    told = settings_of(common | dict.fromkeys(optional, ""), *names)

    assert told == settings_of(common, *names)
    assert told == dict(zip(names, (587, "motcua@localhost", "02373900900", 31536000, 600), strict=True))


def test_words_that_enter_a_gateway_may_stand_in_files(tmp_path):
    (tmp_path / "mail").write_text("mở thư\n", encoding="utf-8")
    (tmp_path / "gateway").write_text("mở cổng\n", encoding="utf-8")
    files = {
        "EMAIL_HOST_PASSWORD_FILE": str(tmp_path / "mail"),
        "SMS_GATEWAY_TOKEN_FILE": str(tmp_path / "gateway"),
    }

    told = settings_of({"SECRET_KEY": "x" * 50} | files, "EMAIL_HOST_PASSWORD", "SMS_GATEWAY_TOKEN")

    assert told == {"EMAIL_HOST_PASSWORD": "mở thư", "SMS_GATEWAY_TOKEN": "mở cổng"}


def test_behind_a_pooler_nothing_is_left_on_a_connection():
    alone = settings_of({"SECRET_KEY": "x" * 50}, "DATABASES")["DATABASES"]["default"]
    pooled = settings_of({"SECRET_KEY": "x" * 50, "DATABASE_POOLER": "yes"}, "DATABASES")["DATABASES"][
        "default"
    ]

    assert alone["OPTIONS"].keys() == {"pool", "prepare_threshold", "server_side_binding"}
    assert (pooled["OPTIONS"], pooled["DISABLE_SERVER_SIDE_CURSORS"]) == ({}, True)
