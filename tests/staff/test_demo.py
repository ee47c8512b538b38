from datetime import date

import pytest

from staff.demo import create_demo_accounts
from staff.models import Membership, Officer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)  # Friday
DEMO_PASSWORD = "mot-cua-mo-ra-lang-que"


def test_create_demo_accounts_tells_each_account():
    rows = create_demo_accounts(DEMO_PASSWORD, day=DAY)

    assert len(rows) == Officer.objects.count() == 20
    assert rows[0] == ("ha.lt", "Lê Thu Hà", "Công chức tiếp nhận (Một cửa)", "Xã Định Hòa")
    assert (
        "ngan.ct",
        "Cao Thị Ngân",
        "Công chức tiếp nhận (Một cửa)",
        "Phường Hạc Thành, Xã Mường Lát",
    ) in rows
    assert ("lan.pt", "Phạm Thị Lan", "Kiểm tra, giám sát", "Cấp tỉnh") in rows


def test_create_demo_accounts_puts_the_two_clerks_at_their_points():
    create_demo_accounts(DEMO_PASSWORD, day=DAY)

    points = Membership.objects.filter(officer__username__in=["ha.lt", "hien.vt"])
    assert dict(points.values_list("officer__username", "reception_point__name")) == {
        "ha.lt": "Cơ sở 2 – Định Thành",
        "hien.vt": "Trụ sở xã",
    }


def test_create_demo_accounts_again_on_another_day_changes_nothing():
    create_demo_accounts(DEMO_PASSWORD, day=DAY)

    create_demo_accounts("another-password-2026", day=date(2026, 11, 23))  # Monday

    assert (Officer.objects.count(), Membership.objects.count()) == (20, 21)
    assert Officer.objects.get(username="ha.lt").check_password(DEMO_PASSWORD)


def test_create_demo_accounts_makes_one_that_must_change_its_password():
    create_demo_accounts(DEMO_PASSWORD, day=DAY)

    assert list(Officer.objects.filter(must_change_password=True).values_list("username", flat=True)) == [
        "moi.nv"
    ]
