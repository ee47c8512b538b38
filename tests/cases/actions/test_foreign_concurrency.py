"""Two communes that send each other cases at the same moment."""

import pytest

from cases import actions
from cases.actions import Elsewhere, PaperTaken
from cases.models import Case, ForeignReception, PaperHandover
from staff.models import Agency
from tests.cases.actions.test_concurrency import at_once
from tests.cases.conftest import FRIDAY_MORNING, an_intake

pytestmark = pytest.mark.django_db(transaction=True)


def send(by, to):
    intake = an_intake(by)
    return lambda: actions.register_elsewhere(intake, Elsewhere(to.commune_id), by=by, at=FRIDAY_MORNING)


def test_register_elsewhere_in_both_directions_at_once_never_waits_in_a_circle(people):
    one, other = people["ha.lt"], people["mai.lt"]

    rows = at_once(*[send(*way) for way in [(one, other), (other, one)] * 4])

    assert sorted((row.commune_id, row.case_code[-4:]) for row in rows) == sorted(
        (actor.commune_id, f"{serial:04d}") for actor in (one, other) for serial in range(1, 5)
    )


def test_register_elsewhere_with_one_key_by_four_hands_is_one_row(people):
    call = send(people["ha.lt"], people["mai.lt"])

    rows = at_once(*[call] * 4)

    assert len({row.pk for row in rows}) == 1
    assert (Case.objects.count(), ForeignReception.objects.count()) == (1, 1)


def test_return_and_moves_at_once_keep_one_history(people):
    """The receiver returns the result while the competent commune hands it over: one of them is first."""
    one, other = people["ha.lt"], people["mai.lt"]
    row = send(one, other)()
    case = Case.objects.get(code=row.case_code)
    steps = [
        (actions.forward_case, other, {"holder_id": people["thiem.vv"].officer_id}),
        (actions.submit_result, people["thiem.vv"], {"granted": True, "body": "Xác nhận"}),
        (actions.approve_result, people["buong.lv"], {"number": "7"}),
    ]
    for action, by, more in steps:
        case = action(case.code, by=by, at=FRIDAY_MORNING, version=case.version, **more)

    at_once(
        lambda: actions.return_foreign_result(case.code, by=one, at=FRIDAY_MORNING, collector=""),
        lambda: actions.hand_over_result(
            case.code, by=other, at=FRIDAY_MORNING, version=case.version, collector=""
        ),
    )

    case.refresh_from_db()
    assert list(case.events.values_list("kind", flat=True)).count("hand_over") == 1
    assert ForeignReception.objects.get().state == "returned" == case.state


def test_papers_listed_twice_at_once_are_on_one_list(people):
    clerk, agency = people["ha.lt"], Agency.objects.get(slug="so-tu-phap")
    papers = (PaperTaken("Tờ khai", "paper", originals=1),)
    codes = [
        actions.register_at_agency(
            an_intake(clerk, papers=papers), agency.pk, by=clerk, at=FRIDAY_MORNING
        ).code
        for _number in range(3)
    ]

    answers = at_once(*[lambda: actions.list_agency_papers(codes, by=clerk, at=FRIDAY_MORNING)] * 4)

    assert sorted(getattr(one, "code", "listed") for one in answers) == ["listed"] + ["nothing_to_send"] * 3
    assert PaperHandover.objects.count() == 1
