"""What a session of an officer remembers, and how it is read: one statement that is written once."""

from datetime import datetime
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.contrib.sessions.models import Session

from staff import clock
from staff.gathering import Question, Rows

MEMBERSHIP: Final = "membership_id"
ENDED_IDLE: Final = "ended_idle"
SEEN_AT: Final = "seen_at"
IDLE_SECONDS: Final = 30 * 60
# The moment of the last request is written at most once a minute, so that reading a page writes nothing.
TOUCH_SECONDS: Final = 60


class SessionStore(TableStore):
    """Sessions in the database, as Django keeps them."""

    def _get_session_from_db(self) -> Session | None:
        """The row of this key that has not run out; without one the key is forgotten, as Django does."""
        key = self.session_key
        found = _kept.gather(key=key, at=clock.machine_now())["session"] if key else []
        if not found:
            self._session_key = None
            return None
        session: Session = found[0]
        return session


def has_been_idle(session: SessionBase, at: datetime) -> bool:
    """Whether the last request lies more than 30 minutes back."""
    seen = session.get(SEEN_AT)
    return seen is not None and at.timestamp() - seen > IDLE_SECONDS


def touch(session: SessionBase, at: datetime) -> None:
    """Remember this moment as the last use, unless one is remembered that is less than a minute old."""
    seen = session.get(SEEN_AT)
    if seen is None or at.timestamp() - seen >= TOUCH_SECONDS:
        session[SEEN_AT] = int(at.timestamp())


def enter_membership(session: SessionBase, membership_id: int) -> None:
    """Work in this membership from now on, under a new session key.

    A request that is still under way with the old key can then no longer write the old membership back.
    """
    session.cycle_key()
    session[MEMBERSHIP] = membership_id


@Question
def _kept(*, key: str, at: datetime) -> dict[str, Rows]:
    return {"session": Rows(Session.objects.filter(session_key=key, expire_date__gt=at))}
