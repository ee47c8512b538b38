"""What was counted is shown again only while it is true, whoever writes and whatever the clock does."""

import os
import random
from contextlib import ExitStack, closing
from dataclasses import astuple, replace
from datetime import date, timedelta
from itertools import product

import psycopg
import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Sum
from django.test import TransactionTestCase
from psycopg.sql import SQL, Identifier

from cases.actions.pruning import prune_changes
from cases.choices import FINISHED, RUNNING, State
from cases.counts import COUNTED_TO, UNKNOWN, Counted, key_of, recall
from cases.lookups import moment_of, strip_of
from cases.models import Case, CaseChange, CaseParty
from cases.narrowing import OPEN_STATES
from cases.queries import COUNT_CEILING
from cases.queues import NOBODY, VIEWS, QueueFilter
from config.services import throwaway
from procedures.choices import Channel
from staff.queries import current_calendar
from tests.calendar_table import moment
from tests.cases.conftest import FRIDAY_MORNING, copies_of

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = date(2026, 11, 20)
DUE = moment("2026-11-26 17:00")
ALL = QueueFilter(view="", order="", size=0)
SOCIAL = "1.001776"  # a procedure of social protection


def look_at(at):
    return moment_of(at, at.date(), current_calendar())


@pytest.fixture
def friday(people):
    return look_at(FRIDAY_MORNING)


def counts_of(actor, look, asked=ALL):
    return dict(strip_of(actor, asked, look)[1].counts)


def kept_for(actor, look, asked=ALL):
    """What is kept for this look, or what knows nothing."""
    return Counted(*cache.get(key_of(actor, asked, look), ()))


def rows_of(actor, look, asked=ALL):
    """The counts by the rows behind them, one by one."""
    shown = Case.objects.visible_to(actor).narrowed(asked)
    at = {"actor": actor, "moment": look, "state": asked.state}
    return {view: shown.in_view(view, **at).count() for view in VIEWS}


def falsify(actor, look):
    """Let what is kept say what is not so: who shows it has not counted anew."""
    false = replace(kept_for(actor, look), cells={("registered", "soon"): 777})
    cache.set(key_of(actor, ALL, look), astuple(false))


def test_counts_are_kept_and_brought_up_to_date_by_what_was_written(case_at, people, friday):
    case = case_at(State.REGISTERED)
    counts_of(people["ha.lt"], friday)
    falsify(people["ha.lt"], friday)
    colleague = counts_of(people["hien.vt"], friday)
    case_at(State.REGISTERED, clerk="mai.lt")  # in another commune
    elsewhere = counts_of(people["ha.lt"], friday)

    Case.objects.filter(pk=case.pk).update(state=State.SUBMITTED)
    after = counts_of(people["ha.lt"], friday)

    assert (colleague["open"], elsewhere["open"]) == (777, 777)
    assert (after["open"], after["waiting"]) == (777, 776)


def test_counts_are_those_of_who_looks_and_of_what_is_asked(case_at, people, friday):
    """Whoever sees or asks for other cases is not shown what was counted for somebody else."""
    for state in (State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RESOLVED):
        case_at(state), case_at(State.REGISTERED, procedure_code=SOCIAL)
    case_at(State.REGISTERED, clerk="mai.lt")
    asked = (ALL, QueueFilter(state="in_progress"), QueueFilter(field="social_protection"), ALL)
    usernames = ("ha.lt", "duc.hm", "thanh.nt", "long.td", "yen.pt", "mai.lt", "ha.lt")

    for actor, one in product(map(people.get, usernames), asked):
        chosen, strip, _unknown = strip_of(actor, one, friday)
        assert strip.counts == rows_of(actor, friday, chosen)


@pytest.mark.parametrize("gone", [900, 1100])
def test_counts_that_were_not_counted_to_their_end_stay_true(case_at, people, friday, gone):
    """More is counted than is shown; when so many leave that it could be less, it is counted anew."""
    made = copies_of(case_at(State.REGISTERED), [DUE] * (COUNTED_TO + 50))
    before = counts_of(people["ha.lt"], friday)["waiting"]

    moved = Case.objects.filter(pk__in=[case.pk for case in made[:gone]])
    moved.update(state=State.IN_PROGRESS)
    after = counts_of(people["ha.lt"], friday)["waiting"]

    left = COUNTED_TO + 51 - gone
    assert before == COUNTED_TO
    assert after == left if left <= COUNT_CEILING else COUNT_CEILING < after <= left


def test_counts_know_when_a_promise_passes_and_when_the_clock_is_set_back(case_at, people):
    copies_of(case_at(State.REGISTERED), [DUE + timedelta(minutes=20), DUE + timedelta(minutes=20)])
    moments = [DUE - timedelta(minutes=1), DUE, DUE + timedelta(microseconds=1)]
    moments += [DUE + timedelta(minutes=minutes) for minutes in (10, 20, 21)]

    for at in (*moments, *reversed(moments)):
        look = look_at(at)
        assert counts_of(people["ha.lt"], look) == rows_of(people["ha.lt"], look), at


def test_counts_inside_an_unfinished_step_are_not_kept_for_others(case_at, people, friday):
    case = case_at(State.REGISTERED)
    before = counts_of(people["ha.lt"], friday)

    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=State.IN_PROGRESS)
        within = counts_of(people["ha.lt"], friday)
        transaction.set_rollback(True)

    assert (before["waiting"], within["waiting"]) == (1, 0)
    assert counts_of(people["ha.lt"], friday) == before


def test_counts_are_not_kept_into_another_database(case_at, people, friday):
    """After a restore the numbers of transactions begin anew, and nobody has noted anything."""
    case_at(State.REGISTERED)
    assert counts_of(people["ha.lt"], friday)["open"] == 1

    TransactionTestCase._fixture_teardown(None)  # the database is replaced by a fresh copy

    assert kept_for(people["ha.lt"], friday).seen
    assert counts_of(people["ha.lt"], friday)["open"] == 0


def test_counts_are_not_kept_past_a_crash_of_the_server(case_at, people, friday):
    """A server that recovers forgets its figures, and a number may be given to another transaction."""
    case_at(State.REGISTERED)
    counts_of(people["ha.lt"], friday)
    falsify(people["ha.lt"], friday)

    with throwaway.published().connect() as server:
        server.execute("SELECT pg_stat_reset_shared('bgwriter')")  # what recovery does as well

    assert counts_of(people["ha.lt"], friday)["open"] == 1


class Writer:
    """A transaction at a time on a connection of its own, into cases that nobody else writes."""

    def __init__(self, chance, conn, cases, holders):
        self.chance, self.conn, self.cases, self.holders = chance, conn, cases, holders

    def step(self):
        """Write a little, or end the transaction in one way or the other."""
        ways = [self.write, self.write_in_vain, self.conn.commit, self.conn.rollback]
        self.chance.choices(ways, weights=(5, 1, 2, 1))[0]()

    def write(self):
        column, value = self.chance.choice(
            [
                ("state", self.chance.choice([*RUNNING])),
                ("due_at", DUE + timedelta(hours=self.chance.randrange(-72, 72))),
                ("channel", self.chance.choice([*Channel])),
                ("holder_id", self.chance.choice(self.holders)),
                ("field_code", self.chance.choice(["civil_status", "social_protection"])),
                ("summary", "nothing that is counted"),
            ]
        )
        some = self.chance.sample(self.cases, self.chance.randrange(1, len(self.cases) + 1))
        written = SQL("UPDATE cases_case SET {} = %s WHERE id = ANY(%s)").format(Identifier(column))
        self.conn.execute(written, (value, some))

    def write_in_vain(self):
        self.conn.execute("SAVEPOINT before")
        self.write()
        self.conn.execute("ROLLBACK TO SAVEPOINT before")


@pytest.mark.parametrize("seed", range(8))
def test_counts_are_exact_among_open_transactions(case_at, people, seed):
    """Transactions begin, write, end and are undone in any order; each look shows what is there."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    here = copies_of(case_at(State.REGISTERED), [DUE] * 9)
    there = [case_at(State.REGISTERED, clerk="mai.lt") for _number in range(3)]
    holders = [None, people["duc.hm"].officer_id, people["yen.pt"].officer_id]
    moments = [look_at(DUE + timedelta(hours=hours)) for hours in (-20, -20, 0, 6)]
    asked = [ALL, ALL, QueueFilter(state="in_progress"), QueueFilter(channel="post")]
    asked += [
        QueueFilter(holder=NOBODY),
        QueueFilter(holder=str(holders[1])),
        QueueFilter(field="civil_status"),
    ]
    lookers = [people[username] for username in ("ha.lt", "thanh.nt", "yen.pt", "mai.lt")]
    kept = counted = 0

    with ExitStack() as stack:
        conns = [stack.enter_context(closing(psycopg.connect(os.environ["DATABASE_URL"]))) for _ in range(4)]
        rows = [[case.pk for case in here[start::3]] for start in range(3)] + [[case.pk for case in there]]
        writers = [Writer(chance, *each, holders) for each in zip(conns, rows, strict=True)]
        for _step in range(100):
            chance.choice(writers).step()
            for actor in chance.sample(lookers, chance.randrange(3)):
                look, one = chance.choice(moments), chance.choice(asked)
                is_known = recall(key_of(actor, one, look), look.at) != UNKNOWN
                chosen, strip, _unknown = strip_of(actor, one, look)
                assert strip.counts == rows_of(actor, look, chosen)
                kept, counted = kept + is_known, counted + (not is_known)

    assert kept > 5 < counted
    assert notes_added_up() == open_cases()


COUNTED_BY = ("commune_id", "state", "due_at", "field_code", "channel", "holder_id", "reception_point_id")


def notes_added_up():
    """How many cases the notes of everything that was ever written leave, by what they are counted by."""
    rows = CaseChange.objects.values_list(*COUNTED_BY).annotate(number=Sum("sign"))
    return sorted(str(row) for row in rows.exclude(number=0))


def open_cases():
    """The same by the cases."""
    rows = Case.objects.filter(state__in=OPEN_STATES).values_list(*COUNTED_BY)
    return sorted(str(row) for row in rows.annotate(number=Count("pk")))


def test_a_transaction_that_began_first_and_ended_last_is_not_missed(case_at, people, friday):
    """It has a smaller number than one that was over when the counts were taken."""
    early, late = copies_of(case_at(State.REGISTERED), [DUE, DUE])
    move = "UPDATE cases_case SET state = 'in_progress' WHERE id = %s"
    with closing(psycopg.connect(os.environ["DATABASE_URL"])) as slow:
        slow.execute(move, (early.pk,))
        Case.objects.filter(pk=late.pk).update(state=State.IN_PROGRESS)
        assert counts_of(people["ha.lt"], friday)["waiting"] == 2
        slow.commit()

    assert counts_of(people["ha.lt"], friday)["waiting"] == 1


def test_notes_are_left_by_every_way_of_writing_an_open_case(case_at, people):
    for state in (State.REGISTERED, State.IN_PROGRESS, State.RESOLVED, State.RETURNED):
        case_at(state)
    copies = copies_of(case_at(State.REGISTERED), [DUE, DUE])
    before = CaseChange.objects.count()

    Case.objects.filter(pk=copies[0].pk).update(summary="nothing that is counted")
    untold = CaseChange.objects.count() - before
    CaseParty.objects.filter(case=copies[0]).delete()
    Case.objects.filter(pk=copies[0].pk).delete()

    assert (untold, CaseChange.objects.count() - before) == (0, 1)
    assert notes_added_up() == open_cases()


def test_notes_of_another_database_are_passed_over(case_at, people, friday):
    """Somebody may restore them with tools of his own; there they numbered other transactions."""
    case_at(State.REGISTERED)
    before = counts_of(people["ha.lt"], friday)
    note = CaseChange.objects.latest("pk")
    note.pk, note.place, note.xact = None, note.place + 1, note.xact + 1_000_000

    note.save()

    assert counts_of(people["ha.lt"], friday) == before


@pytest.mark.parametrize("state", State.values)
def test_notes_are_left_by_open_states_alone(case_at, people, state):
    case = case_at(State.REGISTERED)
    ended = {"finished_at": FRIDAY_MORNING, "finished_on": FRIDAY} if state in FINISHED else {}
    returned = {"returned_at": FRIDAY_MORNING} if state == State.RETURNED else {}
    CaseChange.objects.all().delete()

    Case.objects.filter(pk=case.pk).update(state=state, due_at=FRIDAY_MORNING, **ended, **returned)

    assert CaseChange.objects.filter(sign=1).exists() == (state in OPEN_STATES)


def test_prune_changes_keeps_a_note_for_an_hour_after_it_was_first_seen(case_at, people):
    """A transaction may be older than that when it ends: what counts is since when its note can be seen."""
    case = case_at(State.REGISTERED)
    at = moment("2026-11-20 03:00")
    with closing(psycopg.connect(os.environ["DATABASE_URL"])) as slow:
        slow.execute("UPDATE cases_case SET channel = 'post' WHERE id = %s", (case.pk,))
        prune_changes(at=at)
        slow.commit()

    deleted = [prune_changes(at=at + timedelta(hours=hours)) for hours in (2, 2.5, 3, 3.1)]

    assert (deleted[0] > 0, deleted[1:]) == (True, [0, 0, 2])
    assert not CaseChange.objects.exists()
