"""How many requests a minute are answered: by key, and by address for those without one.

The counts live in the cache. While that is away everybody is answered: a limit is no reason to stop work.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

from django.conf import settings
from django.core.cache import cache
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from staff import clock
from staff.http import address_of

if TYPE_CHECKING:
    from staff.api.authentication import Pass

MINUTE: Final = 60


class MinuteThrottle(BaseThrottle, ABC):
    """Counts the requests of one minute of the clock."""

    left: int | None = None

    @abstractmethod
    def counted_as(self, request: Request) -> tuple[str, int]:
        """Whose requests are counted together, and how many are answered."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this one is still answered."""
        who, most = self.counted_as(request)
        at = clock.now()
        if count(who, at) <= most:
            return True
        self.left = seconds_left(at)
        return False

    def wait(self) -> float | None:
        """Until the next minute of the clock."""
        return self.left


class AddressThrottle(MinuteThrottle):
    """Those without a key, by network address."""

    def counted_as(self, request: Request) -> tuple[str, int]:
        """The network address."""
        return f"address:{address_of(request)}", settings.API_PER_MINUTE_ADDRESS


class TokenThrottle(MinuteThrottle):
    """Those with a key."""

    def counted_as(self, request: Request) -> tuple[str, int]:
        """The key."""
        token = cast("Pass", request.auth).token
        return f"token:{token.pk}", settings.API_PER_MINUTE_TOKEN


def count_failure(request: Request, at: datetime) -> None:
    """Count a wrong key.

    Raises:
        Throttled: this address has tried too many this minute.
    """
    if count(f"wrong:{address_of(request)}", at) > settings.API_PER_MINUTE_WRONG:
        raise Throttled(seconds_left(at))


def count(who: str, at: datetime) -> int:
    """One more request of this minute; how many they are, zero while the cache is away."""
    key = f"api:{who}:{int(at.timestamp()) // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:  # a cache that reads and does not write, as on a full disk
        return 0


def seconds_left(at: datetime) -> int:
    """Until the next minute of the clock."""
    return MINUTE - int(at.timestamp()) % MINUTE
