"""The sheet of a commune's day: by reception point and officer, by charge, by way of paying."""

import re
from datetime import timedelta

import pytest

from cases import actions
from cases.actions import Elsewhere
from cases.choices import PaymentMethod, State
from cases.till import till_of_commune
from staff.models import Commune
from tests.cases.conftest import FRIDAY_MORNING, a_take, an_intake
from tests.cases.views.words import plain, text_of

SHEET = "/thu-tien/ca-xa/"
OWN = "/thu-tien/hom-nay/"
COPIES = {"procedure_code": "2.000815", "copies": 4}  # 2.000 đ each
SINGLE = {"procedure_code": "1.004873"}  # 10.000 đ


def take(case, by, *, at=FRIDAY_MORNING, version=None, **changes):
    return actions.take_payment(case.code, a_take(**changes), by=by, at=at, version=version or case.version)


@pytest.fixture
def day(case_at, people):
    """Two officers took 8.000, 10.000 and 8.000; the last was voided within the day."""
    first, second, third = (case_at(State.REGISTERED, **kind) for kind in (COPIES, SINGLE, COPIES))
    take(first, people["ha.lt"], number=1)
    take(second, people["hien.vt"], number=2, amount_vnd=10_000, method=PaymentMethod.QR)
    voided = take(third, people["hien.vt"], number=3)
    actions.void_payment(
        third.code, voided.pk, by=people["hien.vt"], at=FRIDAY_MORNING, version=2, reason="Ghi nhầm"
    )
    return first, second, third


def tables_of(response):
    """The rows of each table, foot included, as words."""
    return [
        [plain(row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]]
        for table in re.findall(r"<table.*?</table>", text_of(response), re.DOTALL)
    ]


def test_sheet_reconciles_what_was_taken_voided_and_left_in_three_ways(day, browse_as):
    points, charges, ways, entries = tables_of(browse_as("long.td").get(SHEET))
    whole = "Tổng cộng 3 hủy 1 26.000 đ 8.000 đ 18.000 đ"

    assert [rows[-1] for rows in (points, charges, ways)] == [whole] * 3
    assert [row for row in points if row.startswith(("Lê Thu Hà", "Vũ Thị Hiền"))] == [
        "Lê Thu Hà 1 8.000 đ – 8.000 đ",
        "Vũ Thị Hiền 2 hủy 1 18.000 đ 8.000 đ 10.000 đ",
    ]
    assert charges[:-1] == [
        "Phí chứng thực bản sao từ bản chính Phí 2 hủy 1 16.000 đ 8.000 đ 8.000 đ",
        "Lệ phí hộ tịch Lệ phí 1 10.000 đ – 10.000 đ",
    ]
    assert ways[:-1] == ["Tiền mặt 2 hủy 1 16.000 đ 8.000 đ 8.000 đ", "Quét mã QR 1 10.000 đ – 10.000 đ"]
    assert [row.rpartition(" ")[0].rpartition(" ")[2] for row in entries] == [
        "8.000",
        "10.000",
        "8.000",
        "-8.000",
    ]


def test_sheet_of_the_day_of_a_void_gives_the_money_back_there(case_at, people, browse_as):
    case = case_at(State.REGISTERED, **COPIES)
    payment, monday = take(case, people["ha.lt"]), FRIDAY_MORNING + timedelta(days=3)
    actions.void_payment(case.code, payment.pk, by=people["ha.lt"], at=monday, version=2, reason="Trả lại")
    director = browse_as("long.td")
    friday, after = (
        tables_of(director.get(SHEET, {"day": day}))[1][-1] for day in ("20/11/2026", "2026-11-23")
    )

    assert friday == "Tổng cộng 1 8.000 đ – 8.000 đ"
    assert after == "Tổng cộng 0 hủy 1 0 đ 8.000 đ -8.000 đ"


def test_take_in_two_parts_fills_the_fee_lines_in_their_order(case_at, people):
    case = case_at(State.REGISTERED, **COPIES)
    take(case, people["ha.lt"], number=1, amount_vnd=3_000)
    take(case, people["ha.lt"], number=2, amount_vnd=5_000, version=2)
    till = till_of_commune(people["long.td"], FRIDAY_MORNING.date())

    assert [line.taken_vnd for line in till.by_charge] == [8_000]
    assert sum(part for entry in till.entries for _row, part in entry.shares) == till.total_vnd == 8_000


def test_sheet_of_a_day_without_money_says_so(day, browse_as):
    response = browse_as("thanh.nt").get(SHEET, {"day": "19/11/2026"})

    assert (response.status_code, tables_of(response)) == (200, [])
    assert "Ngày này xã không thu khoản nào." in text_of(response)


def test_sheet_holds_nothing_of_a_neighbour(day, browse_as, people):
    neighbour = till_of_commune(people["buong.lv"], FRIDAY_MORNING.date())

    assert neighbour.entries == []


@pytest.mark.parametrize(
    ("username", "status"),
    [("long.td", 200), ("thanh.nt", 200), ("ha.lt", 403), ("thu.nt", 403), ("duc.hm", 403)],
)
def test_sheet_is_for_those_who_answer_for_the_commune(browse_as, username, status):
    assert browse_as(username).get(SHEET).status_code == status


# transactions (2), session, officer with memberships, scope, takes, fee lines, unread notices
@pytest.mark.parametrize("times", [1, 3])
def test_sheet_asks_a_fixed_number_of_queries(case_at, people, browse_as, django_assert_num_queries, times):
    for number in range(1, times + 1):
        take(case_at(State.REGISTERED, **COPIES), people["ha.lt"], number=number)
    director = browse_as("long.td")
    director.get(SHEET)

    with django_assert_num_queries(9):
        director.get(SHEET)


def test_sheets_name_the_money_that_was_taken_for_other_communes(browse_as, people):
    clerk, muong_lat = people["ha.lt"], Commune.objects.get(gso_code="14845")
    for taken, at in ((8000, FRIDAY_MORNING), (0, FRIDAY_MORNING), (10_000, FRIDAY_MORNING - timedelta(1))):
        intake = an_intake(clerk)
        actions.register_elsewhere(intake, Elsewhere(muong_lat.pk, taken), by=clerk, at=at)

    [own], [whole] = (
        tables_of(browse_as(name).get(page)) for name, page in (("ha.lt", OWN), ("long.td", SHEET))
    )

    assert own == whole
    assert own[0].endswith("Xã Mường Lát Lê Thu Hà 8.000 đ")
    assert own[1:] == ["Tổng cộng 8.000 đ"]
    assert tables_of(browse_as("hien.vt").get(OWN)) == []
    assert tables_of(browse_as("buong.lv").get(SHEET)) == []
