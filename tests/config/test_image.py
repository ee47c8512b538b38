"""No image can be built here: its steps are taken in a folder that holds what the image would hold."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from config.runner.parts import web_words
from config.services.folder import ROOT
from tests.offices import clean_environment

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STEPS = [line.split(" ", 1) for line in DOCKERFILE.splitlines() if line and not line.startswith("#")]
BUILDS_PAGES = "collectstatic"
SETTINGS = {
    "SECRET_KEY": "x" * 50,
    "DATABASE_URL": "postgresql://app:word@127.0.0.1:1/office",
    "PUBLIC_URL": "https://office.example",
    "ALLOWED_HOSTS": "127.0.0.1,office.example",
    "TRUSTED_PROXIES": "10.0.0.2",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def all_of(instruction):
    return [rest for word, rest in STEPS if word == instruction]


def variables():
    """What the image itself sets."""
    return dict(pair.split("=", 1) for line in all_of("ENV") for pair in shlex.split(line))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The committed files that the image takes in."""
    folder = tmp_path_factory.mktemp("image") / "srv"
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in listed.stdout.decode().split("\0"):
        path = Path(name)
        if name and path.parts[0] not in left_out and (ROOT / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    return folder


def in_image(copied, words, **environment):
    """One command as the image would run it; its exit code and what it said."""
    words = [sys.executable if word == "python" else word for word in words]
    paths = {"MOTCUA_DATA_DIR": str(copied.parent), "STATIC_ROOT": str(copied.parent / "static")}
    done = subprocess.run(
        words, cwd=copied, capture_output=True, text=True, check=False,
        env=clean_environment() | variables() | paths | environment,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_image_copies_what_there_is():
    sources = [shlex.split(line)[-2] for line in all_of("COPY")]

    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_image_collects_its_static_files_with_nothing_but_what_it_copies(copied):
    [step] = [line for line in all_of("RUN") if BUILDS_PAGES in line]
    *settings, word = shlex.split(step)[:3]
    key = dict(pair.split("=", 1) for pair in settings)["SECRET_KEY"]

    code, said = in_image(copied, [word, *shlex.split(step)[3:]], SECRET_KEY=key)

    assert code == 0, said
    assert list((copied.parent / "static" / "css").glob("*.css.gz"))


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_image_holds_what_each_service_starts(copied, service):
    content = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    command = content["services"][service].get("command") or json.loads(all_of("CMD")[0])
    modules = re.findall(r"config\.\w+|manage\.py \w+", " ".join(command))
    keys = copied.parent / "keys.json"
    keys.write_text(json.dumps({"1": "0" * 64, "index": "1" * 64}), encoding="utf-8")
    settings = SETTINGS | {"MOTCUA_KEYS": str(keys)}

    assert modules
    for name in modules:
        known = [*name.replace("manage.py", "python manage.py").split(), "--help"]
        loaded = ["python", "-c", f"import django; django.setup(); import {name}"]
        code, said = in_image(copied, known if "manage.py" in name else loaded, **settings)
        assert code == 0, said


def test_image_answers_pages_as_the_office_does_without_it():
    [said] = all_of("CMD")

    assert json.loads(said) == ["python", *web_words("0.0.0.0:8000")]


def test_image_runs_as_an_account_without_rights_that_owns_its_data_alone():
    [user] = all_of("USER")
    made = " ".join(all_of("RUN"))

    assert re.search(rf"useradd --uid [1-9]\d{{3,}} .*\b{user}\b", made)
    assert re.search(rf"install -d -o {user} -g {user} -m 0700 {variables()['MOTCUA_DATA_DIR']}", made)
    assert [line for line in all_of("COPY") if f"--chown={user}" in line] == []
    assert [word for word, _rest in STEPS].index("USER") > max(
        number for number, (word, _rest) in enumerate(STEPS) if word in {"RUN", "COPY"}
    )
