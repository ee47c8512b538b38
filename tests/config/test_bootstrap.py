import re
import subprocess
import sys

import pytest

from config import bootstrap
from config.services.folder import ROOT

LOCKS = [bootstrap.lock_file(kind) for kind in ("run", "test")]


def test_pinned_reads_names_and_versions_that_every_platform_needs():
    text = (
        "amqp==5.4.2 \\\n    --hash=sha256:00\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:01\n"
        "psycopg[binary,pool]==3.3.9 \\\n    --hash=sha256:02\n"
    )

    assert bootstrap.pinned(text) == {"amqp": "5.4.2", "psycopg": "3.3.9"}


def test_is_satisfied_by_the_running_versions_is_true():
    assert bootstrap.is_satisfied(f"pytest=={pytest.__version__} \\\n")


@pytest.mark.parametrize("line", ["pytest==0.0.1 \\\n", "no-such-package-anywhere==1.0 \\\n"])
def test_is_satisfied_by_another_version_is_false(line):
    assert not bootstrap.is_satisfied(line)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_no_address_and_hashes_every_package(lock):
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"://|--index-url|--extra-index-url|--find-links|\s@\s", text) == []
    packages = re.findall(r"^[a-z0-9].*(?:\n {4}--hash=sha256:[0-9a-f]{64}.*)*", text, flags=re.MULTILINE)
    assert [package.split("==")[0] for package in packages if "--hash" not in package] == []


def test_test_lock_contains_the_run_lock():
    run, test = (bootstrap.pinned(lock.read_text(encoding="utf-8")) for lock in LOCKS)

    assert {name: test.get(name) for name in run} == run


def test_bootstrap_needs_only_the_standard_library():
    code = "import sys; sys.path.insert(0, sys.argv[1]); import config.bootstrap"

    subprocess.run([sys.executable, "-I", "-S", "-c", code, str(ROOT)], check=True)


def test_is_stamped_after_a_changed_lock_is_false(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_VENV", str(tmp_path))
    (tmp_path / "run.stamp").write_text(bootstrap.digest("run"))

    assert bootstrap.is_stamped("run")
    assert not bootstrap.is_stamped("test")

    (tmp_path / "run.stamp").write_text("the digest of an older lock")

    assert not bootstrap.is_stamped("run")


def test_is_stamped_in_a_test_environment_serves_the_run_too(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_VENV", str(tmp_path))
    (tmp_path / "test.stamp").write_text(bootstrap.digest("test"))

    assert bootstrap.is_stamped("run")
