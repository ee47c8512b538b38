"""A backup says that it is none when what rows name, or what opens them, is not there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cases import actions
from cases.actions import PaperFacts
from cases.choices import State
from cases.models import CaseChange, CaseFile
from config.services import throwaway
from config.services.binaries import postgres_programs
from config.services.folder import ROOT
from config.services.postgres import OWNER_ROLE
from tests import morning
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.scans import a_scan, with_papers
from tests.offices import clean_environment

pytestmark = pytest.mark.django_db(transaction=True)
people = morning.people
case_at = morning.case_at


@pytest.fixture
def data(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    settings.MEDIA_ROOT.mkdir(parents=True)
    (tmp_path / "data" / "keys.json").write_text(json.dumps(settings.FIELD_KEYS), encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def scan(case_at, people, data):
    case = case_at(State.REGISTERED, **with_papers())
    paper, facts = case.papers.all()[0], PaperFacts("Tờ khai")
    [file] = actions.digitise_paper(
        case.code, paper.pk, [a_scan()], facts, by=people["ha.lt"], at=FRIDAY_MORNING
    )
    return data / "files" / file.stored_as[:2] / file.stored_as


def manage(data, *words, **other):
    """A command of the owner on the database of this test; its exit code and what it said."""
    database = os.environ["DATABASE_URL"].rpartition("/")[2]
    told = {
        "DATABASE_URL": throwaway.published().url(OWNER_ROLE, database),
        "MOTCUA_DATA_DIR": str(data),
        "SECRET_KEY": "x" * 50,
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, words)], cwd=ROOT, env=clean_environment() | told | other,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_backup_whose_files_are_complete_is_verified_until_one_is_deleted(scan, data, tmp_path):
    taken = manage(data, "backup", tmp_path / "backup")
    manifest = tmp_path / "backup" / "manifest.json"
    whole = manage(data, "verify_records", "--against", manifest)
    scan.unlink()
    lacking = manage(data, "verify_records", "--against", manifest)
    again = manage(data, "backup", tmp_path / "second")

    assert taken[0] == 0, taken[1]
    assert whole[0] == 0, whole[1]
    said = f"1 files that cases name do not lie in {data / 'files'}, for example {scan.name}."
    assert lacking == (1, f"CommandError: {said}\n")
    assert again[0] == 1
    assert said in again[1]
    assert not (tmp_path / "second" / "manifest.json").exists()


def test_backup_leaves_out_what_numbers_transactions_of_this_database(scan, data, tmp_path):
    """In another one they would be numbers of transactions to come, and added up at every look until then."""
    assert CaseChange.objects.exists()
    manage(data, "backup", tmp_path / "backup")

    program = postgres_programs(data) / "pg_restore"
    dump = tmp_path / "backup" / "database.dump"
    listed = subprocess.run([program, "--list", dump], capture_output=True, text=True, check=True).stdout

    assert " TABLE public cases_casechange " in listed
    assert " TABLE DATA public cases_case " in listed
    assert " TABLE DATA public cases_casechange " not in listed


def test_backup_without_its_keys_is_none(data, tmp_path):
    code, said = manage(data, "backup", tmp_path / "backup", MOTCUA_KEYS=str(tmp_path / "elsewhere.json"))

    assert (code, Path(tmp_path / "backup").exists()) == (1, False)
    assert f"There are no keys at {tmp_path / 'elsewhere.json'}" in said
    assert not CaseFile.objects.exists()
