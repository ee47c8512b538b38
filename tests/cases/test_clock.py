import pytest

from cases.choices import ClockKind
from cases.clock import Tick, replay
from cases.errors import CaseError
from procedures.deadlines import TimeLimit, Unit
from tests.calendar_table import CALENDAR, HOURS, moment

FIVE_DAYS = TimeLimit(5, Unit.WORKING_DAY)
THREE_DAYS = TimeLimit(3, Unit.WORKING_DAY)


def replayed(ticks, limit):
    return replay(ticks, limit, calendar=CALENDAR, hours=HOURS)


def test_replay_start_alone_promises_the_limit():
    state = replayed([Tick(ClockKind.START, moment("2026-11-16 09:15"))], THREE_DAYS)  # Monday

    assert state.due_at == moment("2026-11-19 17:00")  # Thursday
    assert (state.is_paused, state.is_stopped) == (False, False)


def test_replay_full_supplement_starts_the_limit_again():
    # domain.md 9.5 number 32: Nghị định 118/2025/NĐ-CP, Điều 19 khoản 5.
    state = replayed(
        [
            Tick(ClockKind.START, moment("2026-11-16 09:15")),  # Monday
            Tick(ClockKind.PAUSE, moment("2026-11-18 10:00")),  # Wednesday
            Tick(ClockKind.RESTART, moment("2026-11-25 10:00")),  # Wednesday
        ],
        FIVE_DAYS,
    )

    assert state.due_at == moment("2026-12-02 17:00")  # Wednesday


def test_replay_verification_adds_the_days_it_waited():
    # Nghị định 123/2015/NĐ-CP, Điều 3 khoản 4.
    state = replayed(
        [
            Tick(ClockKind.START, moment("2026-11-16 09:15")),  # Monday
            Tick(ClockKind.PAUSE, moment("2026-11-17 10:00")),  # Tuesday
            Tick(ClockKind.RESUME, moment("2026-11-23 09:00")),  # Monday
        ],
        THREE_DAYS,
    )

    assert state.due_at == moment("2026-11-26 17:00")  # Thursday


def test_replay_pause_without_end_stands_still():
    state = replayed(
        [
            Tick(ClockKind.START, moment("2026-11-16 09:15")),
            Tick(ClockKind.PAUSE, moment("2026-11-17 10:00")),
        ],
        THREE_DAYS,
    )

    assert state.is_paused
    assert state.due_at == moment("2026-11-19 17:00")


def test_replay_extension_replaces_the_promise():
    state = replayed(
        [
            Tick(ClockKind.START, moment("2026-11-16 09:15")),
            Tick(ClockKind.EXTEND, moment("2026-11-18 09:00"), due_at=moment("2026-11-27 17:00")),
        ],
        THREE_DAYS,
    )

    assert state.due_at == moment("2026-11-27 17:00")


def test_replay_stop_ends_the_clock():
    state = replayed(
        [
            Tick(ClockKind.START, moment("2026-11-16 09:15")),
            Tick(ClockKind.STOP, moment("2026-11-18 09:00")),
        ],
        THREE_DAYS,
    )

    assert state.is_stopped


def test_replay_without_start_is_refused():
    with pytest.raises(CaseError) as refused:
        replayed([Tick(ClockKind.PAUSE, moment("2026-11-17 10:00"))], THREE_DAYS)

    assert refused.value.code == "clock_not_started"
