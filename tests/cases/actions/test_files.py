"""Scans of papers: kept whole or not at all, once, never replaced; used again with consent; orphans swept."""

import io
import os
import resource
import signal
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases import actions, cabinet
from cases.actions import PaperFacts, PaperTaken, Person, files, register_case
from cases.choices import Digitised, IdKind, State
from cases.errors import CaseError
from cases.models import CaseEvent, CaseFile
from tests.cases.actions.test_concurrency import at_once
from tests.cases.conftest import FRIDAY_MORNING, an_intake
from tests.cases.scans import JPEG, PDF, PNG, TIFF, a_pdf, a_scan, with_papers

pytestmark = pytest.mark.django_db
FACTS = PaperFacts(summary="Tờ khai", kind_code="TK", scope="Toàn quốc")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED, **with_papers())


def digitise(case, by, *contents, paper=0, facts=FACTS):
    chosen = case.papers.all()[paper]
    scans = [a_scan(content) for content in contents or (PDF,)]
    return actions.digitise_paper(case.code, chosen.pk, scans, facts, by=by, at=FRIDAY_MORNING)


def lying(folder):
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


def refusal_of(call):
    with pytest.raises(CaseError) as refused:
        call()
    return refused.value.code


def test_digitise_paper_keeps_content_and_metadata(case, clerk, folder):
    facts = PaperFacts("Tờ khai", kind_code="TK", valid_until=date(2030, 12, 31), scope="Toàn quốc")
    [added] = digitise(case, clerk, facts=facts)

    file = CaseFile.objects.get(pk=added.pk)
    place = Path(folder) / file.stored_as[:2] / file.stored_as
    assert place.read_bytes() == PDF
    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(Path(folder).stat().st_mode)) == (0o600, 0o700)
    assert (file.name, file.media_type, file.size, file.origin) == (
        "to-khai.pdf",
        "application/pdf",
        len(PDF),
        Digitised.SCANNED,
    )
    assert (file.kind_code, file.summary, file.valid_until, file.scope) == (
        "TK",
        "Tờ khai",
        date(2030, 12, 31),
        "Toàn quốc",
    )
    assert (file.added_by_id, file.added_at, file.signed_at) == (clerk.officer_id, FRIDAY_MORNING, None)
    assert file.case.papers.all()[0].digitised == Digitised.SCANNED
    assert file.case.papers.all()[1].digitised == Digitised.NOT
    assert lying(folder) == [file.stored_as]


def test_digitise_paper_is_one_event_whose_number_is_the_version(case, clerk):
    files = digitise(case, clerk, PDF, JPEG, PNG, TIFF)

    case.refresh_from_db()
    last = CaseEvent.objects.filter(case=case).last()
    assert (last.kind, last.seq, case.version) == ("digitise", 2, 2)
    assert (last.from_state, last.to_state) == ("registered", "registered")
    paper = case.papers.all()[0]
    assert last.payload == {"schema": 1, "paper": paper.pk, "files": [file.pk for file in files]}
    assert [file.pages for file in files] == [None, 1, 1, None]


def test_digitise_paper_with_the_same_file_twice_keeps_it_once(case, clerk, folder):
    [first] = digitise(case, clerk, PDF, PDF)

    assert digitise(case, clerk) == []
    assert len(digitise(case, clerk, paper=1)) == 1  # the same scan may hold two papers

    case.refresh_from_db()
    assert case.version == CaseEvent.objects.filter(case=case).count() == 3
    assert lying(folder) == sorted(CaseFile.objects.values_list("stored_as", flat=True))
    assert CaseFile.objects.filter(paper=first.paper).count() == 1


@pytest.mark.parametrize("content", [b"", b"<html>", PDF[:-7], b"MZ" + PDF])
def test_digitise_paper_of_another_kind_is_refused_with_all_that_came_beside_it(case, clerk, folder, content):
    assert refusal_of(lambda: digitise(case, clerk, JPEG, content)) == "file_type"

    assert (CaseFile.objects.count(), lying(folder)) == (0, [])
    case.refresh_from_db()
    assert case.version == 1


def test_digitise_paper_beyond_the_room_of_a_case_is_refused(case, clerk, folder, settings):
    digitise(case, clerk)
    settings.CASE_FILES_MOST_BYTES = 2 * len(PDF)

    assert refusal_of(lambda: digitise(case, clerk, a_pdf(1), paper=1)) == "case_full"
    assert len(lying(folder)) == CaseFile.objects.count() == 1


@pytest.mark.parametrize("username", ["thanh.nt", "long.td"])
def test_digitise_paper_is_for_counter_and_handlers(case, people, folder, username):
    assert refusal_of(lambda: digitise(case, people[username])) == "refused"
    assert lying(folder) == []


@pytest.mark.parametrize("username", ["mai.lt", "yen.pt"])
def test_digitise_paper_of_a_stranger_is_not_found(case, people, username):
    assert refusal_of(lambda: digitise(case, people[username])) == "not_found"


def test_digitise_paper_of_a_withdrawn_case_is_refused(case, clerk):
    actions.withdraw_case(case.code, by=clerk, at=FRIDAY_MORNING, version=1, reason="Xin rút")

    assert refusal_of(lambda: digitise(case, clerk)) == "refused"


def test_digitise_paper_of_another_case_is_not_found(case, case_at, clerk):
    other = case_at(State.REGISTERED, **with_papers())
    paper = other.papers.all()[0]

    def mixed():
        actions.digitise_paper(case.code, paper.pk, [a_scan()], FACTS, by=clerk, at=FRIDAY_MORNING)

    assert refusal_of(mixed) == "not_found"


def test_digitise_paper_follows_a_file_once_and_keeps_both(case, clerk, folder):
    [first] = digitise(case, clerk)
    newer = PaperFacts("Tờ khai", follows=first.token)

    [second] = digitise(case, clerk, a_pdf(2), facts=newer)

    assert second.follows_id == first.pk
    assert refusal_of(lambda: digitise(case, clerk, a_pdf(3), facts=newer)) == "already_followed"
    assert len(lying(folder)) == 2


@pytest.mark.parametrize("change", [{"name": "x.pdf"}, {"sha256": "0" * 64}, {"paper_id": 1}])
def test_files_are_never_changed(case, clerk, change):
    [file] = digitise(case, clerk)

    with pytest.raises(IntegrityError, match="cases_casefile"), transaction.atomic():
        CaseFile.objects.filter(pk=file.pk).update(**change)
    with pytest.raises(IntegrityError, match="files table"), transaction.atomic():
        CaseFile.objects.filter(pk=file.pk).delete()


def test_files_are_signed_once(case, clerk):
    [file] = digitise(case, clerk)
    CaseFile.objects.filter(pk=file.pk).update(signed_at=FRIDAY_MORNING)

    with pytest.raises(IntegrityError, match="files table"), transaction.atomic():
        CaseFile.objects.filter(pk=file.pk).update(signed_at=None)


def test_digitise_paper_on_a_full_disk_says_so_and_leaves_nothing(case, clerk, folder):
    large = PDF[:-7] + b"0" * 200_000 + b"\n%%EOF\n"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        code = refusal_of(lambda: digitise(case, clerk, PDF, large))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert (code, CaseFile.objects.count(), lying(folder)) == ("disk_full", 0, [])


def test_sweep_cabinet_removes_what_no_row_names_after_a_day(case, clerk, folder):
    [file] = digitise(case, clerk)
    orphan = cabinet.keep(a_scan(a_pdf(7)).content)
    half = Path(folder) / orphan.stored_as[:2] / "tmpabc.part"
    half.write_bytes(b"%PDF-1.4 half")
    for path in Path(folder).glob("??/*"):
        os.utime(path, (FRIDAY_MORNING.timestamp(),) * 2)

    assert actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=23, minutes=59)) == 0
    assert actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=24, seconds=1)) == 2
    assert lying(folder) == [file.stored_as]


def test_sweep_cabinet_goes_through_every_folder_batch_by_batch(db, folder, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 2)
    for name in ("ab", "0c"):
        (Path(folder) / name).mkdir(parents=True)
        for number in range(5):
            path = Path(folder) / name / f"{name}{number:038}"
            path.write_bytes(PDF)
            os.utime(path, (FRIDAY_MORNING.timestamp(),) * 2)

    with CaptureQueriesContext(connection) as asked:
        swept = actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=25))

    assert (swept, lying(folder), len(asked)) == (10, [], 6)


class Deadly(io.BytesIO):
    """A scan whose reading kills the process at its second end: all written, not yet in its place."""

    ends = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.ends += not piece
        if self.ends == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece


@pytest.mark.parametrize(("scan", "left"), [(io.BytesIO, 40), (Deadly, None)])
def test_files_of_a_process_killed_before_its_row_are_swept(db, folder, scan, left):
    child = os.fork()
    if child == 0:
        cabinet.keep(scan(PDF))
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    [name] = lying(folder)
    assert (name.endswith(".part"), len(name) == 40) == (left is None, left == 40)
    [path] = Path(folder).glob("??/*")
    os.utime(path, (FRIDAY_MORNING.timestamp(),) * 2)
    assert actions.sweep_cabinet(at=FRIDAY_MORNING + timedelta(hours=25)) == 1
    assert (CaseFile.objects.count(), lying(folder)) == (0, [])


def again(case, by, token, *, origin=Digitised.REUSED, paper=0):
    chosen = case.papers.all()[paper]
    return actions.use_again(case.code, chosen.pk, token, origin=origin, by=by, at=FRIDAY_MORNING)


@pytest.mark.parametrize("origin", [Digitised.REUSED, Digitised.REUSED_RESULT])
def test_use_again_names_the_same_stored_file_and_its_source(case_at, case, clerk, folder, origin):
    [source] = digitise(case, clerk)
    later = case_at(State.REGISTERED, **with_papers())

    [file] = again(later, clerk, source.token, origin=origin, paper=1)

    assert (file.stored_as, file.sha256, file.source_id, file.origin) == (
        source.stored_as,
        source.sha256,
        source.pk,
        origin,
    )
    assert file.token != source.token
    assert later.papers.all()[1].digitised == origin
    assert lying(folder) == [source.stored_as]
    last = CaseEvent.objects.filter(case=later).last()
    assert last.payload == {
        "schema": 1,
        "paper": file.paper_id,
        "files": [file.pk],
        "reused_from": case.pk,
        "consent": True,
    }
    assert refusal_of(lambda: again(later, clerk, source.token)) == "file_unknown"


def test_use_again_is_for_the_same_person_of_the_same_commune_only(case_at, people, clerk):
    somebody = Person(name="Lê Thị Hương", id_kind=IdKind.PERSONAL, id_number="038185099999")
    nobody = Person(name="Lê Thị Hương", phone="+84912345018")
    sources = [
        digitise(case_at(State.REGISTERED, **with_papers(principal=person)), clerk, a_pdf(number))[0]
        for number, person in enumerate((somebody, nobody))
    ]
    foreign = register_case(
        an_intake(people["mai.lt"], **with_papers()), by=people["mai.lt"], at=FRIDAY_MORNING
    )
    sources += digitise(foreign, people["mai.lt"], a_pdf(9))
    mine, unnumbered = (
        case_at(State.REGISTERED, **with_papers(**more)) for more in ({}, {"principal": nobody})
    )

    for source in sources:
        assert refusal_of(lambda source=source: again(mine, clerk, source.token)) == "file_unknown"
        assert refusal_of(lambda source=source: again(unnumbered, clerk, source.token)) == "file_unknown"


def test_use_again_offers_no_file_that_was_followed(case_at, case, clerk):
    [first] = digitise(case, clerk)
    digitise(case, clerk, a_pdf(2), facts=PaperFacts("Tờ khai", follows=first.token))
    later = case_at(State.REGISTERED, **with_papers())

    assert refusal_of(lambda: again(later, clerk, first.token)) == "file_unknown"


def test_papers_from_a_database_count_as_used_again(case_at):
    held = PaperTaken("Giấy khai sinh", "data")

    case = case_at(State.REGISTERED, papers=(held,))

    assert [paper.digitised for paper in case.papers.all()] == [Digitised.REUSED]


@pytest.mark.django_db(transaction=True)
def test_digitise_paper_by_four_hands_keeps_each_content_once(case, people, folder):
    hands = [people["ha.lt"], people["duc.hm"]]

    added = at_once(
        *[lambda by=by, number=number: digitise(case, by, a_pdf(number)) for by in hands for number in (1, 2)]
    )

    assert sorted(len(files) for files in added) == [0, 0, 1, 1]
    case.refresh_from_db()
    assert case.version == CaseEvent.objects.filter(case=case).count() == 3
    assert lying(folder) == sorted(CaseFile.objects.values_list("stored_as", flat=True))
