from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import F

from staff.session import SessionStore, has_been_idle, touch

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


@pytest.fixture
def kept(db):
    """The key of a session that was written."""
    session = SessionStore()
    session["membership_id"] = 7
    session.save()
    return session.session_key


def test_session_is_read_back_by_its_key(kept, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(kept)["membership_id"] == 7


def test_session_that_has_run_out_is_empty_and_its_key_forgotten(kept):
    Session.objects.update(expire_date=F("expire_date") - timedelta(hours=12))
    session = SessionStore(kept)

    assert session.get("membership_id") is None
    assert session.session_key is None


@pytest.mark.parametrize("key", ["x" * 32, "x" * 5000, "' OR true --", "7"])
def test_strange_key_opens_no_session(kept, key):
    session = SessionStore(key)

    assert session.get("membership_id") is None
    assert session.session_key is None
