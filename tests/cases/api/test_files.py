"""Scans over the interface: taken, listed and fetched by the rules of the page, once per key."""

import uuid

import pytest

from cases.api import case_examples as examples
from cases.choices import State
from cases.models import CaseEvent, CaseFile
from staff.models import AccessLog
from tests.cases.api.conftest import OtherSystem, a_key
from tests.cases.scans import JPEG, PDF, TIFF, a_pdf, sent, with_papers

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED, **with_papers())


def address(case, paper=None):
    number = case.papers.all()[0].pk if paper is None else paper
    return f"{CASES}{case.code}/papers/{number}/files/"


def send(system, case, *files, key=None, paper=None, **said):
    headers = system.headers | {"idempotency-key": key or str(uuid.uuid4())}
    body = said | ({"scans": list(files)} if files else {})
    return system.client.post(address(case, paper), body, headers=headers)


def refusal(answer):
    body = answer.json()
    return answer.status_code, body["code"], [(error["field"], error["code"]) for error in body["errors"]]


def test_files_sent_are_listed_and_fetched_byte_for_byte(system, case):
    added = send(system, case, sent(PDF, "to-khai.pdf"), sent(JPEG, "trang 2.jpg"))
    [paper, other] = system.get(f"{CASES}{case.code}/papers/").json()["results"]
    fetched = [system.get(file["url"]) for file in paper["files"]]

    assert (added.status_code, added.json()) == (201, {"version": 2, "added": paper["files"]})
    assert [answer.content for answer in fetched] == [PDF, JPEG]
    assert [answer["Content-Type"] for answer in fetched] == ["application/pdf", "image/jpeg"]
    assert fetched[0]["X-Content-Type-Options"] == "nosniff"
    assert (paper["digitised"], other["digitised"], other["files"]) == (1, 0, [])


def test_answer_is_as_described(system, case):
    answer = send(system, case, sent(PDF, "to-khai.pdf")).json()

    [file], [shown] = answer["added"], examples.ADDED_ANSWER["added"]
    varying = {"key", "sha256", "url"}
    assert answer["version"] == examples.ADDED_ANSWER["version"]
    assert file.keys() == shown.keys()
    assert {name: file[name] for name in file.keys() - varying} == {
        name: shown[name] for name in shown.keys() - varying
    }
    assert file["url"] == f"{CASES}{case.code}/files/{file['key']}/"
    assert len(file["sha256"]) == len(shown["sha256"]) == 64


def test_what_was_not_said_is_what_the_page_begins_with(system, case):
    send(system, case, sent())

    file = CaseFile.objects.get()
    assert (file.summary, file.scope, file.valid_until) == ("Tờ khai", "Toàn quốc", None)


def test_sending_repeated_with_its_key_is_done_once(system, case):
    first, again = (send(system, case, sent(), key="k") for _turn in range(2))

    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert (CaseFile.objects.count(), CaseEvent.objects.count()) == (1, 2)


def test_key_that_came_with_another_file_is_refused(system, case):
    send(system, case, sent(), key="k")

    answer = send(system, case, sent(a_pdf(7)), key="k")

    assert refusal(answer) == (422, "idempotency_key_reused", [])


@pytest.mark.parametrize("files", [(b"C", b"B"), (b"B",), (b"B", b"A")])
def test_key_covers_every_file_of_a_sending(system, case, files):
    def scans(*marks):
        return [sent(PDF + mark, f"{mark.decode()}.pdf") for mark in marks]

    send(system, case, *scans(b"A", b"B"), key="k")

    assert refusal(send(system, case, *scans(*files), key="k")) == (422, "idempotency_key_reused", [])


def test_content_that_the_paper_has_already_is_kept_once(system, case):
    send(system, case, sent())

    answer = send(system, case, sent(name="lần nữa.pdf"))

    assert (answer.status_code, answer.json()) == (201, {"version": 2, "added": []})


def test_newer_file_follows_an_older_one(system, case):
    older = send(system, case, sent()).json()["added"][0]["key"]

    answer = send(system, case, sent(a_pdf(2)), follows=older)

    assert answer.status_code == 201
    assert CaseFile.objects.get(token=older).followed_by.token == answer.json()["added"][0]["key"]


def test_blank_where_words_are_needed_is_what_the_page_begins_with(system, case):
    answer = send(system, case, sent(), summary="", scope="")

    file = CaseFile.objects.get()
    assert (answer.status_code, file.summary, file.scope) == (201, "Tờ khai", "")


def test_file_that_follows_none_of_its_paper_is_refused(system, case):
    assert refusal(send(system, case, sent(), follows="nothing")) == (
        *(422, "invalid"),
        [("follows", "invalid_choice")],
    )
    assert send(system, case, sent(), follows="").status_code == 201


@pytest.mark.parametrize(
    ("files", "said", "errors"),
    [
        ([], {}, [("scans", "required")]),
        ([sent(b"%PDF-1.4 cut off", "a.pdf")], {}, [("scans", "file_type")]),
        ([sent(b"", "a.pdf")], {}, [("scans", "empty")]),
        ([sent()], {"valid_until": "2026-02-30"}, [("valid_until", "invalid")]),
        ([sent()], {"valid_until": "tomorrow"}, [("valid_until", "invalid")]),
        ([sent()], {"summary": "x" * 301}, [("summary", "max_length")]),
        ([sent()], {"follows": "nothing"}, [("follows", "invalid_choice")]),
        ([sent()], {"wings": "2"}, [("wings", "unknown_field")]),
        ([sent(a_pdf(n), f"{n}.pdf") for n in range(21)], {}, [("scans", "too_many")]),
    ],
)
def test_something_wrong_is_told_at_its_field(system, case, files, said, errors):
    send(system, case, sent(a_pdf(99)))

    answer = send(system, case, *files, **said)

    assert refusal(answer) == (422, "invalid", errors)
    assert CaseFile.objects.count() == 1


def test_file_above_the_limit_is_refused(system, case, settings):
    settings.FILE_MOST_BYTES = len(PDF) - 1

    assert refusal(send(system, case, sent())) == (422, "invalid", [("scans", "too_large")])


def test_case_that_is_full_takes_no_more(system, case, settings):
    send(system, case, sent())
    settings.CASE_FILES_MOST_BYTES = len(PDF) + 20

    assert refusal(send(system, case, sent(a_pdf(2)))) == (422, "invalid", [("scans", "case_full")])


def test_full_disk_is_no_fault_of_the_sender(system, case, settings, tmp_path):
    (tmp_path / "no-folder").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "no-folder"

    answer = send(system, case, sent())

    assert refusal(answer) == (503, "disk_full", [])
    assert CaseFile.objects.count() == 0


def test_json_is_no_form_with_files(system, case):
    answer = system.post(address(case), {"scans": []})

    assert refusal(answer) == (415, "unsupported_media_type", [])


def test_broken_form_is_a_problem(system, case):
    headers = system.headers | {"idempotency-key": "k"}

    answer = system.client.post(address(case), b"x", content_type="multipart/form-data", headers=headers)

    assert refusal(answer) == (400, "parse_error", [])
    assert answer["Content-Type"] == "application/problem+json"


def test_sending_without_a_key_of_repetition_is_malformed(system, case):
    answer = system.client.post(address(case), {"scans": [sent()]}, headers=system.headers)

    assert refusal(answer) == (400, "idempotency_key_missing", [])


def test_paper_of_another_case_does_not_exist(system, case):
    assert refusal(send(system, case, sent(), paper=10**8)) == (404, "not_found", [])


@pytest.mark.parametrize("username", ["thanh.nt", "long.td"])
def test_who_only_reads_fetches_and_adds_nothing(system_of, system, case, username):
    url = send(system, case, sent()).json()["added"][0]["url"]
    reader = system_of(username)

    assert reader.get(url).status_code == 200
    assert refusal(send(reader, case, sent(a_pdf(2)))) == (403, "permission_denied", [])


def test_ended_case_takes_no_files(system, case):
    withdraw = {"action": "withdraw", "version": 1, "arguments": {"reason": "Không cần nữa"}}
    assert system.post(f"{CASES}{case.code}/moves/", withdraw).status_code == 200

    assert refusal(send(system, case, sent())) == (422, "refused", [])


def test_files_of_strangers_do_not_exist(system_of, system, case):
    url = send(system, case, sent()).json()["added"][0]["url"]
    stranger = system_of("mai.lt")

    assert stranger.get(url).status_code == 404
    assert send(stranger, case, sent()).status_code == 404
    assert not AccessLog.objects.exclude(membership__officer__username="ha.lt").exists()


def test_file_opens_only_under_its_own_case(system, case, case_at):
    url = send(system, case, sent()).json()["added"][0]["url"]
    other = case_at(State.IN_PROGRESS)

    assert system.get(url.replace(case.code, other.code)).status_code == 404


def test_fetching_a_file_is_noted_once_an_hour(system, case):
    url = send(system, case, sent()).json()["added"][0]["url"]
    for _turn in range(2):
        system.get(url)

    assert sorted(AccessLog.objects.values_list("case_code", "what")) == [
        (case.code, "file"),
        (case.code, "papers"),
    ]


def test_file_that_left_the_cabinet_does_not_exist(system, case, folder):
    url = send(system, case, sent()).json()["added"][0]["url"]
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()

    assert system.get(url).status_code == 404


def test_no_browser_shows_a_tiff(system, case):
    url = send(system, case, sent(TIFF, "a.tif")).json()["added"][0]["url"]

    assert system.get(url)["Content-Disposition"].startswith("attachment")


# savepoint, key, scope, file with its case, note of the access log, release
def test_fetching_query_count(system, case, django_assert_num_queries):
    url = send(system, case, sent()).json()["added"][0]["url"]
    system.get(url)

    with django_assert_num_queries(6):
        system.get(url)


@pytest.mark.parametrize("authorization", [None, "Bearer motcua_x"])
def test_without_a_key_nothing_opens(system, case, authorization):
    url = send(system, case, sent()).json()["added"][0]["url"]
    nobody = OtherSystem("")
    nobody.headers = {"authorization": authorization} if authorization else {}

    assert nobody.get(url).status_code == 401
    assert send(nobody, case, sent(a_pdf(2))).status_code == 401


def test_keys_of_two_programs_are_apart(system, case, people):
    other = OtherSystem(a_key(people["ha.lt"].membership_id, name="Khác")[1])

    for number, one in enumerate((system, other)):
        assert send(one, case, sent(a_pdf(number)), key="k").status_code == 201
