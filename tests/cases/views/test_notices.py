"""What the office told an officer."""

import re
from datetime import timedelta

import pytest

from cases.choices import State
from cases.models import OfficerNotice
from cases.notices.drain import drain
from tests.cases.conftest import FRIDAY_MORNING

NOTICES = "/thong-bao/"
MARK_READ = "Đánh dấu đã đọc hết"


def text_of(response):
    return response.content.decode()


def bell_of(response):
    found = re.search(r'class="bell".*?<b>(\d+)<', text_of(response), re.DOTALL)
    return int(found[1]) if found else 0


@pytest.fixture
def signed(case_at):
    """A case on which everybody has been told something."""
    case = case_at(State.RESOLVED)
    drain(at=FRIDAY_MORNING + timedelta(seconds=10))
    return case


@pytest.mark.parametrize(
    ("username", "kinds"),
    [
        ("duc.hm", ["Kết quả đã ký, chờ trả", "Hồ sơ mới chuyển đến"]),
        ("thanh.nt", ["Có kết quả chờ ký"]),
        ("ha.lt", ["Kết quả đã ký, chờ trả"]),
        ("hien.vt", []),
        ("buong.lv", []),
    ],
)
def test_notices_are_ones_own_newest_first(signed, browse_as, username, kinds):
    response = browse_as(username).get(NOTICES)

    assert re.findall(r"<li class=\"wait\">.*?<b>(.*?)</b>", text_of(response)) == kinds
    assert text_of(response).count(f'href="/ho-so/{signed.code}/"') == len(kinds)
    assert bell_of(response) == len(kinds)


def test_notices_without_any_say_so(browse_as):
    response = browse_as("hien.vt").get(NOTICES)

    assert "Chưa có thông báo nào." in text_of(response)
    assert MARK_READ not in text_of(response)


def test_notices_stay_unread_by_being_looked_at(signed, browse_as):
    browser = browse_as("duc.hm")
    browser.get(NOTICES)

    assert bell_of(browser.get(NOTICES)) == 2


def test_notices_posted_are_read_for_this_officer_alone(signed, people, browse_as):
    browser = browse_as("duc.hm")

    response = browser.post(NOTICES)

    assert (response.status_code, response["Location"]) == (302, NOTICES)
    assert (bell_of(browser.get(NOTICES)), MARK_READ in text_of(browser.get(NOTICES))) == (0, False)
    unread = set(OfficerNotice.objects.filter(read_at=None).values_list("officer_id", flat=True))
    assert unread == {people["ha.lt"].officer_id, people["thanh.nt"].officer_id}


def test_notices_read_keep_the_moment_of_the_first_reading(signed, browse_as, clock_shows):
    browser = browse_as("duc.hm")
    browser.post(NOTICES)
    first = set(OfficerNotice.objects.exclude(read_at=None).values_list("pk", "read_at"))
    clock_shows(FRIDAY_MORNING + timedelta(minutes=5))

    browser.post(NOTICES)

    assert set(OfficerNotice.objects.exclude(read_at=None).values_list("pk", "read_at")) == first


def test_notices_need_the_right_to_see_cases(browse_as):
    assert browse_as("hung.tv").get(NOTICES).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_notices_ask_the_same_queries_for_any_number(case_at, browse_as, number, django_assert_num_queries):
    for _case in range(number):
        case_at(State.AWAITING_APPROVAL)
    drain(at=FRIDAY_MORNING + timedelta(seconds=10), batch=100)
    browser = browse_as("thanh.nt")
    browser.get(NOTICES)

    with django_assert_num_queries(8):  # transactions (2), session, officer, scope, notices, bell
        assert bell_of(browser.get(NOTICES)) == number
