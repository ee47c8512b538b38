"""Facts put right: what changes, what never does, what is kept, and that history re-plays to the present."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import actions
from cases.actions import PaperTaken, Person
from cases.actions.amendments import values_of
from cases.actions.facts import facts_of
from cases.choices import IdKind, State
from cases.documents.receipt_data import snapshot_of
from cases.errors import CaseError, StaleCase
from cases.history import event_hash
from cases.models import Case, CaseAmendment, CaseEvent
from cases.parties import number_of
from procedures.choices import PaperKind
from tests.cases.conftest import FRIDAY_MORNING

PAPER = PaperTaken("Tờ khai", PaperKind.PAPER, originals=1)
PROMISED = (
    "code",
    "received_on",
    "accepted_at",
    "procedure_id",
    "situation_id",
    "due_at",
    "due_trace",
    "state",
)


@pytest.fixture
def case(case_at):
    return case_at(State.REGISTERED, papers=(PAPER,))


def code_of(case, role, part):
    return f"party-{case.parties.get(role=role).pk}-{part}"


def amended(case, people, facts, *, by="ha.lt", reason="Gõ nhầm"):
    """The case after a correction at its present version."""
    version = Case.objects.get(pk=case.pk).version
    actions.amend_case(
        case.code, by=people[by], at=FRIDAY_MORNING, version=version, facts=facts, reason=reason
    )
    return Case.objects.get(pk=case.pk)


def refused(case, people, facts, **more):
    with pytest.raises(CaseError) as refusal:
        amended(case, people, facts, **more)
    return refusal.value.code


def test_amend_case_corrects_the_name_wherever_it_stands(case, people):
    case = amended(case, people, {code_of(case, "principal", "name"): "Lê Thị Hường"})

    assert case.principal_name == "Lê Thị Hường"
    assert set(case.parties.values_list("name", flat=True)) == {"Lê Thị Hường"}
    assert (case.version, case.events.last().seq, case.events.last().kind) == (2, 2, "amend")


@pytest.mark.parametrize(
    ("username", "code"), [("duc.hm", None), ("long.td", None), ("thanh.nt", "not_allowed")]
)
def test_amend_case_belongs_to_clerk_handler_and_director(case, people, username, code):
    facts = {"summary": "Xin xác nhận để vay vốn"}

    if code:
        assert refused(case, people, facts, by=username) == code
    else:
        assert amended(case, people, facts, by=username).summary == "Xin xác nhận để vay vốn"


def test_amend_case_leaves_what_was_promised(case, people):
    before = Case.objects.filter(pk=case.pk).values(*PROMISED).get()
    owed = list(case.obligations.values_list("payable_vnd", "name"))

    case = amended(case, people, {"delivery": "post", "delivery_address": "Thôn Tân Long"})

    assert Case.objects.filter(pk=case.pk).values(*PROMISED).get() == before
    assert list(case.obligations.values_list("payable_vnd", "name")) == owed


def test_amend_case_keeps_old_and_new_encrypted_and_out_of_the_event(case, people):
    number = code_of(case, "principal", "number")

    case = amended(case, people, {number: "038185012399"})

    event = case.events.last()
    assert event.payload == {"schema": 1, "fields": [number, code_of(case, "filer", "number")]}
    assert [values_of(row) for row in case.amendments.all()] == [("038185012346", "038185012399")] * 2
    for row in case.amendments.all():
        assert b"038185012399" not in bytes(row.new_enc)
    assert {number_of(party) for party in case.parties.all()} == {"038185012399"}
    assert event.hash == event_hash(CaseEvent.objects.get(pk=event.pk))


def test_amend_case_prints_a_corrected_receipt_and_keeps_the_first(case, people):
    paper = case.papers.get()

    case = amended(
        case, people, {code_of(case, "principal", "name"): "Lê Thị Hường", f"paper-{paper.pk}-originals": "2"}
    )

    first, second = case.documents.all()
    assert [(copy.copy_no, copy.is_corrected) for copy in (first, second)] == [(1, False), (2, True)]
    old, new = snapshot_of(first), snapshot_of(second)
    assert (old["principal"]["name"], new["principal"]["name"]) == ("Lê Thị Hương", "Lê Thị Hường")
    assert (old["papers"][0]["originals"], new["papers"][0]["originals"]) == (1, 2)
    assert [new[part] for part in ("due_at", "received_at", "payable_vnd")] == [
        old[part] for part in ("due_at", "received_at", "payable_vnd")
    ]
    assert (new["copy_no"], new["is_corrected"]) == (2, True)


def test_amend_case_by_a_handler_keeps_the_name_of_who_received(case, people):
    case = amended(case, people, {"summary": "Xin xác nhận"}, by="duc.hm")

    copy = case.documents.last()
    assert snapshot_of(copy)["officer"] == "Lê Thu Hà"
    assert copy.issued_by_id == people["duc.hm"].officer_id


def test_amend_case_of_a_filer_leaves_the_principal(case_at, people):
    case = case_at(State.REGISTERED, filer=Person(name="Lê Văn Bảy", mandate="Giấy 1/2026"))

    case = amended(case, people, {code_of(case, "filer", "mandate"): "Giấy 12/2026"})

    assert list(case.parties.order_by("pk").values_list("name", "mandate")) == [
        ("Lê Thị Hương", ""),
        ("Lê Văn Bảy", "Giấy 12/2026"),
    ]
    assert case.amendments.count() == 1


def test_amend_case_that_takes_the_last_digits_away_gives_a_pin(case_at, people):
    case = case_at(State.REGISTERED, principal=Person(name="Lê Văn Bảy", phone="+84912345018"))

    case = amended(case, people, {code_of(case, "principal", "phone"): ""})

    assert len(case.tracking_pin) == 4
    assert snapshot_of(case.documents.last())["tracking_pin"] == case.tracking_pin


@pytest.mark.parametrize("birth", ["1985", "03/1985", "14/03/1985", ""])
def test_amend_case_takes_a_birth_date_of_which_parts_are_known(case, people, birth):
    code = code_of(case, "principal", "birth")
    amended(case, people, {code: "01/01/1980"})

    assert facts_of(amended(case, people, {code: birth}))[code] == birth


@pytest.mark.parametrize("state", [State.RESOLVED, State.RETURNED])
def test_amend_case_after_the_signature_is_refused(case_at, people, state):
    assert refused(case_at(state), people, {"summary": "Khác"}) == "refused"


def test_amend_case_that_is_withdrawn_is_refused(case, people):
    actions.withdraw_case(case.code, by=people["ha.lt"], at=FRIDAY_MORNING, version=1, reason="Xin rút")

    assert refused(case, people, {"summary": "Khác"}) == "refused"


@pytest.mark.parametrize(
    ("facts", "reason", "code"),
    [
        ({"summary": "Khác"}, "", "reason_needed"),
        ({"delivery": "counter"}, "Gõ nhầm", "nothing_changed"),
        ({}, "Gõ nhầm", "nothing_changed"),
        ({"due_at": "2026-12-01"}, "Gõ nhầm", "unknown_fact"),
        ({"party-999999999-name": "Ai"}, "Gõ nhầm", "unknown_fact"),
    ],
)
def test_amend_case_refuses_what_is_no_correction(case, people, facts, reason, code):
    assert refused(case, people, facts, reason=reason) == code
    assert (CaseAmendment.objects.count(), Case.objects.get().version) == (0, 1)


def test_amend_case_without_a_name_is_refused(case, people):
    assert refused(case, people, {code_of(case, "principal", "name"): ""}) == "name_needed"


def test_amend_case_on_an_old_page_or_of_a_neighbour_is_refused(case, people):
    amended(case, people, {"summary": "Một"})

    for username, kind in (("ha.lt", StaleCase), ("mai.lt", CaseError)):
        with pytest.raises(kind):
            actions.amend_case(
                case.code,
                by=people[username],
                at=FRIDAY_MORNING + timedelta(minutes=1),
                version=1,
                facts={"summary": "Hai"},
                reason="Gõ nhầm",
            )
    assert Case.objects.get().summary == "Một"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {table} SET field = 'x'", "DELETE FROM {table}", "TRUNCATE {table}"],
)
def test_amendments_are_only_added_to(case, people, statement):
    amended(case, people, {"summary": "Một"})

    with pytest.raises(DatabaseError, match=r"refused|permission denied"), transaction.atomic():
        connection.cursor().execute(statement.format(table="cases_caseamendment"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = 'cases_caseamendment'::regclass AND NOT tgisinternal"
        )
        assert {name for (name,) in cursor.fetchall()} == {"refuse_change", "refuse_truncate"}


CORRECTIONS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.sampled_from(["Lê Thị Hương", "Lê Thị Hường", "Lê Hương"]),
            "birth": st.sampled_from(["", "1985", "03/1985", "14/03/1985"]),
            "number": st.sampled_from(["038185012346", "038185012399"]),
            "phone": st.sampled_from(["", "+84912345018", "+84977737391"]),
            "originals": st.sampled_from(["0", "1", "12"]),
            "delivery": st.sampled_from(["counter", "post"]),
            "summary": st.sampled_from(["", "Xin xác nhận", "Xin xác nhận để vay vốn"]),
        },
    ),
    max_size=4,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(corrections=CORRECTIONS)
def test_amendments_in_any_order_replay_to_the_present(case_at, people, corrections):
    principal = Person("Lê Thị Hương", IdKind.PERSONAL, "038185012346", "+84912345018")
    case = case_at(State.REGISTERED, papers=(PAPER,), principal=principal)
    first, paper = facts_of(case), case.papers.get()
    past = {case.version: first}
    for correction in corrections:
        codes = {"originals": f"paper-{paper.pk}-originals", "delivery": "delivery", "summary": "summary"}
        facts = {
            codes.get(part) or code_of(case, "principal", part): text for part, text in correction.items()
        }
        present = facts_of(Case.objects.get(pk=case.pk))
        if any(present[code] != text for code, text in facts.items()):
            now = amended(case, people, facts)
            past[now.version] = facts_of(now)

    case = Case.objects.get(pk=case.pk)
    replayed = dict(first)
    for row in case.amendments.order_by("seq", "position"):
        old, new = values_of(row)
        assert replayed[row.field] == old
        replayed[row.field] = new

    assert replayed == facts_of(case)
    assert {version: actions.facts_at(case, version) for version in past} == past
    assert case.version == case.events.last().seq
    assert case.documents.count() == len(past)
