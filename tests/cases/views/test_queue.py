"""The list of cases: page and fragment, pages of rows, hostile addresses, looking up."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils.html import escape

from cases.actions import Person
from cases.choices import State
from cases.queues import PageKey, write_key
from staff.models import Membership
from tests.calendar_table import moment
from tests.cases.conftest import copies_of

QUEUE = "/ho-so/"
FIND = "/ho-so/tim/"
DUE = moment("2026-11-26 17:00")  # Thursday
# transactions (2), session, officer with memberships, scope, calendar, strip with unread notices, page
QUERIES = 8
NOTHING_HERE = "Không có hồ sơ nào ở mục này."
NOTHING_FOUND = "Không có hồ sơ nào như vậy trong phạm vi của ông bà."


def text_of(response):
    return response.content.decode()


def rows_of(response):
    return re.findall(r'<tr data-row>.*?<a href="/ho-so/([^"/]+)/"[^>]*>', text_of(response), re.DOTALL)


def rows_html_of(response):
    return "".join(re.findall(r"<tr data-row>.*?</tr>", text_of(response), re.DOTALL))


def link_of(response, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', text_of(response))
    return unescape(found[1]) if found else None


@pytest.fixture
def clerk_browser(browse_as):
    return browse_as("ha.lt")


@pytest.fixture
def fifty_five(case_at):
    case = case_at(State.REGISTERED)
    copies = copies_of(case, [DUE + timedelta(hours=number // 3) for number in range(54)])
    return [case.code, *(copy.code for copy in copies)]


@pytest.mark.parametrize("number", [1, 20])
def test_queue_asks_the_same_queries_for_one_row_and_for_twenty(
    case_at, clerk_browser, number, django_assert_num_queries
):
    copies_of(case_at(State.IN_PROGRESS), [DUE] * (number - 1))
    clerk_browser.get(QUEUE)  # the first request of a session notes its moment

    with django_assert_num_queries(QUERIES):
        response = clerk_browser.get(QUEUE)

    assert len(rows_of(response)) == number


def test_queue_row_says_what_an_officer_needs(case_at, clerk_browser):
    case = case_at(State.IN_PROGRESS)

    row = re.search(r"<tr data-row>.*?</tr>", text_of(clerk_browser.get(QUEUE)), re.DOTALL)[0]
    cells = [
        re.sub(r"<[^>]+>|&ensp;", " ", cell).split() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
    ]

    assert [" ".join(cell) for cell in cells] == [
        "",
        "Còn 3 ngày",
        "T5 26/11",
        case.code.partition("-")[2],
        f"1.004873 {case.procedure.name}",
        "Lê Thị Hương",
        "Đang giải quyết",
        "Trực tiếp",
        "Hoàng Minh Đức",
    ]


def test_queue_names_a_holder_who_left_with_one_more_query(
    case_at, clerk_browser, people, django_assert_num_queries
):
    held, left = case_at(State.IN_PROGRESS), people["duc.hm"]
    for _number in range(2):
        clerk_browser.get(QUEUE)
    with django_assert_num_queries(QUERIES):
        assert "Hoàng Minh Đức" in rows_html_of(clerk_browser.get(QUEUE))

    Membership.objects.filter(officer_id=left.officer_id).update(valid_to=date(2026, 11, 19))

    with django_assert_num_queries(QUERIES + 1):
        there = rows_html_of(clerk_browser.get(QUEUE))
    assert (held.code in there, "Hoàng Minh Đức" in there) == (True, True)
    assert "Hoàng Minh Đức" in rows_html_of(clerk_browser.post(FIND, {"q": "huong"}))


def test_queue_as_fragment_is_the_table_alone(case_at, clerk_browser):
    case_at(State.REGISTERED)

    fragment = clerk_browser.get(QUEUE, headers={"HX-Request": "true"})
    page = clerk_browser.get(QUEUE)

    assert text_of(fragment).lstrip().startswith('<div id="queue-table"')
    assert "<html" not in text_of(fragment)
    assert text_of(fragment).strip() in text_of(page)
    assert ("HX-Request" in fragment["Vary"], "HX-Request" in page["Vary"]) == (True, True)


def test_queue_restored_from_history_is_the_whole_page(clerk_browser):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in text_of(clerk_browser.get(QUEUE, headers=headers))


def test_queue_pager_leads_through_all_cases_and_back(fifty_five, clerk_browser):
    pages = [clerk_browser.get(QUEUE)]
    while link_of(pages[-1], "next"):
        pages.append(clerk_browser.get(link_of(pages[-1], "next")))
    back = [pages[-1]]
    while link_of(back[-1], "prev"):
        back.append(clerk_browser.get(link_of(back[-1], "prev")))

    assert [len(rows_of(page)) for page in pages] == [20, 20, 15]
    assert sorted(code for page in pages for code in rows_of(page)) == sorted(fifty_five)
    assert [rows_of(page) for page in back[::-1]] == [rows_of(page) for page in pages]
    assert link_of(pages[0], "prev") is None


def test_queue_pager_keeps_view_and_size(fifty_five, clerk_browser):
    following = link_of(clerk_browser.get(QUEUE, {"view": "waiting", "size": "50"}), "next")

    assert following.startswith("/ho-so/?view=waiting&size=50&after=")
    assert len(rows_of(clerk_browser.get(following))) == 5


@pytest.mark.parametrize(("size", "shown"), [("20", 20), ("50", 50), ("100", 55)])
def test_queue_shows_as_many_rows_as_chosen(fifty_five, clerk_browser, size, shown):
    assert len(rows_of(clerk_browser.get(QUEUE, {"size": size}))) == shown


@pytest.mark.parametrize(
    "query",
    [
        {"size": "1000000"},
        {"size": "-1"},
        {"size": "20; DROP TABLE"},
        {"size": "٢٠"},
        {"view": "everything"},
        {"view": "overdue' OR 1=1"},
        {"view": "a" * 5000},
        {"after": "yesterday"},
        {"after": "2026-13-45T99:99:99+07:00,x"},
        {"after": "2026-11-26T17:00:00,H56"},
        {"after": "2026-11-26T17:00:00+07:00"},
        {"after": ",,,,"},
        {"after": "9999-12-31T23:59:59-14:00,x"},
        {"after": "0001-01-01T00:00:00+14:00,"},
        {"before": "0001-01-01T00:00:00+14:00,x"},
        {"after": "0001-01-01T00:00:00+23:00,x"},
        {"after": "2020-11-20T00:00:00+23:00,x"},
        {"before": "💥,💥"},
    ],
)
def test_queue_with_a_strange_address_shows_the_first_page(fifty_five, clerk_browser, query):
    usual = rows_of(clerk_browser.get(QUEUE))

    response = clerk_browser.get(QUEUE, query)

    assert (response.status_code, rows_of(response)) == (200, usual)


def test_queue_reads_a_key_whose_plus_became_a_blank(fifty_five, clerk_browser):
    first = rows_of(clerk_browser.get(QUEUE))
    key = write_key(PageKey(DUE, first[1]))

    response = clerk_browser.get(f"{QUEUE}?after={key}")  # an unquoted + arrives as a blank

    assert rows_of(response)[:18] == first[2:]


@pytest.mark.parametrize(
    "view", ["open", "me", "waiting", "today", "soon", "overdue", "citizen", "signature", "ready"]
)
def test_queue_without_cases_says_so(clerk_browser, view):
    response = clerk_browser.get(QUEUE, {"view": view})

    assert NOTHING_HERE in text_of(response)
    assert f'view={view}&amp;size=20" aria-current="true"' in text_of(response)


def test_queue_of_another_commune_is_empty(case_at, browse_as):
    case_at(State.REGISTERED)

    assert rows_of(browse_as("mai.lt").get(QUEUE)) == []


@pytest.mark.parametrize("username", ["hung.tv", "son.lv", "lan.pt", "trang.dt"])
def test_queue_without_the_right_to_see_cases_is_refused(browse_as, username):
    browser = browse_as(username)

    assert (browser.get(QUEUE).status_code, browser.post(FIND, {"q": "a"}).status_code) == (403, 403)


def test_queue_takes_no_post(clerk_browser):
    assert clerk_browser.post(QUEUE).status_code == 405
    assert clerk_browser.get(FIND).status_code == 405


@pytest.mark.parametrize("text", ["huong", "Lê  Thị Hương ", "0001", "\u202ehương"])
def test_find_shows_what_fits_in_whatever_state(case_at, clerk_browser, text):
    case = case_at(State.RETURNED)

    response = clerk_browser.post(FIND, {"q": text})

    assert rows_of(response) == [case.code]
    assert case.code.partition("-")[0] + "-" in text_of(response)


def test_find_nothing_says_what_to_try(case_at, clerk_browser):
    case_at(State.REGISTERED)

    response = clerk_browser.post(FIND, {"q": "không ai tên vậy"})

    assert (response.status_code, rows_of(response)) == (200, [])
    assert NOTHING_FOUND in text_of(response)


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_find_without_words_goes_back_to_the_list(clerk_browser, text):
    response = clerk_browser.post(FIND, {"q": text})

    assert (response.status_code, response["Location"]) == (302, QUEUE)


def test_find_does_not_reach_into_another_commune_or_field(case_at, browse_as):
    case = case_at(State.REGISTERED)

    for username in ("mai.lt", "yen.pt"):
        response = browse_as(username).post(FIND, {"q": case.code[-4:]})
        assert rows_of(response) == [], username
        assert "Lê Thị Hương" not in text_of(response), username


def test_find_leads_through_all_pages_and_back_without_an_address(fifty_five, clerk_browser):
    pages = [clerk_browser.post(FIND, {"q": "hương"})]
    while key := key_of(pages[-1], "after"):
        pages.append(clerk_browser.post(FIND, {"q": "hương", "after": key}))
    back = clerk_browser.post(FIND, {"q": "hương", "before": key_of(pages[-1], "before")})

    assert [len(rows_of(page)) for page in pages] == [20, 20, 15]
    assert sorted(code for page in pages for code in rows_of(page)) == sorted(fifty_five)
    assert rows_of(back) == rows_of(pages[1])


def key_of(response, way):
    found = re.search(rf'name="{way}" value="([^"]+)"', text_of(response))
    return unescape(found[1]) if found else None


def test_find_with_a_thousand_letters_looks_for_the_first_hundred(case_at, clerk_browser):
    case_at(State.REGISTERED)

    response = clerk_browser.post(FIND, {"q": "hương" * 200})

    assert (response.status_code, rows_of(response)) == (200, [])
    assert "chỉ tìm theo 100 ký tự đầu" in text_of(response)


def test_find_shows_typed_words_as_text(case_at, clerk_browser):
    words = "<script>alert(1)</script>"
    case_at(State.REGISTERED, principal=Person(name=words))

    response = clerk_browser.post(FIND, {"q": words})

    assert len(rows_of(response)) == 1
    assert words not in text_of(response)
    assert escape(words) in text_of(response)


def test_find_keeps_the_words_out_of_every_address(case_at, clerk_browser):
    case_at(State.REGISTERED)

    response = clerk_browser.post(FIND, {"q": "Hương"})

    assert not re.search(r'(?:href|hx-get|action)="[^"]*(?:Hương|H%C6%B0)', text_of(response))


def test_queue_shows_its_conditions_each_with_the_address_without_it(fifty_five, clerk_browser):
    asked = {"view": "waiting", "channel": "counter", "holder": "none", "order": "newest", "size": "50"}

    text = unescape(text_of(clerk_browser.get(QUEUE, asked)))

    chips = re.findall(r'<li><a class="btn" href="([^"]+)"><span class="q">(.*?):</span> (.*?) <', text)
    assert chips == [
        ("/ho-so/?view=waiting&size=50&channel=counter&order=newest", "Người xử lý", "Chưa phân"),
        ("/ho-so/?view=waiting&size=50&holder=none&order=newest", "Cách nộp", "Trực tiếp"),
    ]


def test_queue_pager_keeps_conditions_and_order(fifty_five, clerk_browser):
    asked = {"view": "open", "channel": "counter", "order": "name"}

    following = link_of(clerk_browser.get(QUEUE, asked), "next")

    assert following.startswith("/ho-so/?view=open&size=20&channel=counter&order=name&after=H56.")
    assert len(rows_of(clerk_browser.get(following))) == 20


def test_queue_of_a_condition_that_cannot_be_says_so(case_at, clerk_browser):
    case = case_at(State.REGISTERED)

    response = clerk_browser.get(QUEUE, {"holder": "999999", "point": "zzz"})

    assert rows_of(response) == [case.code]
    assert "Đã bỏ qua điều kiện không dùng được ở đây: Người xử lý, Nơi nhận." in text_of(response)


def test_queue_with_conditions_asks_no_further_query(fifty_five, clerk_browser, django_assert_num_queries):
    asked = {"channel": "counter", "holder": "none", "state": "registered", "order": "name"}
    clerk_browser.get(QUEUE)

    with django_assert_num_queries(QUERIES):
        clerk_browser.get(QUEUE, asked)


@pytest.mark.parametrize(
    ("username", "view"), [("ha.lt", "open"), ("long.td", "open"), ("duc.hm", "me"), ("thanh.nt", "me")]
)
def test_queue_begins_with_what_the_role_looks_at_first(browse_as, username, view):
    assert f'view={view}&amp;size=20" aria-current="true"' in text_of(browse_as(username).get(QUEUE))


def test_page_after_registration_shows_the_last_three_and_leads_on(case_at, clerk_browser):
    made = [case_at(State.REGISTERED).code for _number in range(4)]

    text = text_of(clerk_browser.get(f"/ho-so/{made[3]}/da-tiep-nhan/"))

    strip = re.search(r'<p class="wrap full q mine-today">.*?</p>', text, re.DOTALL)[0]
    assert re.findall(r">(H56[^<]+)<", strip) == made[:0:-1]
    assert re.search(r'<a class="btn" href="/ho-so/moi/" autofocus>', text)
