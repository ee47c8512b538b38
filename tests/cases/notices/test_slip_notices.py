"""Who takes a slip home is told its number by text message."""

import json

import pytest
from django.db import IntegrityError, transaction

from cases import actions
from cases.choices import OutboxStatus
from cases.models import OutboxMessage
from cases.notices.deliveries import deliveries_of_slip
from cases.notices.drain import drain
from tests.cases.conftest import FRIDAY_MORNING, a_slip

pytestmark = pytest.mark.django_db


def given(clerk, **changes):
    return actions.give_slip(a_slip(clerk, **changes), by=clerk, at=FRIDAY_MORNING)


def test_slip_is_told_once_without_personal_data_in_the_row(clerk):
    wanted = a_slip(clerk, filer="Lê Văn Sơn", filer_phone="+84977000111")
    slip = actions.give_slip(wanted, by=clerk, at=FRIDAY_MORNING)
    actions.give_slip(wanted, by=clerk, at=FRIDAY_MORNING)

    [message] = OutboxMessage.objects.all()
    assert (message.slip_id, message.case_id, message.channel, message.kind) == (
        slip.pk,
        None,
        "sms",
        "slip_given",
    )
    stored = json.dumps([message.payload, message.key, message.recipient], ensure_ascii=False)
    assert [word for word in ("Sơn", "Hương", "912345018", "977000111") if word in stored] == []


@pytest.mark.parametrize(
    ("changes", "to"),
    [
        ({}, "+84912345018"),
        ({"filer": "Lê Văn Sơn", "filer_phone": "+84977000111"}, "+84977000111"),
        ({"filer": "Lê Văn Sơn", "filer_phone": "+842373900900"}, "+84912345018"),
    ],
)
def test_slip_is_told_to_who_brought_it_else_to_whose_it_is(clerk, gateway, settings, changes, to):
    settings.DEMO = False
    slip = given(clerk, **changes)

    drain(at=FRIDAY_MORNING)

    [message] = OutboxMessage.objects.all()
    assert message.status == OutboxStatus.SENT
    [(_key, body)] = gateway.asked
    assert (body["to"], body["template"]) == (to, "slip_given.1")
    assert body["params"] == {
        "code": "1/HDHS",
        "time": "09:42 20/11",
        "place": "Co so 2 - Dinh Thanh, Xa Dinh Hoa",
        "hotline": "02373900900",
    }
    assert [one.what for one in deliveries_of_slip(slip)] == [
        f"Đã nhắn SMS cho {changes.get('filer', 'Lê Thị Hương')}"
    ]


@pytest.mark.parametrize("phone", ["", "+842373900900"])
def test_slip_without_a_mobile_is_told_to_nobody(clerk, phone):
    given(clerk, phone=phone)

    assert OutboxMessage.objects.count() == 0


def test_message_tells_of_a_case_or_of_a_slip_and_never_of_none(clerk):
    given(clerk)

    with pytest.raises(IntegrityError, match="tells_of_one_thing"), transaction.atomic():
        OutboxMessage.objects.update(slip=None)
