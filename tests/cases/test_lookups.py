"""The strip with the choices of the filter, searches, and that neither reads the whole table."""

import json
from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions import Person
from cases.choices import RUNNING, IdKind, State
from cases.lookups import found, moment_of, registered_today, strip_of
from cases.models import Case
from cases.queues import CONDITIONS, ORDERS, VIEWS, QueueFilter, read_key, write_key
from procedures.choices import Channel
from staff.queries import current_calendar
from staff.text import person_sort_key
from tests.calendar_table import moment
from tests.cases.conftest import FRIDAY_MORNING, copies_of

FRIDAY = date(2026, 11, 20)
DUE = moment("2026-11-26 17:00")  # Thursday
SOCIAL_FIELD = "social_protection"
SOCIAL = "1.001776"  # a procedure of social protection


@pytest.fixture
def friday(people):
    return moment_of(FRIDAY_MORNING, FRIDAY, current_calendar())


def codes(rows):
    return sorted(case.code for case in rows)


def searched(actor, text):
    return found(actor, text, size=50).cases


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-20 09:42", "2026-11-24 00:00"),  # Friday: until the end of Monday
        ("2026-11-23 09:42", "2026-11-26 00:00"),  # Monday; Tuesday 24/11 is the Day of Culture
        ("2199-01-01 08:00", "2199-01-03 00:00"),  # a year without a calendar
    ],
)
def test_moment_of_ends_what_is_due_soon_with_the_next_working_day(people, at, until):
    assert moment_of(moment(at), moment(at).date(), current_calendar()).until == moment(until)


def test_strip_counts_every_view_in_one_query(case_at, people, friday, django_assert_num_queries):
    case_at(State.REGISTERED)
    case_at(State.RESOLVED)

    with django_assert_num_queries(1):
        _chosen, strip, unknown = strip_of(people["ha.lt"], QueueFilter(), friday)

    some = {"open": 1, "me": 2, "waiting": 1, "ready": 1}
    assert strip.counts == dict.fromkeys(VIEWS, 0) | some
    assert unknown == []


@pytest.mark.parametrize(
    "at", ["2026-11-20 09:42", "2026-11-25 17:00", "2026-11-26 16:59", "2026-11-26 17:01"]
)
@pytest.mark.parametrize("asked", [{}, {"state": "in_progress"}, {"field": SOCIAL_FIELD}], ids=str)
def test_every_count_of_the_strip_is_that_of_the_rows_behind_it(case_at, people, at, asked):
    """Counts are asked together by state and by promise, rows one view at a time: both must agree."""
    for state in RUNNING:
        made = case_at(State.REGISTERED), case_at(State.REGISTERED, procedure_code=SOCIAL)
        Case.objects.filter(pk__in=[case.pk for case in made]).update(state=state)
        Case.objects.filter(pk=made[0].pk).update(channel=Channel.POST)
    for state in (State.RESOLVED, State.RETURNED):
        case_at(state)
    look = moment_of(moment(at), moment(at).date(), current_calendar())

    for username in ("ha.lt", "duc.hm", "thanh.nt", "long.td", "yen.pt", "mai.lt"):
        actor = people[username]
        chosen, strip, _unknown = strip_of(actor, QueueFilter(**asked), look)

        shown = Case.objects.visible_to(actor).narrowed(chosen)
        look_at = {"actor": actor, "moment": look, "state": chosen.state}
        rows = {view: shown.in_view(view, **look_at).count() for view in VIEWS}
        assert strip.counts == rows, username


def test_strip_of_another_moment_is_counted_anew(case_at, people):
    """The words of the statement are kept for the day, the moment is not."""
    case_at(State.REGISTERED)
    calendar = current_calendar()

    counts = [
        strip_of(people["ha.lt"], QueueFilter(), moment_of(at, at.date(), calendar))[1].counts["overdue"]
        for at in (moment("2026-11-26 16:59"), moment("2026-11-26 17:01"), moment("2026-11-26 16:59"))
    ]

    assert counts == [0, 1, 0]


def test_strip_offers_only_what_this_officer_may_ask(people, friday):
    _chosen, strip, _unknown = strip_of(people["yen.pt"], QueueFilter(), friday)  # social protection alone
    _chosen, other, _unknown = strip_of(people["mai.lt"], QueueFilter(), friday)  # another commune

    assert {code for code, _name in strip.choices["field"]} == people["yen.pt"].field_codes
    assert [name for _key, name in strip.choices["point"]] == ["Trụ sở xã", "Cơ sở 2 – Định Thành"]
    assert "Hoàng Minh Đức" in dict(strip.choices["holder"]).values()
    assert "Hoàng Minh Đức" not in dict(other.choices["holder"]).values()


@pytest.fixture
def four(case_at, people):
    """Cases that differ in one thing each, by what it is."""
    made = {
        "plain": case_at(State.REGISTERED),
        "held": case_at(State.IN_PROGRESS),
        "society": case_at(State.REGISTERED, procedure_code=SOCIAL),
        "post": case_at(State.REGISTERED),
    }
    Case.objects.filter(pk=made["post"].pk).update(channel=Channel.POST)
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["held", "plain", "post", "society"]),
        ({"state": "in_progress"}, ["held"]),
        ({"channel": "post"}, ["post"]),
        ({"holder": "none"}, ["plain", "post", "society"]),
        ({"holder": "duc"}, ["held"]),
        ({"field": "society"}, ["society"]),
        ({"point": "own"}, ["held", "plain", "post", "society"]),
        ({"state": "registered", "channel": "counter", "holder": "none"}, ["plain", "society"]),
        ({"state": "in_progress", "channel": "post"}, []),
    ],
)
def test_narrowed_fulfils_every_condition_and_the_counts_agree(four, people, friday, asked, names):
    real = {"duc": people["duc.hm"].officer_id, "society": four["society"].field_code}
    real |= {"own": four["plain"].reception_point_id}
    asked = {name: str(real.get(value, value)) for name, value in asked.items()}

    chosen, strip, unknown = strip_of(people["ha.lt"], QueueFilter(**asked), friday)

    by_code = {case.code: name for name, case in four.items()}
    shown = Case.objects.visible_to(people["ha.lt"]).narrowed(chosen)
    shown = shown.in_view("open", actor=people["ha.lt"], moment=friday, state=chosen.state)
    assert sorted(by_code[code] for code in codes(shown)) == names
    assert (strip.counts["open"], unknown) == (len(names), [])


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("value", ["zzz", "-1", "999999999", "9" * 40, "' OR 1=1", "💥", "٣"])
def test_condition_that_cannot_be_fulfilled_is_dropped_and_told(four, people, friday, condition, value):
    chosen, strip, unknown = strip_of(people["ha.lt"], QueueFilter(**{condition: value}), friday)

    assert (chosen.conditions, unknown, strip.counts["open"]) == ({}, [condition], 4)


def test_condition_of_another_commune_is_dropped_and_told(four, people, friday):
    stranger = str(people["thiem.vv"].officer_id)

    _chosen, _strip, unknown = strip_of(people["ha.lt"], QueueFilter(holder=stranger), friday)

    assert unknown == ["holder"]


@pytest.fixture
def named(case_at):
    """Three cases, by the names of their principals; somebody else brought the last."""
    names = ("Đặng Thị Hòe", "Lê Thị Hương", "Nguyễn Văn Đức")
    cases = [case_at(State.REGISTERED, principal=Person(name=name)) for name in names[:2]]
    number = {"id_kind": IdKind.PERSONAL, "id_number": "038185012346", "phone": "+84912345018"}
    filer = Person(name="Trịnh Bá Khôi", phone="+84987654321", mandate="Giấy ủy quyền ngày 19/11/2026")
    cases.append(case_at(State.REGISTERED, principal=Person(name=names[2], **number), filer=filer))
    return {case.code: case.principal_name for case in cases}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("0002", ["Lê Thị Hương"]),
        ("261120-0002", ["Lê Thị Hương"]),
        ("02", ["Lê Thị Hương"]),  # a few signs are the end of a code
        ("hương", ["Lê Thị Hương"]),
        ("HUONG", ["Lê Thị Hương"]),
        ("dang thi", ["Đặng Thị Hòe"]),
        ("thị", ["Lê Thị Hương", "Đặng Thị Hòe"]),
        ("trinh ba", ["Nguyễn Văn Đức"]),  # who brought it
        ("038185012346", ["Nguyễn Văn Đức"]),
        ("038 185 012 346", ["Nguyễn Văn Đức"]),
        ("038185012345", []),
        ("03818501", []),  # a part of a number finds nobody
        ("0912345018", ["Nguyễn Văn Đức"]),
        ("+84 987.654.321", ["Nguyễn Văn Đức"]),
        ("%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_searched_by_code_name_number_and_telephone(named, people, text, names):
    assert sorted(named[code] for code in codes(searched(people["ha.lt"], text))) == names


@pytest.mark.parametrize("text", ["trinh ba", "038185012346", "0912345018", "0002"])
def test_searched_by_a_neighbour_finds_nothing(named, people, text):
    assert codes(searched(people["mai.lt"], text)) == []


def test_searched_reads_a_code_typed_in_small_letters(named, people):
    code = next(iter(named))

    assert codes(searched(people["ha.lt"], code.lower())) == [code]


def test_registered_today_are_the_last_three_of_this_officer(case_at, people):
    made = [case_at(State.REGISTERED).code for _number in range(4)]
    case_at(State.REGISTERED, at=moment("2026-11-19 09:00"))

    assert [case.code for case in registered_today(people["ha.lt"], FRIDAY)] == made[:0:-1]
    assert list(registered_today(people["mai.lt"], FRIDAY)) == []


NAMES = (
    *("Nguyễn Văn An", "Lê Thị Ân", "Trần Ánh", "Bùi Anh", "Đỗ Đức", "Dương Dung", "Phạm Thị Oanh"),
    *("Hồ Ơn", "Lý Ông", "Vũ Ưng", "Mai Uyên", "Nguyễn Văn Ân", "Nguyễn Thị An", "An", "Lê Hoà", "Lê Hòa"),
)


@pytest.fixture
def by_name(case_at):
    """A case of each name, in a shuffled order of codes."""
    copies = copies_of(case_at(State.REGISTERED), [DUE] * len(NAMES))
    for case, name in zip(copies, NAMES, strict=True):
        Case.objects.filter(pk=case.pk).update(principal_name=name)
    Case.objects.exclude(pk__in=[case.pk for case in copies]).update(principal_name="Ỷ")


def test_order_of_names_is_the_one_of_the_office(by_name, people):
    rows = Case.objects.visible_to(people["ha.lt"]).running().for_queue_table()
    page = rows.page(QueueFilter(order="name", size=50))

    shown = [person_sort_key(case.principal_name)[0] for case in page.cases]
    assert shown == sorted(shown)
    assert len(shown) == len(NAMES) + 1


@pytest.mark.parametrize("order", ORDERS)
def test_pages_of_each_order_lead_through_all_and_back(by_name, people, order):
    rows = Case.objects.visible_to(people["ha.lt"]).running().for_queue_table()
    whole = [case.code for case in rows.page(QueueFilter(order=order, size=100)).cases]

    pages = [rows.page(QueueFilter(order=order, size=5))]
    while key := pages[-1].next_key:
        pages.append(rows.page(QueueFilter(order=order, size=5, after=read_key(write_key(key), order))))
    back = [pages[-1]]
    while key := back[-1].previous_key:
        back.append(rows.page(QueueFilter(order=order, size=5, before=read_key(write_key(key), order))))

    assert [case.code for page in pages for case in page.cases] == whole
    assert [list(page.cases) for page in back[::-1]] == [list(page.cases) for page in pages]


@pytest.fixture
def thousands(case_at):
    """Three thousand cases, of which one in thirty is running."""
    case = case_at(State.REGISTERED)
    copies = copies_of(case, [DUE + timedelta(minutes=number) for number in range(3000)])
    done = [copy.pk for number, copy in enumerate(copies) if number % 30]
    Case.objects.filter(pk__in=done).update(
        state=State.RETURNED, finished_at=FRIDAY_MORNING, finished_on=FRIDAY, returned_at=FRIDAY_MORNING
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case; ANALYZE cases_caseparty")
    return case


def plan_of(rows):
    return json.loads(rows.explain(format="json"))[0]["Plan"]


def scans(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from scans(inner)


def read_whole(rows):
    """Whether a query reads the cases from end to end."""
    nodes = [node for node in scans(plan_of(rows)) if node["Node Type"] == "Seq Scan"]
    return "cases_case" in {node["Relation Name"] for node in nodes}


def test_no_view_condition_or_order_reads_the_whole_table(thousands, people, friday):
    conditions = [
        {},
        {"field": thousands.field_code},
        {"state": "registered"},
        {"holder": str(people["duc.hm"].officer_id)},
        {"holder": "none"},
        {"channel": "counter"},
        {"point": str(thousands.reception_point_id)},
        {"field": thousands.field_code, "state": "registered", "channel": "counter"},
    ]
    found = []
    for view, asked, name in product(VIEWS, conditions, ORDERS):
        rows = Case.objects.visible_to(people["ha.lt"]).narrowed(QueueFilter(**asked))
        rows = rows.in_view(
            view, actor=people["ha.lt"], moment=friday, state=asked.get("state", "")
        ).for_queue_table()
        if not rows.query.is_empty() and read_whole(rows.order_by(*ORDERS[name].columns)[:21]):
            found.append((view, asked, name))

    assert found == []


@pytest.mark.parametrize("order", ["due", "newest"])
def test_a_later_page_enters_its_index_at_the_place_itself(thousands, people, order):
    """Cases promised for the same moment are not read again on every page."""
    rows = Case.objects.visible_to(people["ha.lt"])
    rows = rows.running() if order == "due" else rows
    key = rows.page(QueueFilter(order=order)).next_key

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    page = rows.filter(rows._beyond(key, ORDERS[order])).order_by(*ORDERS[order].columns)[:21]

    entered = [node for node in scans(plan_of(page)) if "Index Cond" in node]
    assert [f"ROW({ORDERS[order].column}, " in node["Index Cond"] for node in entered] == [True]
    assert ["Filter" in node for node in entered] == [False]


def test_reading_the_whole_table_would_be_seen(thousands):
    assert read_whole(Case.objects.filter(copies=7)) is True


@pytest.mark.parametrize(
    ("index", "columns", "asked"),
    [
        ("cases_party_by_name", "btree (commune_id, name_fold, case_id)", '."name_fold" = '),
        (
            "cases_party_by_words",
            "gin (commune_words(commune_id, name_fold))",
            'commune_words(U0."commune_id", U0."name_fold") @@ ',
        ),
        ("cases_party_by_case", "btree (commune_id, case_id)", " ORDER BY 1 DESC LIMIT 21)"),
    ],
)
def test_names_are_asked_for_as_their_indexes_hold_them(named, people, index, columns, asked):
    """The planner of a test sees tables too small for any index: plans at full size are the benchmark's."""
    with CaptureQueriesContext(connection) as queries:
        found(people["ha.lt"], "dang thi", size=20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index])
        assert f" USING {columns}" in cursor.fetchone()[0]
    statements = " ".join(query["sql"] for query in queries.captured_queries)
    assert asked in statements


def test_ends_of_codes_are_asked_for_as_their_index_holds_them(named, people):
    rows = Case.objects.visible_to(people["ha.lt"]).ending("0002")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'cases_by_end_of_code'")
        assert cursor.fetchone()[0].endswith("btree (commune_id, reverse((code)::text))")
    assert """REVERSE("cases_case"."code")::text LIKE '2000%'""" in str(rows.query).replace(
        "2000%", "'2000%'"
    )


def test_who_is_called_exactly_so_comes_alone(case_at, people):
    case_at(State.REGISTERED, principal=Person(name="Lê Thị Hương Giang"))
    exact = case_at(State.REGISTERED, principal=Person(name="Lê Thị Hương"))

    assert codes(searched(people["ha.lt"], "le thi huong")) == [exact.code]
    assert len(searched(people["ha.lt"], "lê thị")) == 2
    assert len(searched(people["ha.lt"], "gia le")) == 0  # only the last word may be a beginning
    assert len(searched(people["ha.lt"], "le gia")) == 1


@pytest.mark.parametrize("text", ["'", "o'brien", "a:*", "!a", "a & b", "\\\\", "<->", "(", '"'])
def test_signs_of_a_text_search_are_letters_like_others(named, people, text):
    assert codes(searched(people["ha.lt"], text)) == []
