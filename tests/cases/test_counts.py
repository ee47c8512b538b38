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
from django.db import connection, transaction
from django.test import TransactionTestCase

from cases.actions.pruning import prune_changes
from cases.choices import RUNNING, State
from cases.counts import Counted, key_of
from cases.lookups import moment_of, strip_of
from cases.models import Case, CaseChange
from cases.queues import VIEWS, QueueFilter
from staff.queries import current_calendar
from tests.calendar_table import moment
from tests.cases.conftest import FRIDAY_MORNING, copies_of

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = date(2026, 11, 20)
DUE = moment("2026-11-26 17:00")
ALL = QueueFilter()


def look_at(at):
    return moment_of(at, at.date(), current_calendar())


@pytest.fixture
def friday(people):
    return look_at(FRIDAY_MORNING)


def counts_of(actor, look):
    return dict(strip_of(actor, ALL, look)[1].counts)


def kept_for(actor, look):
    """What is kept for this look, or what knows nothing."""
    return Counted(*cache.get(key_of(actor, ALL, look), ()))


def rows_of(actor, look, asked=ALL):
    """The counts by the rows behind them, one by one."""
    shown = Case.objects.visible_to(actor).narrowed(asked)
    at = {"actor": actor, "moment": look, "state": asked.state}
    return {view: shown.in_view(view, **at).count() for view in VIEWS}


def falsify(actor, look):
    """Let what is kept say something that is not so: whoever shows it has not counted anew."""
    kept = kept_for(actor, look)
    false = replace(kept, cells=[("registered", "soon", 777)])
    cache.set(key_of(actor, ALL, look), astuple(false))


def is_counted_anew(actor, look):
    return counts_of(actor, look)["open"] != 777


def test_counts_are_kept_until_a_case_of_the_commune_is_written(case_at, people, friday):
    case = case_at(State.REGISTERED)
    counts_of(people["ha.lt"], friday)
    falsify(people["ha.lt"], friday)

    assert not is_counted_anew(people["ha.lt"], friday)
    assert not is_counted_anew(people["hien.vt"], friday)  # a colleague at the same counter

    case_at(State.REGISTERED, clerk="mai.lt")  # in another commune
    assert not is_counted_anew(people["ha.lt"], friday)

    Case.objects.filter(pk=case.pk).update(state=State.SUBMITTED)
    assert counts_of(people["ha.lt"], friday) == rows_of(people["ha.lt"], friday)


def test_counts_are_those_of_who_looks_and_of_what_is_asked(case_at, people, friday):
    """Whoever sees or asks for other cases is not shown what was counted for somebody else."""
    for state in (State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RESOLVED):
        case_at(state), case_at(State.REGISTERED, procedure_code="1.001776")
    case_at(State.REGISTERED, clerk="mai.lt")
    asked = (ALL, QueueFilter(state="in_progress"), QueueFilter(field="social_protection"), ALL)
    usernames = ("ha.lt", "duc.hm", "thanh.nt", "long.td", "yen.pt", "mai.lt", "ha.lt")

    for actor, one in product(map(people.get, usernames), asked):
        chosen, strip, _unknown = strip_of(actor, one, friday)
        assert strip.counts == rows_of(actor, friday, chosen)


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

    assert kept_for(people["ha.lt"], friday).cells
    assert counts_of(people["ha.lt"], friday)["open"] == 0


class Writer:
    """A transaction at a time on a connection of its own, into cases that nobody else writes."""

    def __init__(self, chance, conn, cases):
        self.chance, self.conn, self.cases = chance, conn, cases

    def step(self):
        """Write a little, or end the transaction in one way or the other."""
        ways = [self.write, self.write_in_vain, self.conn.commit, self.conn.rollback]
        self.chance.choices(ways, weights=(5, 1, 2, 1))[0]()

    def write(self):
        state = self.chance.choice([*RUNNING])
        due_at = DUE + timedelta(hours=self.chance.randrange(-72, 72))
        sql = "UPDATE cases_case SET state = %s, due_at = %s WHERE id = %s"
        self.conn.execute(sql, (state, due_at, self.chance.choice(self.cases)))

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
    looks = [look_at(DUE + timedelta(hours=hours)) for hours in (-20, -20, 0, 6)]
    lookers = [people[username] for username in ("ha.lt", "thanh.nt", "mai.lt")]
    kept = counted = 0

    with ExitStack() as stack:
        conns = [stack.enter_context(closing(psycopg.connect(os.environ["DATABASE_URL"]))) for _ in range(4)]
        rows = [[case.pk for case in here[start::3]] for start in range(3)] + [[case.pk for case in there]]
        writers = [Writer(chance, conn, cases) for conn, cases in zip(conns, rows, strict=True)]
        for _step in range(80):
            chance.choice(writers).step()
            for actor in chance.sample(lookers, chance.randrange(3)):
                look = chance.choice(looks)
                before = kept_for(actor, look)
                assert counts_of(actor, look) == rows_of(actor, look)
                is_kept = before.seen and before == kept_for(actor, look)
                kept, counted = kept + bool(is_kept), counted + (not is_kept)

    assert kept > 5 < counted


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


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE cases_case SET summary = '' WHERE id = %s",
        "UPDATE cases_case SET commune_id = commune_id WHERE id = %s",
        "INSERT INTO cases_casechange (commune_id, xact) SELECT commune_id, 1 FROM cases_case WHERE id = %s",
    ],
    ids=["any column", "one statement twice", "nothing of a case"],
)
def test_every_transaction_is_noted_once(case_at, people, write):
    case = case_at(State.REGISTERED)
    CaseChange.objects.all().delete()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(write, [case.pk])
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        (xact,) = cursor.fetchone()
        Case.objects.filter(pk=case.pk).update(copies=2)

    assert CaseChange.objects.filter(commune_id=case.commune_id, xact=xact).count() == 1


def test_prune_changes_keeps_a_note_for_an_hour_after_it_was_first_seen(case_at, people):
    """A transaction may be older than that when it ends: what counts is since when its note can be seen."""
    case = case_at(State.REGISTERED)
    at = moment("2026-11-20 03:00")
    with closing(psycopg.connect(os.environ["DATABASE_URL"])) as slow:
        slow.execute("UPDATE cases_case SET copies = 2 WHERE id = %s", (case.pk,))
        prune_changes(at=at)
        slow.commit()

    deleted = [prune_changes(at=at + timedelta(hours=hours)) for hours in (2, 2.5, 3, 3.1)]

    assert (deleted[0] > 0, deleted[1:]) == (True, [0, 0, 1])
    assert not CaseChange.objects.exists()
