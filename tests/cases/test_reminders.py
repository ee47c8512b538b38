from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.choices import NoticeKind, SlipKind, State
from cases.models import Case, OfficerNotice
from cases.reminders import Figures, Group, digests, remind_commune
from staff.clock import LOCAL
from tests.cases.conftest import FRIDAY_MORNING, a_slip, an_intake, copies_of

FRIDAY = date(2026, 11, 20)  # a Friday
HALF_PAST_SIX = datetime(2026, 11, 20, 6, 30, tzinfo=LOCAL)
DUE_TODAY = datetime(2026, 11, 20, 17, 0, tzinfo=LOCAL)
DUE_YESTERDAY = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)
DUE_MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)  # the next working day
DUE_LATER = datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)


def figures_of(people):
    names = {actor.officer_id: username for username, actor in people.items()}
    found = OfficerNotice.objects.filter(kind=NoticeKind.DIGEST)
    return {names[notice.officer_id]: notice.figures for notice in found}


def counts(due_today=0, overdue=0, due_soon=0, to_sign=0, slips=0):
    return {
        "due_today": due_today,
        "overdue": overdue,
        "due_soon": due_soon,
        "to_sign": to_sign,
        "slips": slips,
    }


@pytest.fixture
def running(case_at, handler):
    """Seven cases in the hands of one handler, two of them overdue, and one result that waits."""
    signing = case_at(State.AWAITING_APPROVAL)
    Case.objects.filter(pk=signing.pk).update(due_at=DUE_LATER, due_on=DUE_LATER.date())
    held = case_at(State.IN_PROGRESS)
    Case.objects.filter(pk=held.pk).update(due_at=DUE_LATER, due_on=DUE_LATER.date())
    copies_of(held, [DUE_TODAY] * 3 + [DUE_YESTERDAY] * 2 + [DUE_MONDAY])
    return held


def test_digest_counts_what_each_officer_has_to_do(running, people):
    told = remind_commune(running.commune_id, day=FRIDAY, at=HALF_PAST_SIX)

    figures = figures_of(people)
    assert told == len(figures)
    assert figures["duc.hm"] == counts(due_today=3, overdue=2, due_soon=1)
    assert figures["ha.lt"] == counts(due_today=3, overdue=2, due_soon=1)
    assert figures["thanh.nt"] == counts(due_today=3, overdue=2, due_soon=1, to_sign=1)
    assert figures["long.td"] == counts(due_today=3, overdue=2, due_soon=1)
    assert not {"buong.lv", "mai.lt", "hung.tv"} & set(figures)


def test_digest_counts_as_due_soon_what_was_promised_for_a_day_that_has_become_free(running, people):
    """The calendar moved after the promise: Saturday's case has to be ready before anybody is back."""
    saturday = DUE_MONDAY - timedelta(days=2)
    Case.objects.filter(due_at=DUE_MONDAY).update(due_at=saturday, due_on=saturday.date())

    remind_commune(running.commune_id, day=FRIDAY, at=HALF_PAST_SIX)

    assert figures_of(people)["long.td"] == counts(due_today=3, overdue=2, due_soon=1)


def test_digest_of_a_day_is_written_once_however_often_it_runs(running, people):
    first = remind_commune(running.commune_id, day=FRIDAY, at=HALF_PAST_SIX)
    before = set(OfficerNotice.objects.values_list("pk", "figures__overdue"))

    again = remind_commune(running.commune_id, day=FRIDAY, at=FRIDAY_MORNING + timedelta(hours=9))

    assert (first > 0, again) == (True, 0)
    assert set(OfficerNotice.objects.values_list("pk", "figures__overdue")) == before


def test_digest_comes_again_on_the_next_day(running):
    first = remind_commune(running.commune_id, day=FRIDAY, at=HALF_PAST_SIX)

    monday = remind_commune(running.commune_id, day=date(2026, 11, 23), at=HALF_PAST_SIX + timedelta(days=3))

    assert monday == first


def test_digest_without_anything_to_do_is_not_written(people, clerk):
    assert remind_commune(clerk.home_id, day=FRIDAY, at=HALF_PAST_SIX) == 0
    assert OfficerNotice.objects.count() == 0


@pytest.mark.parametrize("copies", [1, 9])
def test_digest_asks_ten_queries_for_any_number_of_cases(case_at, copies, django_assert_num_queries):
    case = case_at(State.IN_PROGRESS)
    copies_of(case, [DUE_YESTERDAY] * copies)

    # savepoint (2), scope, calendar, groups, calendar, slips, members, digests known, digests
    with django_assert_num_queries(10):
        remind_commune(case.commune_id, day=FRIDAY, at=HALF_PAST_SIX)


def test_digest_of_two_memberships_counts_no_case_twice(clerk, handler):
    group = Group(clerk.officer_id, "civil_status", due_today=1, overdue=2, due_soon=0, to_sign=0)
    both = [clerk, _as_officer(handler, clerk.officer_id)]

    assert digests([group], both) == {clerk.officer_id: Figures(due_today=1, overdue=2)}


def test_digest_of_a_handler_leaves_out_what_others_hold(handler):
    group = Group(None, "civil_status", due_today=1, overdue=2, due_soon=0, to_sign=1)

    assert digests([group], [handler]) == {}


def _as_officer(actor, officer_id):
    return type(actor)(**{**actor.__dict__, "officer_id": officer_id})


def test_digest_stands_on_the_page_of_notices_and_rings_the_bell(running, browse_as):
    remind_commune(running.commune_id, day=FRIDAY, at=HALF_PAST_SIX)

    page = browse_as("thanh.nt").get("/thong-bao/").content.decode()

    assert "Việc trong ngày" in page
    assert '<a href="/ho-so/?view=overdue">2 hồ sơ quá hạn</a>' in page
    assert '<a href="/ho-so/?view=today">3 hồ sơ hẹn trả hôm nay</a>' in page
    assert '<a href="/ho-so/?view=due_soon">1 hồ sơ hẹn trả ngày làm việc tới</a>' in page
    assert '<a href="/ky-duyet/">1 kết quả chờ ký</a>' in page


def test_digest_counts_guidance_slips_that_nobody_came_back_with(people, browse_as):
    clerk = people["ha.lt"]
    given = {
        "old": datetime(2026, 11, 16, 9, 0, tzinfo=LOCAL),  # a Monday, four working days ago
        "third": datetime(2026, 11, 17, 9, 0, tzinfo=LOCAL),  # three working days ago: not yet
        "forgotten": datetime(2026, 10, 20, 9, 0, tzinfo=LOCAL),  # no longer on the list
    }
    slips = {name: actions.give_slip(a_slip(clerk), by=clerk, at=at) for name, at in given.items()}
    answered = actions.give_slip(a_slip(clerk), by=clerk, at=given["old"])
    key = (answered.year, answered.serial)
    actions.register_case(an_intake(clerk, slip=key), by=clerk, at=given["old"])
    refusal = a_slip(clerk, kind=SlipKind.REFUSAL, missing=(), reason="Sai thẩm quyền")
    actions.give_slip(refusal, by=clerk, at=given["old"])

    remind_commune(clerk.home_id, day=FRIDAY, at=HALF_PAST_SIX)

    figures = figures_of(people)
    assert {name: row["slips"] for name, row in figures.items() if row["slips"]} == dict.fromkeys(
        ("ha.lt", "hien.vt", "moi.nv"), 1
    )
    page = browse_as("ha.lt").get("/thong-bao/").content.decode()
    wanted = "1 phiếu yêu cầu bổ sung chưa thấy người dân quay lại"
    assert f'<a href="/phieu/?view=unanswered">{wanted}</a>' in page
    listed = browse_as("ha.lt").get("/phieu/?view=unanswered").content.decode()
    assert [slips[name].number in listed for name in ("old", "third", "forgotten")] == [True, False, False]


def test_reminding_reads_no_row_of_another_commune(running, people):
    with CaptureQueriesContext(connection) as asked:
        remind_commune(people["mai.lt"].home_id, day=FRIDAY, at=HALF_PAST_SIX)

    assert OfficerNotice.objects.count() == 0
    assert [query["sql"] for query in asked if "set_config" in query["sql"]]
