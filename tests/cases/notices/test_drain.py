from datetime import timedelta

import pytest

from cases.actions import Person
from cases.choices import OutboxStatus, State
from cases.models import OfficerNotice, OutboxMessage
from cases.notices import channels, drain
from cases.notices.outcomes import Retry
from tests.cases.conftest import FRIDAY_MORNING

NOBODY_TO_TELL = Person(name="Lê Thị Hương")
LATER = FRIDAY_MORNING + timedelta(seconds=10)


def test_drain_delivers_each_message_once(case_at, people):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)

    first = drain.drain(at=LATER)
    second = drain.drain(at=LATER)

    assert first == {"claimed": 1, "sent": 1, "retried": 0, "skipped": 0, "dead": 0}
    assert second["claimed"] == 0
    notice = OfficerNotice.objects.get()
    assert (notice.officer_id, notice.kind) == (people["duc.hm"].officer_id, "forwarded")


def test_drain_takes_over_a_lease_that_ran_out(case_at):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    OutboxMessage.objects.update(
        status=OutboxStatus.SENDING, attempts=1, lease_until=FRIDAY_MORNING + timedelta(seconds=5)
    )

    counts = drain.drain(at=LATER)

    assert counts["sent"] == 1


def test_drain_leaves_a_running_lease_alone(case_at):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    OutboxMessage.objects.update(
        status=OutboxStatus.SENDING, attempts=1, lease_until=LATER + timedelta(seconds=50)
    )

    assert drain.drain(at=LATER)["claimed"] == 0


@pytest.mark.parametrize("status", [OutboxStatus.PENDING, OutboxStatus.SENDING])
def test_drain_takes_what_was_put_off_before_the_clock_was_set_back(case_at, status):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    future = LATER + timedelta(days=1)
    OutboxMessage.objects.update(status=status, next_try_at=future, lease_until=future)

    assert drain.drain(at=LATER)["sent"] == 1


def test_drain_delivering_twice_under_one_key_shows_one_notice(case_at):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    drain.drain(at=LATER)
    OutboxMessage.objects.update(status=OutboxStatus.PENDING, sent_at=None)

    drain.drain(at=LATER)

    assert OfficerNotice.objects.count() == 1


@pytest.fixture
def refusing_channel(monkeypatch):
    """A receiving side that is busy, at the edge of the system."""
    monkeypatch.setitem(channels.CHANNELS, "in_app", lambda _message, _at: Retry("busy"))


def test_drain_refused_message_waits_longer_each_time(case_at, refusing_channel):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    waits, at = [], LATER

    for _attempt in range(3):
        drain.drain(at=at)
        message = OutboxMessage.objects.get()
        waits.append(message.next_try_at - at)
        at = message.next_try_at

    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5)]
    assert message.last_error == "busy"


def test_drain_gives_up_after_a_day_and_says_so(case_at, refusing_channel):
    case_at(State.IN_PROGRESS, principal=NOBODY_TO_TELL)
    at = LATER

    for _attempt in range(60):
        drain.drain(at=at)
        message = OutboxMessage.objects.get()
        if message.status == OutboxStatus.DEAD:
            break
        at = message.next_try_at

    assert message.status == OutboxStatus.DEAD
    assert timedelta(hours=24) <= at - LATER < timedelta(hours=27)


def test_drain_goes_on_behind_a_message_whose_channel_has_a_fault(case_at, monkeypatch):
    case_at(State.AWAITING_APPROVAL)
    first = OutboxMessage.objects.filter(channel="in_app").earliest("pk")
    deliver = channels.CHANNELS["in_app"]

    def stumble(message, at):
        if message.pk == first.pk:
            raise KeyError(message.kind)
        return deliver(message, at)

    monkeypatch.setitem(channels.CHANNELS, "in_app", stumble)
    drain.drain(at=LATER)

    first.refresh_from_db()
    assert (first.status, first.last_error) == (OutboxStatus.PENDING, "fault")
    assert OfficerNotice.objects.filter(kind="submitted").count() == 1
