"""A moment as clerks type it, and which of them counts."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from cases.forms.late import MomentField, received_at
from staff.clock import LOCAL

FRIDAY = datetime(2026, 11, 20, 9, 42, tzinfo=LOCAL)  # a Friday
THURSDAY = datetime(2026, 11, 19, 15, 30, tzinfo=LOCAL)  # a Thursday


def moment(text):
    return MomentField(label="", max_length=20, required=False).clean(text)


@pytest.mark.parametrize("text", ["19/11/2026 15:30", "19/11/2026, 15h30", " 19/11/2026  15g30 "])
def test_moment_may_be_typed_as_people_write_it(text):
    assert moment(text) == THURSDAY


def test_moment_that_is_not_typed_is_none():
    assert moment("") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("15:30", "moment_form"),
        ("19/11/2026", "moment_form"),
        ("2026-11-19 15:30", "moment_form"),
        ("٠١/١١/٢٠٢٦ 09:00", "moment_form"),
        ("31/02/2026 09:00", "moment_unknown"),
        ("19/11/2026 24:00", "moment_unknown"),
        ("19/11/0000 09:00", "moment_unknown"),
    ],
)
def test_moment_that_cannot_be_is_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        moment(text)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        (None, FRIDAY),
        ({"late_at": "19/11/2026 15:30"}, FRIDAY),
        ({"late": "on"}, FRIDAY),
        ({"late": "on", "late_at": "19/11"}, FRIDAY),
        ({"late": "on", "late_at": "21/11/2026 09:00"}, FRIDAY),
        ({"late": "on", "late_at": "10/11/2026 09:41"}, FRIDAY),
        ({"late": "on", "late_at": "10/11/2026 09:42"}, FRIDAY - timedelta(days=10)),
        ({"late": "on", "late_at": "19/11/2026 15:30"}, THURSDAY),
    ],
)
def test_received_at_is_the_typed_moment_where_it_can_be(typed, counted):
    assert received_at(typed, FRIDAY) == counted
