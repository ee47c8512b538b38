"""What is typed and not registered: one row per screen, encrypted, gone with the case or after a day."""

import uuid
from datetime import timedelta

import pytest

from cases import actions
from cases.actions.typed import MOST_BYTES, MOST_DRAFTS
from cases.models import TypedDraft
from cases.typed import Typed, read
from tests.cases.conftest import FRIDAY_MORNING, a_slip, an_intake

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def typed_by(clerk, name="Lê Thị Hương", *, key=None, at=FRIDAY_MORNING):
    typed = Typed(key or uuid.uuid4(), {"name": [name], "number": ["038185012346"]}, "Khai sinh", name)
    actions.keep_typed(typed, by=clerk, at=at)
    return typed.intake_key


def kept_of(clerk, at=FRIDAY_MORNING):
    return [read(draft).name for draft in TypedDraft.objects.of(clerk, at=at)]


def test_keep_typed_again_replaces_the_screen(clerk):
    key = typed_by(clerk, "Lê")
    typed_by(clerk, "Lê Thị", key=key, at=FRIDAY_MORNING + SECOND)

    [draft] = TypedDraft.objects.all()
    assert (read(draft).fields, draft.saved_at) == (
        {"name": ["Lê Thị"], "number": ["038185012346"]},
        FRIDAY_MORNING + SECOND,
    )


def test_keep_typed_by_an_older_request_changes_nothing(clerk):
    key = typed_by(clerk, "Lê Thị", at=FRIDAY_MORNING + SECOND)
    typed_by(clerk, "Lê", key=key)

    assert kept_of(clerk) == ["Lê Thị"]


def test_kept_body_shows_no_name_and_no_number(clerk):
    typed_by(clerk)

    body = bytes(TypedDraft.objects.get().body_enc)

    assert (b"038185012346" in body, b"Khai sinh" in body) == (False, False)


def test_several_screens_are_several_drafts_newest_first(clerk):
    typed_by(clerk, "Một")
    typed_by(clerk, "Hai", at=FRIDAY_MORNING + SECOND)

    assert kept_of(clerk) == ["Hai", "Một"]


def test_drafts_of_one_officer_are_nobody_elses(people):
    typed_by(people["ha.lt"])

    assert {name: kept_of(actor) for name, actor in people.items() if kept_of(actor)} == {
        "ha.lt": ["Lê Thị Hương"]
    }


def test_registration_takes_the_draft_with_it(clerk):
    intake = an_intake(clerk)
    typed_by(clerk, key=intake.intake_key)
    typed_by(clerk, "Người khác")

    actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Người khác"]


def test_slip_takes_the_draft_with_it(clerk):
    intake = a_slip(clerk)
    typed_by(clerk, key=intake.intake_key)

    actions.give_slip(intake, by=clerk, at=FRIDAY_MORNING)

    assert TypedDraft.objects.count() == 0


def test_what_became_a_case_is_not_kept_again(clerk):
    intake = an_intake(clerk)
    actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)

    typed_by(clerk, key=intake.intake_key)

    assert TypedDraft.objects.count() == 0


def test_draft_that_came_in_beside_its_registration_is_not_offered(clerk):
    intake = an_intake(clerk)
    typed_by(clerk, key=intake.intake_key)
    [draft] = TypedDraft.objects.all()
    actions.register_case(intake, by=clerk, at=FRIDAY_MORNING)
    draft.save(force_insert=True)

    assert kept_of(clerk) == []


@pytest.mark.parametrize(("hours", "kept"), [(23, ["Lê Thị Hương"]), (24, [])])
def test_draft_is_offered_for_a_day(clerk, hours, kept):
    typed_by(clerk)

    assert kept_of(clerk, FRIDAY_MORNING + timedelta(hours=hours)) == kept


def test_prune_typed_deletes_what_is_older_than_a_day(people):
    typed_by(people["ha.lt"], "Cũ", at=FRIDAY_MORNING - timedelta(hours=24, seconds=1))
    typed_by(people["mai.lt"], "Cũ", at=FRIDAY_MORNING - timedelta(days=3))
    typed_by(people["mai.lt"], "Mới")

    assert actions.prune_typed(at=FRIDAY_MORNING) == 2
    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Mới"]


def test_drop_typed_leaves_the_drafts_of_others(people):
    mine, hers = typed_by(people["ha.lt"], "Một"), typed_by(people["hien.vt"], "Hai")

    actions.drop_typed([mine, hers], by=people["ha.lt"])

    assert [read(draft).name for draft in TypedDraft.objects.all()] == ["Hai"]


def test_drafts_of_one_officer_end_at_a_number(clerk):
    for number in range(MOST_DRAFTS + 2):
        typed_by(clerk, f"Người {number}", at=FRIDAY_MORNING + number * SECOND)

    assert kept_of(clerk) == [f"Người {number}" for number in range(MOST_DRAFTS + 1, 1, -1)]


def test_more_than_hands_can_type_is_not_kept(clerk):
    typed_by(clerk, "x" * MOST_BYTES)

    assert TypedDraft.objects.count() == 0


def test_keep_typed_asks_one_statement_of_the_drafts(clerk, django_assert_num_queries):
    key = typed_by(clerk)

    with django_assert_num_queries(4):  # savepoint, commune, upsert, release
        typed_by(clerk, "Lê", key=key)
