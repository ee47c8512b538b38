"""Cases over the interface: the same rules, doors and words as the pages."""

import json
import uuid
from datetime import date, timedelta

import pytest

from cases.api import case_examples as examples
from cases.choices import State
from cases.models import Case
from staff.models import AccessLog, ApiAnswer, Membership
from tests.cases.api.conftest import CASES, OtherSystem, a_key, codes_of, moves_of, without
from tests.cases.conftest import copies_of

pytestmark = pytest.mark.django_db
INTAKE = examples.INTAKE_BODY
LATE = {"received_at": "2026-11-19T15:30", "reason": "mất điện"}
FORWARD = {"action": "forward", "version": 1}


def test_register_answers_as_described(system):
    answer = system.post(CASES, INTAKE)

    case = Case.objects.get()
    assert answer.status_code == 201
    assert without(answer.json(), "tracking_url") == without(examples.CREATED_ANSWER, "tracking_url")
    assert answer.json()["tracking_url"].endswith(f"/tra-cuu/t/{case.tracking_token}/")
    assert case.papers.values_list("name", "originals")[0] == (examples.PAPER["name"], 1)


def test_register_repeated_with_its_key_gets_the_same_answer(system):
    key = str(uuid.uuid4())
    first, again = (system.post(CASES, INTAKE, key=key) for _turn in range(2))

    assert (again.status_code, again.content) == (201, first.content)
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Case.objects.count() == 1


def test_register_after_its_answer_was_pruned_still_writes_no_second_case(system):
    first = system.post(CASES, INTAKE, key="k")
    ApiAnswer.objects.all().delete()

    assert system.post(CASES, INTAKE, key="k").json() == first.json()
    assert Case.objects.count() == 1


def test_key_that_is_used_for_another_case_after_its_answer_was_pruned_writes_that_case(system):
    system.post(CASES, INTAKE, key="k")
    ApiAnswer.objects.all().delete()

    answer = system.post(CASES, INTAKE | {"principal": {"name": "Lê Thị Hương"}}, key="k")

    assert answer.status_code == 201
    assert Case.objects.get(code=answer.json()["code"]).principal_name == "Lê Thị Hương"
    assert Case.objects.count() == 2


def test_key_that_came_with_another_request_is_refused(system):
    system.post(CASES, INTAKE, key="k")

    answer = system.post(CASES, INTAKE | {"copies": 2}, key="k")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_keys_of_two_tokens_do_not_meet(system_of, people):
    first = system_of("ha.lt").post(CASES, INTAKE, key="k")
    other = OtherSystem(a_key(people["ha.lt"].membership_id, name="Khác")[1])
    second = other.post(CASES, INTAKE | {"another_request": first.json()["code"]}, key="k")

    assert (first.status_code, second.status_code) == (201, 201)
    assert Case.objects.count() == 2


def test_refused_request_may_come_again_with_its_key(system):
    assert system.post(CASES, INTAKE | {"copies": 0}, key="k").status_code == 422

    assert system.post(CASES, INTAKE, key="k").status_code == 201


def test_answers_are_kept_encrypted(system):
    system.post(CASES, INTAKE)

    assert b"H56" not in bytes(ApiAnswer.objects.get().body_enc)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("a b", "idempotency_key_invalid"),
        ("x" * 101, "idempotency_key_invalid"),
    ],
)
def test_post_without_a_usable_key_is_malformed(system, key, code):
    headers = system.headers | ({"idempotency-key": key} if key else {})

    answer = system.client.post(CASES, INTAKE, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"procedure": "9.999999"}, [("procedure", "procedure_unknown")]),
        ({"procedure": 5}, [("procedure", "procedure_unknown")]),
        ({"procedure": {}}, [("procedure", "invalid")]),
        ({"procedure": "a\x00"}, [("procedure", "null_characters_not_allowed")]),
        ({"principal": None}, [("principal", "null")]),
        ({"principal": {"name": " "}}, [("principal.name", "blank")]),
        ({"principal": {"name": "A", "number": "12"}}, [("principal.number", "number_invalid")]),
        ({"principal": {"name": "A", "birth": "1985-02-30"}}, [("principal.birth", "date_unknown")]),
        ({"principal": {"name": "A", "phone": "12"}}, [("principal.phone", "phone_invalid")]),
        ({"filer": {"name": "B" * 201}}, [("filer.name", "max_length")]),
        ({"papers": [{"code": "xx"}]}, [("papers.0.code", "invalid_choice")]),
        (
            {"papers": [], "papers_in_database": False},
            [("papers.01", "paper_missing"), ("papers.07", "paper_missing")],
        ),
        ({"late": LATE | {"received_at": "2026-02-30T09:00"}}, [("late.received_at", "date_unknown")]),
        ({"late": LATE | {"received_at": "2026-11-21T09:00"}}, [("late.received_at", "late_in_future")]),
        ({"delivery": "post"}, [("delivery_address", "required")]),
        ({"nothing": 1}, [("nothing", "unknown_field")]),
        ({"copies": 10**400}, [("copies", "max_value")]),
    ],
)
def test_register_with_something_wrong_says_where(system, changes, errors):
    answer = system.post(CASES, INTAKE | changes)

    assert (answer.status_code, codes_of(answer)) == (422, errors)
    assert Case.objects.count() == 0


def test_register_the_same_request_again_is_asked_about(system):
    code = system.post(CASES, INTAKE).json()["code"]

    assert codes_of(system.post(CASES, INTAKE)) == [("another_request", "duplicate")]
    assert system.post(CASES, INTAKE | {"another_request": code}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"NaN", 400),
        (b"[" * 200_000, 400),
        (b"[]", 422),
        (b'"\\ud800"', 422),
        (b'{"\\ud800": 1}', 422),
        (b" " * (1024 * 1024 + 1), 413),
    ],
)
@pytest.mark.parametrize("path", [CASES, "moves"])
def test_body_that_is_none_is_a_problem(system, case, path, body, status):
    headers = system.headers | {"idempotency-key": "k"}
    path = moves_of(case) if path == "moves" else path

    answer = system.client.post(path, body, content_type="application/json", headers=headers)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}"), ('{"papers":[', "]}")])
def test_body_of_any_depth_is_no_fault(system, case, opened, closed):
    headers = system.headers | {"idempotency-key": "k"}
    statuses = {}
    for depth in (1, 5, 9, 10, 11, 19, 20, 21, 100, *range(300, 1050, 15)):
        body = opened * depth + "1" + closed * depth
        for path in (CASES, moves_of(case)):
            answer = system.client.post(path, body, content_type="application/json", headers=headers)
            statuses[depth, path] = answer.status_code

    levels = len(opened.replace('"papers":', "").replace('"a":', ""))
    assert statuses == {asked: 400 if asked[0] * levels > 20 else 422 for asked in statuses}


def test_case_answers_as_described(system):
    system.post(CASES, INTAKE)
    moments = ("received_at", "history", "tracking_url", "papers")

    answer = system.get(f"{CASES}{examples.CASE_CODE}/").json()

    assert without(answer, *moments) == without(examples.CASE_ANSWER, *moments)
    assert without(answer["papers"][0], "id") == without(examples.PAPER, "id")
    [step] = answer["history"]
    moments = ("occurred_at", "recorded_at")
    assert without(step, *moments) == without(examples.REGISTERED, *moments)
    assert step["occurred_at"][:16] == examples.RECEIVED[:16]


def test_history_names_to_whom_a_case_was_given(system, case_at, people):
    case = case_at(State.IN_PROGRESS)

    [forwarded, _registered] = system.get(f"{CASES}{case.code}/").json()["history"]

    assert people["duc.hm"].officer_name in forwarded["text"]


def test_case_names_no_number_in_full(system, case):
    assert "038185012346" not in system.get(f"{CASES}{case.code}/").content.decode()


@pytest.mark.parametrize(
    ("address", "what"),
    [("", "case"), ("papers/", "papers"), ("documents/receipt-1/", "receipt")],
)
def test_opening_a_case_is_noted(system, case, people, address, what):
    assert system.get(f"{CASES}{case.code}/{address}").status_code == 200

    row = AccessLog.objects.get()
    assert (row.case_code, row.what, row.membership_id) == (case.code, what, people["ha.lt"].membership_id)


def test_case_of_strangers_does_not_exist(system_of, case):
    stranger = system_of("mai.lt")

    for address in ("", "papers/", "documents/", "documents/receipt-1/"):
        answer = stranger.get(f"{CASES}{case.code}/{address}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    body = {"action": "withdraw", "version": 1, "arguments": {"reason": "x"}}
    assert stranger.post(moves_of(case), body).status_code == 404
    assert AccessLog.objects.count() == 0


def test_documents_answer_as_described_and_the_pdf_is_one(system, case):
    answer = system.get(f"{CASES}{case.code}/documents/")
    pdf = system.get(answer.json()["results"][0]["url"])

    assert answer.json() == examples.DOCUMENTS_ANSWER
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert system.get(f"{CASES}{case.code}/documents/receipt-2/").status_code == 404


def test_handler_may_not_register(system_of):
    assert system_of("duc.hm").post(CASES, INTAKE).status_code == 403


def test_list_answers_as_described(system, case):
    assert system.get(CASES).json() == examples.LIST_ANSWER


def test_list_goes_forth_and_back_by_its_links(system, case):
    copies_of(case, [case.due_at + timedelta(minutes=number) for number in range(1, 45)])
    codes, path, pages = [], f"{CASES}?size=20", []
    while path:
        page = system.get(path).json()
        pages.append([row["code"] for row in page["results"]])
        codes, path = codes + pages[-1], page["next"]

    assert (len(codes), len(set(codes)), len(pages)) == (45, 45, 3)
    assert [row["code"] for row in system.get(page["previous"]).json()["results"]] == pages[1]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"view": "all"}, ("view", "invalid_choice")),
        ({"size": "7"}, ("size", "invalid_choice")),
        ({"holder": "me"}, ("holder", "invalid")),
        ({"after": "x"}, ("after", "page_key_unknown")),
        ({"stat": "in_progress"}, ("stat", "unknown_parameter")),
        ({"point": ""}, ("point", "invalid")),
        (
            {"after": "2026-11-20,x", "order": "newest", "before": "2026-11-20,x"},
            ("before", "after_and_before"),
        ),
    ],
)
def test_list_refuses_what_it_cannot_read(system, query, error):
    answer = system.get(CASES, **query)

    assert (answer.status_code, codes_of(answer)) == (422, [error])


@pytest.mark.parametrize("offset", ["+23:00", "-23:59", "+15:59:59.5"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_list_goes_on_from_a_moment_of_any_offset(system, case, name, offset):
    answer = system.get(CASES, **{name: f"2026-11-20T00:00:00{offset},x"})

    assert [row["code"] for row in answer.json()["results"]] == [case.code]


def test_list_shows_only_the_cases_of_the_commune(system_of, case):
    assert system_of("mai.lt").get(CASES).json()["results"] == []


def test_list_query_count_does_not_grow(system, case, django_assert_num_queries):
    copies_of(case, [case.due_at] * 30)
    Case.objects.filter(pk=case.pk).update(holder_id=case.typed_by_id)
    system.get(CASES)

    # eight: savepoint, key, scope, calendar, page, its procedures, its holders, release
    with django_assert_num_queries(8):
        assert len(system.get(CASES).json()["results"]) == 20


def test_case_query_count_does_not_grow(system, case, django_assert_num_queries):
    system.get(f"{CASES}{case.code}/")

    # seven: savepoint, key, scope, case, its lists, note of the opening, release
    with django_assert_num_queries(7):
        system.get(f"{CASES}{case.code}/")


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer motcua_x", "Basic eDp5", "Bearer \xff"])
def test_without_a_key_nothing_opens(system, case, authorization):
    headers = {"authorization": authorization} if authorization else {}

    answer = system.client.get(CASES, headers=headers)

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="Mot Cua"')
    assert answer["Content-Type"] == "application/problem+json"


def test_session_opens_no_interface_and_key_no_page(browse_as, system, case):
    assert browse_as("ha.lt").get(CASES).status_code == 401
    assert system.get(f"/ho-so/{case.code}/").status_code == 302


def test_key_ends_with_its_membership(system, people):
    Membership.objects.filter(pk=people["ha.lt"].membership_id).update(valid_to=date(2026, 11, 19))

    answer = system.get(CASES)

    assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")


@pytest.mark.parametrize("username", ["hung.tv", "son.lv", "lan.pt", "trang.dt"])
def test_roles_without_cases_open_nothing(system_of, username):
    assert system_of(username).get(CASES).status_code == 403


def test_requests_beyond_the_limit_are_told_when_to_come_again(system, settings):
    settings.API_PER_MINUTE_TOKEN = 2

    answers = [system.get(CASES) for _turn in range(4)]

    assert {answer.status_code for answer in answers[-1:]} == {429}
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert json.loads(answers[-1].content)["code"] == "throttled"
