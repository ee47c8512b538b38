from datetime import UTC, date, datetime, timedelta

import pytest

from staff.clock import local, localdate, now


def test_now_without_offset_is_the_present_in_utc(monkeypatch):
    monkeypatch.delenv("MOTCUA_NOW_OFFSET", raising=False)

    before, at, after = datetime.now(UTC), now(), datetime.now(UTC)  # noqa: TID251

    assert before <= at <= after
    assert at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("seconds", [86_400, -3_600])
def test_now_with_offset_is_moved_by_its_seconds(monkeypatch, seconds):
    monkeypatch.setenv("MOTCUA_NOW_OFFSET", str(seconds))

    moved = now() - datetime.now(UTC)  # noqa: TID251

    assert abs(moved - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_now_reads_the_offset_at_each_call(monkeypatch):
    monkeypatch.setenv("MOTCUA_NOW_OFFSET", "0")
    first = now()

    monkeypatch.setenv("MOTCUA_NOW_OFFSET", "7200")

    assert now() - first >= timedelta(hours=2)


def test_local_moment_shows_the_time_of_hanoi():
    at = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)  # Friday

    assert local(at).isoformat() == "2026-11-20T09:42:00+07:00"


def test_localdate_late_in_the_utc_day_is_the_next_day():
    at = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # Friday, midnight in the office

    assert localdate(at) == date(2026, 11, 21)


def test_local_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        local(datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001 - the missing zone is what is refused
