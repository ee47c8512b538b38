"""The catalogue for machines: found, paged, told in full."""

import pytest

from procedures.api import examples
from procedures.models import Procedure

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/procedures/"


def codes_of(answer):
    return [row["code"] for row in answer.json()["results"]]


def walk(client, first, link):
    """All pages from one address on, along its links."""
    pages, address = [], first
    while address:
        answer = client.get(address)
        pages.append(codes_of(answer))
        address = answer.json()[link]
    return pages


def test_list_by_code_answers_as_the_description_shows(client):
    answer = client.get(ADDRESS, {"q": "1.004873"})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == examples.LIST_ANSWER


def test_detail_is_the_example_of_the_description(client):
    assert client.get("/api/v1/procedures/2.000815/").json() == examples.DETAIL_ANSWER


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("giay khai sinh", "1.001193"),
        ("1004873", "1.004873"),
        ("chứng thực bản sao", "2.000815"),
        ("  mở   hộ kinh doanh ", "1.001612"),
    ],
)
def test_list_with_words_is_best_first(client, words, first):
    assert codes_of(client.get(ADDRESS, {"q": words}))[0] == first


def test_list_without_words_is_in_code_order(client):
    codes = codes_of(client.get(ADDRESS))

    assert len(codes) == 20
    assert codes == sorted(codes)


def test_list_pages_by_their_links_hold_every_procedure_once(client):
    pages = walk(client, ADDRESS, "next")

    together = [code for page in pages for code in page]
    assert {len(page) for page in pages[:-1]} == {20}
    assert together == sorted(Procedure.objects.listed().values_list("code", flat=True))


def test_list_pages_backwards_are_those_forwards(client):
    answer = client.get(ADDRESS, {"size": "100"})
    forwards = walk(client, f"{ADDRESS}?size=100", "next")
    while answer.json()["next"]:
        answer = client.get(answer.json()["next"])

    backwards = [codes_of(answer)]
    backwards += walk(client, answer.json()["previous"], "previous")

    assert [code for page in reversed(backwards) for code in page] == [c for page in forwards for c in page]


def test_list_of_words_pages_in_the_order_of_the_search(client):
    pages = walk(client, f"{ADDRESS}?q=đăng ký", "next")

    together = [code for page in pages for code in page]
    assert together == codes_of(client.get(ADDRESS, {"q": "đăng ký", "size": "100"}))
    assert len(pages) > 1


def test_list_links_keep_words_and_size(client):
    link = client.get(ADDRESS, {"q": "đăng ký", "size": "20"}).json()["next"]

    assert link.startswith("/api/v1/procedures/?q=%C4%91%C4%83ng+k%C3%BD&size=20&after=")


def test_list_of_noise_is_empty(client):
    answer = client.get(ADDRESS, {"q": "🙈🙈🙈"})

    assert (answer.status_code, answer.json()) == (200, {"results": [], "next": None, "previous": None})


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (
            {"size": "7"},
            [
                {
                    "field": "size",
                    "code": "invalid_choice",
                    "message": "Giá trị không hợp lệ. Giá trị hợp lệ: 20, 50, 100.",
                }
            ],
        ),
        (
            {"after": "9.999999"},
            [
                {
                    "field": "after",
                    "code": "page_key_unknown",
                    "message": "Danh sách không có mã này; mở lại từ trang đầu.",
                }
            ],
        ),
        (
            {"before": "9.999999"},
            [
                {
                    "field": "before",
                    "code": "page_key_unknown",
                    "message": "Danh sách không có mã này; mở lại từ trang đầu.",
                }
            ],
        ),
        *(
            (
                {"after": after},
                [{"field": "after", "code": "invalid", "message": "Mã thủ tục có dạng 1.004873."}],
            )
            for after in ("x", "\x87", " ", "\u200b1.000656", "1.000656\n")
        ),
        (
            {"after": "1.000656", "before": "1.001193"},
            [
                {
                    "field": "before",
                    "code": "after_and_before",
                    "message": "Chỉ dùng một trong hai tham số after và before.",
                }
            ],
        ),
        (
            {"q": "a" * 5000},
            [{"field": "q", "code": "max_length", "message": "Nhiều nhất 500 ký tự, đang có 5000."}],
        ),
        (
            {"page": "2"},
            [{"field": "page", "code": "unknown_parameter", "message": "Không có tham số này."}],
        ),
    ],
)
def test_list_refuses_what_it_cannot_read(client, query, errors):
    answer = client.get(ADDRESS, query)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Dữ liệu chưa hợp lệ",
        "status": 422,
        "code": "invalid",
        "detail": "Một hoặc nhiều trường chưa hợp lệ; xem danh sách lỗi.",
        "errors": errors,
    }


@pytest.mark.parametrize(("query", "rows"), [({"q": "1.004873"}, 1), ({}, 20), ({"size": "100"}, 100)])
def test_list_asks_the_same_few_queries_for_any_page(client, django_assert_num_queries, query, rows):
    client.get(ADDRESS, query)  # builds the index of this process

    with django_assert_num_queries(4):  # the read transaction (2), the revision, the versions
        answer = client.get(ADDRESS, query)

    assert len(codes_of(answer)) == rows


def test_procedure_tells_all_that_its_version_publishes(client):
    told = client.get(f"{ADDRESS}2.000815/").json()

    assert told["fees"] == [
        {
            "code": "01",
            "situation": None,
            "name": "Phí chứng thực bản sao từ bản chính",
            "kind": "fee",
            "authority": "central",
            "amount_vnd": None,
            "unit": "per_page",
            "tiers": [[1, 2000], [3, 1000]],
            "cap_vnd": 200000,
            "certainty": "S",
            "basis": "Thông tư 226/2016/TT-BTC",
            "channels": [],
        }
    ]
    assert [(row["channel"], row["unit"], row["text"], row["certainty"]) for row in told["terms"]] == [
        ("counter", "same_day", "trong ngày", "S"),
        ("online", "same_day", "trong ngày", "S"),
    ]
    assert [paper["kind"] for paper in told["papers"]] == ["presented", "paper", "note", "note"]
    assert told["legal_bases"][0]["number"] == "23/2015/NĐ-CP"
    assert (told["valid_from"], told["valid_to"], told["decision_number"]) == ("2025-07-01", None, "")
    assert (told["is_immediate"], told["categories"], told["situations"]) == (True, [], [])


def test_procedure_names_situations_and_groups_for_the_quote(client):
    told = client.get(f"{ADDRESS}1.004873/").json()

    assert [row["slug"] for row in told["situations"]] == ["unmarried", "divorced", "widowed"]
    assert told["categories"] == ["disabled", "meritorious_family", "poor_household", "vneid2_five_papers"]
    assert [paper["situation"] for paper in told["papers"]][:3] == [None, "divorced", "widowed"]


def test_procedure_with_lost_zeros_is_found_under_its_whole_code(client):
    assert client.get(f"{ADDRESS}2.00072/").json()["code"] == "2.000720"


@pytest.mark.parametrize(
    "code", ["9.999999", "x", "1.", "1.004873x", "a" * 5000, "🙈", "-1", "1000000000000"]
)
@pytest.mark.parametrize("tail", ["", "quote/?channel=counter"])
def test_procedure_unknown_is_a_404_problem(client, code, tail):
    answer = client.get(f"{ADDRESS}{code}/{tail}")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "title": "Không tìm thấy",
        "status": 404,
        "code": "procedure_unknown",
        "detail": "Không có thủ tục mang mã này.",
        "errors": [],
    }


def test_procedure_asks_ten_queries(client, django_assert_num_queries):
    with django_assert_num_queries(10):  # transaction (2), version, its five lists, situations, exemptions
        client.get(f"{ADDRESS}1.004873/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_is_a_405_problem(client, method):
    answer = getattr(client, method)(ADDRESS)

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
