from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase

from staff.session import has_been_idle, touch

AT = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # Thursday


@pytest.fixture
def session():
    fresh = SessionBase()
    fresh._session_cache = {}
    touch(fresh, AT)
    fresh.modified = False
    return fresh


@pytest.mark.parametrize(("minutes", "idle"), [(0, False), (30, False), (31, True)])
def test_has_been_idle_after_more_than_thirty_minutes(session, minutes, idle):
    assert has_been_idle(session, AT + timedelta(minutes=minutes)) == idle


@pytest.mark.parametrize(("seconds", "written"), [(59, False), (60, True)])
def test_touch_writes_at_most_once_a_minute(session, seconds, written):
    touch(session, AT + timedelta(seconds=seconds))

    assert session.modified == written
