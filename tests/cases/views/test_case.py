"""One case on its page: who may open it, what is noted, what it shows, and its receipt."""

import re
from datetime import timedelta

import pytest

from cases import actions
from cases.actions import Person
from cases.choices import State
from staff.models import AccessLog
from tests.cases.conftest import FRIDAY_MORNING
from tests.cases.views.words import page, plain, step, text_of


@pytest.mark.parametrize("rest", ["", "da-tiep-nhan/", "buoc/forward/"])
@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("ha.lt", 200),
        ("duc.hm", 200),
        ("thanh.nt", 200),
        ("long.td", 200),
        ("yen.pt", 404),  # another field
        ("mai.lt", 404),  # another commune
        ("hung.tv", 403),  # administrator of the commune
        ("son.lv", 403),
        ("lan.pt", 403),
    ],
)
def test_case_opens_to_those_who_may_see_it_and_is_noted_then(case_at, browse_as, rest, username, status):
    case = case_at(State.REGISTERED)

    response = browse_as(username).get(page(case) + rest)

    assert response.status_code == status
    assert ("Lê Thị Hương" in text_of(response)) == (status == 200)
    assert AccessLog.objects.filter(case_code=case.code).count() == (status == 200)


@pytest.mark.parametrize("path", ["/ho-so/H56.99.02.22-261120-9999/", "/ho-so/x/buoc/approve/"])
def test_case_that_does_not_exist_is_not_found(browse_as, path):
    assert browse_as("ha.lt").get(path).status_code == 404


def test_case_opened_again_within_the_hour_is_noted_once(case_at, browse_as, clock_shows):
    case = case_at(State.REGISTERED)
    clerk = browse_as("ha.lt")

    for minutes in (0, 5, 17, 18, 25):  # 9:42, 9:47, 9:59, 10:00, 10:07
        clock_shows(FRIDAY_MORNING + timedelta(minutes=minutes))
        clerk.get(page(case))
        clerk.get(step(case, "forward"))

    noted = AccessLog.objects.filter(case_code=case.code).order_by("at")
    assert [(row.what, row.officer.username, row.at.minute) for row in noted] == [
        ("case", "ha.lt", 42),
        ("case", "ha.lt", 0),
    ]


def test_case_tells_how_many_opened_it_today(case_at, browse_as):
    case = case_at(State.REGISTERED)
    browse_as("ha.lt").get(page(case))

    response = browse_as("long.td").get(page(case))

    assert "Hôm nay: 2 lượt, 2 cán bộ." in plain(text_of(response))


# transaction (2), session, officer with memberships, scope, case, note, everything beside the case
@pytest.mark.parametrize(
    "state", [State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RESOLVED, State.RETURNED]
)
def test_case_asks_eight_queries_in_every_state(case_at, browse_as, django_assert_num_queries, state):
    case = case_at(state)
    clerk = browse_as("ha.lt")
    clerk.get(page(case))

    with django_assert_num_queries(8):
        clerk.get(page(case))


@pytest.mark.parametrize(
    ("state", "username", "offered"),
    [
        (State.REGISTERED, "ha.lt", ["forward", "withdraw"]),
        (State.REGISTERED, "duc.hm", ["claim"]),
        (State.IN_PROGRESS, "duc.hm", ["submit", "hand_on"]),
        (State.IN_PROGRESS, "thanh.nt", []),
        (State.AWAITING_APPROVAL, "thanh.nt", ["approve", "send_back"]),
        (State.AWAITING_APPROVAL, "ha.lt", ["withdraw"]),
        (State.RESOLVED, "ha.lt", ["hand_over"]),
        (State.RETURNED, "ha.lt", []),
    ],
)
def test_case_offers_the_moves_of_this_officer(case_at, browse_as, state, username, offered):
    case = case_at(state)

    response = browse_as(username).get(page(case))

    assert re.findall(rf'href="/ho-so/{case.code}/buoc/(\w+)/"', text_of(response)) == offered


def test_withdrawn_case_shows_no_draft_as_waiting(case_at, browse_as, people):
    case = case_at(State.AWAITING_APPROVAL)
    actions.withdraw_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version, reason="Xin rút"
    )

    shown = text_of(browse_as("thanh.nt").get(page(case)))

    assert "Dự thảo chờ ký" not in shown
    assert "Hồ sơ đã xong, không còn việc phải làm." in shown


def test_case_shows_a_filer_of_the_same_name_as_somebody_else(case_at, browse_as):
    namesake = Person(name="Lê Thị Hương", phone="+84912345777", mandate="Giấy ủy quyền 12/2026")
    case = case_at(State.REGISTERED, filer=namesake)

    shown = plain(text_of(browse_as("ha.lt").get(page(case))))

    assert "Người nộp Lê Thị Hương, 0912 345 777 Giấy ủy quyền 12/2026" in shown


def test_case_filed_by_the_principal_names_no_filer(case_at, browse_as):
    case = case_at(State.REGISTERED)

    assert "Người nộp" not in text_of(browse_as("ha.lt").get(page(case)))


def test_case_masks_the_number_of_the_principal(case_at, browse_as):
    shown = text_of(browse_as("ha.lt").get(page(case_at(State.REGISTERED))))

    assert "038•••••2346" in shown
    assert "038185012346" not in shown


def test_receipt_opens_as_a_document_and_is_noted(case_at, browse_as):
    case = case_at(State.REGISTERED)

    response = browse_as("ha.lt").get(f"{page(case)}giay-tiep-nhan.pdf")

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'inline; filename="{case.code}.pdf"'
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]
    assert list(AccessLog.objects.values_list("case_code", "what")) == [(case.code, "receipt")]


@pytest.mark.parametrize(("username", "status"), [("mai.lt", 404), ("yen.pt", 404), ("hung.tv", 403)])
def test_receipt_of_a_stranger_stays_closed(case_at, browse_as, username, status):
    case = case_at(State.REGISTERED)

    assert browse_as(username).get(f"{page(case)}giay-tiep-nhan.pdf").status_code == status
