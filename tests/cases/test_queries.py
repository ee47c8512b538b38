"""Which cases an officer may see, in which order, and how many."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from cases import actions, queries
from cases.beside import read_case
from cases.choices import State
from cases.models import Case, Draft
from cases.queues import Moment, PageKey, QueueFilter, read_key, write_key
from tests.calendar_table import moment
from tests.cases.conftest import FRIDAY_MORNING, copies_of

FRIDAY = date(2026, 11, 20)
DUE = moment("2026-11-26 17:00")  # Thursday
SOCIAL = "1.001776"  # a procedure of social protection


def codes(found):
    return sorted(found.values_list("code", flat=True))


@pytest.fixture
def two_fields_and_a_neighbour(case_at):
    """A case of justice and one of social protection in Định Hòa, one in Mường Lát."""
    return {
        "justice": case_at(State.REGISTERED).code,
        "society": case_at(State.REGISTERED, procedure_code=SOCIAL).code,
        "neighbour": case_at(State.REGISTERED, clerk="mai.lt").code,
    }


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("ha.lt", ["justice", "society"]),  # clerk without fields
        ("long.td", ["justice", "society"]),  # director
        ("thanh.nt", ["justice", "society"]),  # signatory
        ("duc.hm", ["justice"]),  # handler of justice
        ("yen.pt", ["society"]),  # handler of society
        ("bach.lq", []),  # handler of the economy
        ("hung.tv", []),  # administrator of the commune
        ("mai.lt", ["neighbour"]),
        ("thiem.vv", ["neighbour"]),
        ("anh.nn", []),  # clerk of a third commune
        ("son.lv", []),  # administrator of the province
        ("lan.pt", []),  # auditor
        ("trang.dt", []),  # editor of contents
    ],
)
def test_visible_to_is_the_commune_and_the_fields_of_the_membership(
    two_fields_and_a_neighbour, people, username, sees
):
    expected = sorted(two_fields_and_a_neighbour[name] for name in sees)
    opened = [read_case(people[username], code) for code in two_fields_and_a_neighbour.values()]

    assert codes(Case.objects.visible_to(people[username])) == expected
    assert sorted(case.code for case in opened if case) == expected


def test_visible_to_nobody_is_nothing(two_fields_and_a_neighbour):
    assert codes(Case.objects.visible_to(None)) == []


def test_visible_to_narrows_after_other_conditions_too(two_fields_and_a_neighbour, people):
    everything = Case.objects.filter(principal_fold__contains="huong").running()

    assert codes(everything.visible_to(people["mai.lt"])) == [two_fields_and_a_neighbour["neighbour"]]


@pytest.mark.parametrize(
    ("username", "number"), [("thanh.nt", 1), ("buong.lv", 0), ("duc.hm", 0), ("long.td", 0), ("son.lv", 0)]
)
def test_waiting_for_shows_drafts_to_the_leaders_of_the_commune(case_at, people, username, number):
    case_at(State.AWAITING_APPROVAL)

    assert len(Draft.objects.waiting_for(people[username])) == number


def test_waiting_for_leaves_out_a_draft_of_a_withdrawn_case(case_at, people):
    case = case_at(State.AWAITING_APPROVAL)
    actions.withdraw_case(
        case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=case.version, reason="Xin rút"
    )

    assert list(Draft.objects.waiting_for(people["thanh.nt"])) == []


def test_waiting_for_puts_the_nearest_promise_first(case_at, people):
    later = case_at(State.AWAITING_APPROVAL, at=moment("2026-11-20 10:00"))
    sooner = case_at(State.AWAITING_APPROVAL, at=moment("2026-11-18 10:00"))  # Wednesday

    found = [draft.case.code for draft in Draft.objects.waiting_for(people["thanh.nt"])]

    assert found == [sooner.code, later.code]


@pytest.fixture
def fifty_five(case_at):
    """Fifty-five running cases on seven promised moments, in a shuffled order of codes."""
    times = [DUE + timedelta(days=(number * 5) % 7) for number in range(54)]
    return [case_at(State.REGISTERED), *copies_of(Case.objects.get(), times)]


def walk(people, way, size=20, chosen=None):
    """The codes of the pages in the order of one direction, page by page."""
    rows = Case.objects.visible_to(people["ha.lt"]).running().for_queue_table()
    pages, chosen = [], chosen or QueueFilter(size=size)
    while True:
        page = rows.page(chosen)
        pages.append([case.code for case in page.cases])
        key = page.next_key if way == "after" else page.previous_key
        if key is None or len(pages) > 60:
            return pages, page
        chosen = QueueFilter(size=size, **{way: read_key(write_key(key))})


def in_order(cases):
    return [case.code for case in sorted(cases, key=lambda case: (case.due_at, case.code))]


@pytest.mark.parametrize("size", [1, 7, 20, 50, 100])
def test_page_forward_shows_each_case_once_in_order(fifty_five, people, size):
    pages, _last = walk(people, "after", size)

    assert [code for page in pages for code in page] == in_order(fifty_five)
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)


def test_page_backward_shows_the_same_pages_again(fifty_five, people):
    forward, last = walk(people, "after")

    backward, first = walk(people, "before", chosen=QueueFilter(before=last.previous_key))

    assert backward[::-1] == forward[:-1]
    assert first.previous_key is None
    assert first.next_key is not None


def test_page_first_and_only_has_no_neighbours(case_at, people):
    case_at(State.REGISTERED)

    page = Case.objects.visible_to(people["ha.lt"]).for_queue_table().page(QueueFilter())

    assert (page.next_key, page.previous_key) == (None, None)


def test_page_of_exactly_its_size_has_no_next(case_at, people):
    copies_of(case_at(State.REGISTERED), [DUE] * 19)

    page = Case.objects.visible_to(people["ha.lt"]).for_queue_table().page(QueueFilter(size=20))

    assert (len(page.cases), page.next_key) == (20, None)


@pytest.mark.parametrize(
    "beyond",
    [
        {"after": PageKey(moment("2030-01-01 00:00"), "x")},
        {"before": PageKey(moment("2020-01-01 00:00"), "x")},
    ],
)
def test_page_with_nothing_behind_its_key_is_the_first_page(fifty_five, people, beyond):
    rows = Case.objects.visible_to(people["ha.lt"]).for_queue_table()

    page = rows.page(QueueFilter(**beyond))

    assert [case.code for case in page.cases] == in_order(fifty_five)[:20]
    assert (page.previous_key, page.next_key is None) == (None, False)


def test_page_after_a_case_that_left_goes_on_behind_its_place(fifty_five, people):
    rows = Case.objects.visible_to(people["ha.lt"]).running().for_queue_table()
    first = rows.page(QueueFilter())
    Case.objects.filter(code=first.next_key.code).update(
        state=State.WITHDRAWN, finished_at=FRIDAY_MORNING, finished_on=FRIDAY
    )

    second = rows.page(QueueFilter(after=first.next_key))

    assert [case.code for case in second.cases] == in_order(fifty_five)[20:40]


VIEWED_AT = moment("2026-11-26 10:00")  # Thursday
UNTIL = moment("2026-11-28 00:00")  # the end of the next working day, a Friday


@pytest.fixture
def one_of_each(case_at, people):
    """Cases at every place of the strip, seen on Thursday 26/11/2026 at ten; names by what they are."""
    made = {
        "registered": case_at(State.REGISTERED, at=moment("2026-11-25 10:00")),
        "held": case_at(State.IN_PROGRESS, at=moment("2026-11-25 10:00")),
        "signature": case_at(State.AWAITING_APPROVAL, at=moment("2026-11-25 10:00")),
        "ready": case_at(State.RESOLVED, at=moment("2026-11-25 10:00")),
        "returned": case_at(State.RETURNED, at=moment("2026-11-25 10:00")),
        "late": case_at(State.REGISTERED, at=moment("2026-11-19 10:00")),  # due Wednesday 25/11
        "today": case_at(State.REGISTERED, at=FRIDAY_MORNING),  # due at 17:00
    }
    return {case.code: name for name, case in made.items()}


@pytest.mark.parametrize(
    ("view", "username", "at", "names"),
    [
        ("open", "ha.lt", VIEWED_AT, ["held", "late", "registered", "signature", "today"]),
        ("mine", "duc.hm", VIEWED_AT, ["held", "signature"]),
        ("mine", "ha.lt", VIEWED_AT, []),
        ("waiting", "ha.lt", VIEWED_AT, ["late", "registered", "today"]),
        ("today", "ha.lt", VIEWED_AT, ["today"]),
        ("today", "ha.lt", moment("2026-11-26 17:00"), ["today"]),
        ("today", "ha.lt", moment("2026-11-26 17:01"), []),
        ("overdue", "ha.lt", VIEWED_AT, ["late"]),
        ("overdue", "ha.lt", moment("2026-11-26 17:00"), ["late"]),
        ("overdue", "ha.lt", moment("2026-11-26 17:01"), ["late", "today"]),
        ("overdue", "ha.lt", moment("2026-11-25 17:00"), []),
        ("signature", "ha.lt", VIEWED_AT, ["signature"]),
        ("ready", "ha.lt", VIEWED_AT, ["ready"]),
        ("soon", "ha.lt", VIEWED_AT, []),
        ("soon", "ha.lt", moment("2026-11-25 10:00"), ["today"]),
        ("citizen", "ha.lt", VIEWED_AT, []),
        ("me", "ha.lt", VIEWED_AT, ["late", "ready", "registered", "today"]),
        ("me", "duc.hm", VIEWED_AT, ["held"]),
        ("me", "thanh.nt", VIEWED_AT, ["signature"]),
        ("me", "long.td", VIEWED_AT, ["late", "registered", "today"]),
        ("open", "mai.lt", VIEWED_AT, []),
        ("open", "yen.pt", VIEWED_AT, []),
    ],
)
def test_in_view_holds_the_cases_behind_its_count(one_of_each, people, view, username, at, names):
    actor = people[username]
    visible = Case.objects.visible_to(actor)

    shown = visible.in_view(view, actor=actor, moment=Moment(at, at.date(), UNTIL))

    assert sorted(one_of_each[code] for code in codes(shown)) == names
    assert counted(shown) == len(names)


def counted(shown):
    sql, params = shown.capped_count()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        return cursor.fetchone()[0]


def test_capped_count_stops_one_past_the_ceiling(fifty_five, people, monkeypatch):
    monkeypatch.setattr(queries, "COUNT_CEILING", 10)

    assert counted(Case.objects.visible_to(people["ha.lt"]).running()) == 11


def test_capped_count_of_somebody_without_cases_is_zero(fifty_five, people):
    assert counted(Case.objects.visible_to(people["son.lv"])) == 0


def test_pages_of_cases_keep_room_for_the_next_version_and_no_index_is_written_in_vain(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE oid = 'cases_case'::regclass")
        assert cursor.fetchone() == (["fillfactor=85"],)
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'cases_case'")
        assert [name for (name,) in cursor.fetchall() if name.endswith("_like")] == []


def plan_of(rows):
    """The plan for this query, preferring indexes as with many rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    return json.loads(rows.explain(format="json"))[0]["Plan"]


def scans(plan):
    """The nodes of a plan, outermost first."""
    yield plan
    for inner in plan.get("Plans", []):
        yield from scans(inner)


@pytest.mark.parametrize("shown", ["for_queue_table", "as_queue_rows"])
def test_queue_page_reads_its_rows_in_the_order_of_the_index(case_at, people, shown):
    """What the rows name is not joined: to join and sort all that follow looks cheap to a planner misled."""
    copies_of(case_at(State.REGISTERED), [DUE + timedelta(minutes=number) for number in range(400)])
    rows = getattr(Case.objects.visible_to(people["ha.lt"]).running(), shown)()

    limit = plan_of(rows.order_by("due_at", "code")[:21])
    [read, *_after] = limit["Plans"]
    kinds = {node["Node Type"] for node in scans(limit)}

    assert (limit["Node Type"], read.get("Index Name")) == ("Limit", "cases_running_by_due")
    assert kinds <= {"Limit", "Index Scan", "Index Only Scan"}


def test_queue_rows_name_the_procedure_of_each_case(case_at, people):
    case_at(State.REGISTERED, procedure_code=SOCIAL)
    case_at(State.IN_PROGRESS)
    visible = Case.objects.visible_to(people["ha.lt"]).order_by("code")

    rows = [(row.code, row.code_and_name, row.holder_id) for row in visible.as_queue_rows()]

    assert rows == [
        (case.code, [case.procedure.code, case.procedure.name], case.holder_id) for case in visible
    ]
    assert len({code for _case, (code, _name), _holder in rows}) == 2
