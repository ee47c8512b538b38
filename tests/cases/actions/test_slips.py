"""A walk-in that is not accepted: one numbered slip, no case, no code, nothing in the queue."""

import uuid
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from cases import actions
from cases.choices import SlipKind
from cases.documents.receipt import snapshot_sha256
from cases.documents.slip import snapshot_of_slip
from cases.errors import CaseError
from cases.models import Case, CaseEvent, DailyCounter, OfficerNotice, ReceptionSlip
from staff.clock import LOCAL
from staff.models import AccessLog, ReceptionPoint
from tests.cases.actions.test_concurrency import at_once
from tests.cases.conftest import FRIDAY_MORNING, a_slip, an_intake

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 50, tzinfo=LOCAL)  # a Thursday
NEW_YEAR = datetime(2027, 1, 4, 8, 0, tzinfo=LOCAL)  # a Monday


def give(by, at=FRIDAY_MORNING, **changes):
    return actions.give_slip(a_slip(by, **changes), by=by, at=at)


def test_give_slip_keeps_what_was_said_and_begins_no_case(clerk):
    slip = ReceptionSlip.objects.get(pk=give(clerk, reason="Điền mục 5 của tờ khai").pk)

    assert (slip.kind, slip.number, slip.year, slip.key) == ("guidance", "1/HDHS", 2026, "2026-1")
    assert slip.missing == ["Tờ khai cấp Giấy xác nhận tình trạng hôn nhân"]
    assert (slip.name, slip.phone, slip.reason) == ("Lê Thị Hương", "+84912345018", "Điền mục 5 của tờ khai")
    assert (slip.issued_by_id, slip.issued_at, slip.issued_on) == (
        clerk.officer_id,
        FRIDAY_MORNING,
        date(2026, 11, 20),  # a Friday
    )
    assert slip.case is None
    for untouched in (Case, CaseEvent, DailyCounter, OfficerNotice):
        assert untouched.objects.count() == 0, untouched


def test_give_slip_snapshot_is_encrypted_and_sealed(clerk):
    slip = ReceptionSlip.objects.get(pk=give(clerk).pk)
    snapshot = snapshot_of_slip(slip)

    assert "Hương".encode() not in bytes(slip.snapshot_enc)
    assert snapshot["person"] == {"name": "Lê Thị Hương", "phone": "0912 345 018"}
    assert (snapshot["number"], snapshot["officer"]) == ("1/HDHS", clerk.officer_name)
    assert slip.sha256 == snapshot_sha256(snapshot)


def test_give_slip_numbers_count_both_kinds_by_commune_and_year(people):
    clerk, neighbour = people["ha.lt"], people["mai.lt"]
    refusal = {"kind": SlipKind.REFUSAL, "missing": (), "reason": "Không thuộc thẩm quyền"}

    given = [
        give(clerk, at=NEW_YEARS_EVE),
        give(clerk, at=NEW_YEARS_EVE, **refusal),
        give(neighbour, at=NEW_YEARS_EVE),
        give(clerk, at=NEW_YEAR),
    ]

    assert [slip.key for slip in given] == ["2026-1", "2026-2", "2026-1", "2027-1"]


def test_give_slip_with_the_same_key_is_the_first_slip(clerk):
    key = uuid.uuid4()
    first = give(clerk, intake_key=key)

    again = give(clerk, intake_key=key, name="Người khác")
    refused = give(clerk, intake_key=key, kind=SlipKind.REFUSAL, reason="Hết hạn")

    assert (again.pk, again.name) == (first.pk, "Lê Thị Hương")
    assert refused.key == "2026-2"


def test_give_slip_that_is_refused_leaves_no_gap(clerk, people):
    foreign = ReceptionPoint.objects.filter(commune_id=people["mai.lt"].commune_id).first()
    for change, code in (
        ({"reception_point_id": foreign.pk}, "unknown_point"),
        ({"procedure_code": "9.999999"}, "procedure_not_registrable"),
        ({"missing": ()}, "nothing_said"),
        ({"kind": SlipKind.REFUSAL}, "nothing_said"),
    ):
        with pytest.raises(CaseError) as refused:
            give(clerk, **change)
        assert refused.value.code == code

    assert give(clerk).key == "2026-1"


@pytest.mark.parametrize("kind", SlipKind)
@pytest.mark.parametrize("username", ["duc.hm", "thanh.nt", "long.td", "hung.tv", "son.lv"])
def test_give_slip_is_for_clerks_only(people, username, kind):
    slip = a_slip(people["ha.lt"], kind=kind, reason="Không thuộc thẩm quyền")

    with pytest.raises(CaseError) as refused:
        actions.give_slip(slip, by=people[username], at=FRIDAY_MORNING)

    assert (refused.value.code, ReceptionSlip.objects.count()) == ("not_allowed", 0)


def test_register_case_from_a_slip_says_so_on_the_slip(clerk):
    slip = give(clerk)

    case = actions.register_case(an_intake(clerk, slip=(2026, 1)), by=clerk, at=FRIDAY_MORNING)

    slip.refresh_from_db()
    assert slip.case_id == case.pk


def test_register_case_from_a_slip_that_a_case_followed_leaves_it_as_it_is(clerk):
    slip = give(clerk)
    first, second = (
        actions.register_case(an_intake(clerk, slip=(2026, 1)), by=clerk, at=FRIDAY_MORNING) for _ in range(2)
    )

    slip.refresh_from_db()
    assert (slip.case_id, second.pk != first.pk) == (first.pk, True)


def test_register_case_never_answers_a_slip_of_another_commune(people):
    slip = give(people["mai.lt"])

    actions.register_case(an_intake(people["ha.lt"], slip=(2026, 1)), by=people["ha.lt"], at=FRIDAY_MORNING)

    slip.refresh_from_db()
    assert slip.case_id is None


def test_slips_at_hand_are_those_of_the_day_and_open_ones_of_thirty_days(clerk):
    days = {
        "too old": datetime(2026, 10, 20, 9, 0, tzinfo=LOCAL),  # a Tuesday, 31 days before
        "open": datetime(2026, 10, 21, 9, 0, tzinfo=LOCAL),  # a Wednesday, 30 days before
        "followed": datetime(2026, 11, 19, 9, 0, tzinfo=LOCAL),  # a Thursday
        "followed today": FRIDAY_MORNING,
        "today": FRIDAY_MORNING,
        "tomorrow": datetime(2026, 11, 21, 9, 0, tzinfo=LOCAL),  # a Saturday
    }
    for name, at in days.items():
        slip = give(clerk, at=at, name=name)
        if name.startswith("followed"):
            actions.register_case(an_intake(clerk, slip=(slip.year, slip.serial)), by=clerk, at=at)

    at_hand = ReceptionSlip.objects.visible_to(clerk).at_hand_on(date(2026, 11, 20))  # a Friday

    assert [slip.name for slip in at_hand] == ["today", "followed today", "open"]


def test_slips_are_visible_to_clerks_of_the_commune_only(people):
    give(people["ha.lt"])
    seen = {name for name, actor in people.items() if ReceptionSlip.objects.visible_to(actor).exists()}

    assert {"ha.lt", "hien.vt"} <= seen
    assert {people[name].commune_id for name in seen} == {people["ha.lt"].commune_id}
    assert {str(people[name].role) for name in seen} == {"clerk"}


def test_open_slip_is_noted_once_an_hour(clerk):
    slip = give(clerk)
    for _look in range(2):
        actions.open_slip(slip, by=clerk, at=FRIDAY_MORNING)

    assert list(AccessLog.objects.values_list("case_code", "what")) == [("2026/1/HDHS", "slip")]


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({"kind": "refusal", "reason": ""}, "cases_receptionslip_refused_why"),
        ({"missing": [], "reason": ""}, "cases_receptionslip_says_something"),
    ],
)
def test_slips_that_say_nothing_are_refused_by_the_database(clerk, changes, broken):
    slip = give(clerk, reason="Điền mục 5")

    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        ReceptionSlip.objects.filter(pk=slip.pk).update(**changes)


@pytest.mark.django_db(transaction=True)
def test_give_slip_by_eight_hands_leaves_no_gap_and_no_double(people):
    clerks = [people["ha.lt"], people["hien.vt"]] * 4

    given = at_once(*[lambda clerk=clerk: give(clerk) for clerk in clerks])

    assert sorted(slip.serial for slip in given) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_give_slip_with_one_key_by_four_hands_is_one_slip(clerk):
    key = uuid.uuid4()

    given = at_once(*[lambda: give(clerk, intake_key=key)] * 4)

    assert {slip.key for slip in given} == {"2026-1"}
    assert give(clerk).key == "2026-2"
