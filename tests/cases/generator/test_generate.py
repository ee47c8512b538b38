"""Cases by the hundred: true to every rule, continued without a gap, the same from the same seed."""

import json
import random
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases import actions
from cases.actions import Intake, Person
from cases.choices import RUNNING, IdentityCheck, IdKind, State
from cases.documents import receipt_data
from cases.documents.receipt import snapshot_sha256
from cases.generator.plans import Wish
from cases.generator.rows import COLUMNS
from cases.generator.runs import BIGGEST, generate, remembered
from cases.models import Case, CaseEvent, DailyCounter, Draft, RegisterCounter
from cases.numbering import next_case_numbers
from cases.parties import number_of
from cases.workflow import MOVES
from config.archive.census import broken_histories
from procedures.choices import Channel
from procedures.deadlines import TimeLimit, Unit, compute_due
from staff import clock
from staff.actor import actor_for
from staff.clock import LOCAL
from staff.models import Commune, Membership, Officer
from staff.queries import current_calendar, office_hours, working_point
from staff.rights import Role
from staff.session import MEMBERSHIP

UNTIL = date(2026, 11, 19)  # a Thursday
MORNING = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # the Friday after
COUNT = 400
SAMPLE = random.Random(1)  # noqa: S311 (which cases are looked at)


def wish(**changes):
    return Wish(**{"count": COUNT, "seed": 7, "until": UNTIL, "share": 0.12} | changes)


def generate_here(workers=1, **changes):
    """Cases of a dozen communes, the biggest among them."""
    communes = list(Commune.objects.exclude(gso_code=BIGGEST).order_by("gso_code")[:11])
    communes.append(Commune.objects.get(gso_code=BIGGEST))
    return generate(wish(**changes), workers=workers, say=str, communes=communes)


@pytest.fixture
def generated(db):
    """Some hundred cases of a year."""
    return generate_here()


@pytest.fixture
def clerk(generated):
    """A clerk of the biggest commune."""
    member = Membership.objects.for_actor().get(commune__gso_code=BIGGEST, role=Role.CLERK)
    return actor_for(member)


def test_generate_each_table_copies_every_column_that_is_not_empty_by_itself():
    left_out = {
        table: sorted(
            field.column
            for field in model._meta.concrete_fields
            if field.column not in COLUMNS[table] and not field.generated
        )
        for model in connection.introspection.installed_models(list(COLUMNS))
        if (table := model._meta.db_table)
    }

    assert left_out == {
        "cases_case": ["competent_agency_id", "corrects_id", "receiving_commune_id"],
        **{
            table: ["id"]
            for table in COLUMNS
            if table not in ("cases_case", "cases_draft", "cases_caseresult")
        },
        "cases_draft": [],
        "cases_caseresult": [],
    }


def test_generate_every_commune_has_its_part_and_the_biggest_its_share(db):
    outcome = generate(wish(), workers=1, say=str)

    assert outcome.cases == Case.objects.count() == COUNT
    assert Case.objects.filter(commune__gso_code=BIGGEST).count() == round(COUNT * 0.12)
    assert Case.objects.values("commune").distinct().count() > 120


def test_generate_a_year_of_dates_runs_three_in_a_hundred(generated):
    days = Case.objects.values_list("received_on", flat=True)

    assert UNTIL - timedelta(days=364) <= min(days) < UNTIL - timedelta(days=340)
    assert UNTIL - timedelta(days=10) < max(days) <= UNTIL
    assert 0.02 <= Case.objects.filter(state__in=RUNNING).count() / COUNT <= 0.04
    assert not CaseEvent.objects.filter(occurred_at__gt=datetime(2026, 11, 19, 17, tzinfo=LOCAL)).exists()


def test_generate_bigger_count_reaches_every_state_that_moves_lead_to(db):
    generate_here(count=500, seed=3)

    found = set(Case.objects.values_list("state", flat=True))
    assert found == {move.target for move in MOVES.values()}


def test_generate_histories_are_whole_and_follow_the_table_of_moves(generated):
    assert broken_histories() == []
    for event in CaseEvent.objects.exclude(kind="register"):
        move = MOVES[event.kind]
        assert event.to_state == move.target
        # What is given across the counter is signed on paper as soon as it is registered.
        sources = {State.REGISTERED} if event.payload.get("on_paper") else move.sources
        assert event.from_state in {*sources}
    for case in Case.objects.prefetch_related("events"):
        events = list(case.events.all())
        assert events[-1].to_state == case.state
        assert [event.occurred_at for event in events] == sorted(event.occurred_at for event in events)


def test_generate_models_validate_a_sample(generated):
    for case in SAMPLE.sample(list(Case.objects.all()), 25):
        children = (case.parties, case.papers, case.obligations, case.documents, case.drafts, case.results)
        for row in (case, *(row for rows in children for row in rows.all())):
            # What may be null or empty in the table is not asked of a form.
            empty = [
                field.name for field in row._meta.fields if getattr(row, field.attname) in (None, "", [])
            ]
            row.full_clean(exclude=empty, validate_unique=False)


def test_generate_each_promise_is_the_answer_of_the_deadline_engine(generated):
    calendar = current_calendar()
    for case in SAMPLE.sample(list(Case.objects.all()), 120):
        limit = TimeLimit(case.limit_amount, Unit(case.limit_unit))
        hours = office_hours(case.reception_point_id, case.received_on)
        deadline = compute_due(case.clock_started_at, limit, calendar=calendar, hours=hours)
        assert case.due_at == deadline.due_at
        assert case.due_trace == [step.as_json() for step in deadline.trace]
        assert case.calendar_revision == deadline.calendar_revision


def test_generate_each_receipt_holds_what_the_counter_would_have_printed(generated):
    kept = Case.objects.filter(documents__isnull=False).select_related("commune", "procedure")
    for case in SAMPLE.sample(list(kept), 60):
        document, event = case.documents.get(), case.events.first()
        snapshot = receipt_data.snapshot_of(document)
        by = actor_for(Membership.objects.for_actor().get(pk=event.actor["membership"]))
        assert snapshot == json.loads(json.dumps(receipt_data._snapshot(case, by=by, at=case.accepted_at)))
        assert document.sha256 == snapshot_sha256(snapshot)


def test_generate_numbers_of_people_are_encrypted_and_found_again(generated):
    party = Case.objects.filter(parties__role="filer").first().parties.first()

    assert number_of(party).startswith("038")
    assert len(number_of(party)) == 12


def test_generate_nobody_decides_on_an_own_draft(generated):
    decided = Draft.objects.exclude(decision="")

    assert decided.count() > 50
    assert [draft for draft in decided if draft.decided_by_id == draft.proposed_by_id] == []


def test_generate_numbers_have_no_gap_and_the_next_registration_goes_on(generated, clerk):
    for counter in RegisterCounter.objects.all():
        book = Case.objects.filter(commune=counter.commune_id, register_year=counter.year)
        numbers = sorted(book.values_list("register_number", flat=True))
        assert numbers == list(range(1, counter.last + 1))
    for counter in DailyCounter.objects.select_related("commune"):
        codes = Case.objects.filter(commune=counter.commune_id, received_on=counter.day).order_by(
            "accepted_at"
        )
        given = sorted(codes.values_list("code", flat=True))
        head = f"{counter.commune.org_code}-{counter.day:%y%m%d}-"
        assert given == [f"{head}{n:04d}" for n in range(1, counter.last + 1)]
    last = RegisterCounter.objects.get(commune_id=clerk.commune_id, year=2026).last
    case = actions.register_case(a_walk_in(clerk), by=clerk, at=MORNING)
    assert (case.register_number, case.code[-11:]) == (last + 1, "261120-0001")
    commune = Commune.objects.get(gso_code=BIGGEST)
    newest = Case.objects.filter(commune=commune, received_on__lt=MORNING.date()).latest("code")
    serial = int(newest.code.rpartition("-")[2])
    _number, again = next_case_numbers(commune.pk, commune.org_code, newest.received_on)
    assert again == f"{newest.code[:-4]}{serial + 1:04d}"


def a_walk_in(clerk):
    return Intake(
        intake_key=UUID("11111111-1111-4111-8111-111111111111"),
        procedure_code="1.004873",
        situation="",
        channel=Channel.COUNTER,
        reception_point_id=working_point(clerk).pk,
        principal=Person("Lê Văn Thử", IdKind.PERSONAL, "038090000001", "+84912345678"),
        identity_check=IdentityCheck.PAPER_SEEN,
    )


def test_generate_a_second_run_goes_on_after_the_first(generated):
    generate_here(count=200, seed=8)

    assert Case.objects.count() == COUNT + 200
    assert broken_histories() == []


PLAIN = {
    "cases_case": "code, state, version, field_code, channel, accepted_at, due_at, due_trace, finished_at,"
    " register_number, summary, principal_name, tracking_token, intake_key",
    "cases_caseparty": "role, name, id_blind, phone, birth_year, address",
    "cases_casepaper": "name, originals, photocopies, received_at",
    "cases_feeobligation": "name, base_vnd, payable_vnd, reason",
    "cases_caseevent": "seq, kind, from_state, to_state, occurred_at, reason",
}


def fingerprints():
    found = {}
    with connection.cursor() as cursor:
        for table, columns in PLAIN.items():
            hashed = f"sum(hashtextextended(({columns})::text, 0)::numeric)"
            cursor.execute(f"SELECT count(*), {hashed} FROM {table}")  # noqa: S608 (own literals)
            found[table] = cursor.fetchone()
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [1, 2])
def test_generate_the_same_seed_into_an_empty_database_gives_the_same_rows(workers, request):
    generate_here(workers, count=240, seed=11)

    found = {name: [int(rows), int(print_)] for name, (rows, print_) in fingerprints().items()}
    known = request.config.stash.setdefault(SEEN, found)
    assert found == known
    assert found["cases_case"][0] == 240


SEEN = pytest.StashKey()


def test_generate_another_seed_gives_other_cases(generated):
    names = set(Case.objects.values_list("principal_name", flat=True))
    generate_here(seed=8)

    more = set(Case.objects.values_list("principal_name", flat=True)) - names
    assert len(more) > COUNT / 2


@pytest.fixture
def officer_browser(generated, clerk, monkeypatch):
    """The browser of the clerk on the next morning."""
    monkeypatch.setenv(clock.OFFSET_VARIABLE, str((MORNING - clock.now()).total_seconds()))
    client = Client()
    client.force_login(Officer.objects.get(pk=clerk.officer_id))
    session = client.session
    session[MEMBERSHIP] = clerk.membership_id
    session.save()
    return client


def test_generate_pages_of_the_cases_open_for_an_officer_of_the_commune(officer_browser, clerk):
    assert officer_browser.get(reverse("cases:queue")).status_code == 200
    mine = Case.objects.filter(commune_id=clerk.commune_id)
    for case in mine.order_by("pk")[::6]:
        assert officer_browser.get(reverse("cases:case", args=[case.code])).status_code == 200
        assert Client().get(reverse("cases:track_token", args=[case.tracking_token])).status_code == 200
    case = mine.filter(documents__isnull=False).first()
    answer = officer_browser.get(reverse("cases:receipt", args=[case.code]))
    assert answer.status_code == 200
    assert b"".join(answer) if answer.streaming else answer.content[:4] == b"%PDF"


def test_generate_cases_leaves_data_that_is_no_demonstration_alone(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="--force"):
        call_command("generate_cases", "--count", "5")
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [["--count", "0"], ["--count", "1", "--commune-share", "2"], ["--count", "1", "--until", "2999-01-01"]],
)
def test_generate_cases_impossible_wish_is_refused(db, words):
    with pytest.raises(CommandError, match="--count is at least 1"):
        call_command("generate_cases", "--force", *words)


def test_generate_cases_command_remembers_its_seed_and_its_speed(db, settings, tmp_path, capsys):
    settings.DEMO, settings.DATA_DIR = True, tmp_path

    call_command("generate_cases", "--count", "60", "--until", "2026-11-19", "--workers", "1")

    (kept,) = remembered(tmp_path)
    assert (kept["count"], kept["until"], kept["commune_share"], kept["cases"]) == (
        60,
        "2026-11-19",
        0.12,
        60,
    )
    assert f"seed {kept['seed']}" in capsys.readouterr().out
    assert kept["rows_per_second"] > 0
    assert kept["bare_rows_per_second"] > 0
