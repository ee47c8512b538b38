"""The shared cache holds only what may vanish, so the office works while it is away."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PATIENCE_SECONDS: Final = 0.1
IMPATIENT: Final[Mapping[str, Any]] = {
    "socket_connect_timeout": PATIENCE_SECONDS,
    "socket_timeout": PATIENCE_SECONDS,
    "retry": Retry(NoBackoff(), 1),  # a line that the server closed meanwhile is opened once more
}
"""Whoever asks a page waits longer for a silent cache than for what the cache saves."""


class ForgivingRedisCache(RedisCache):
    """A cache that answers "not known" instead of failing when its server does not answer, or not soon."""

    def __init__(self, server: str, params: Mapping[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**IMPATIENT, **params.get("OPTIONS", {})}})

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Nothing was added when the server is away."""
        try:
            return bool(super().add(*args, **kwargs))
        except RedisError:
            return False

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The default when the server is away."""
        try:
            return super().get(key, default, version)
        except RedisError:
            return default

    def set(self, *args: Any, **kwargs: Any) -> None:
        """Forgotten at once when the server is away."""
        try:
            super().set(*args, **kwargs)
        except RedisError:
            return

    def incr(self, *args: Any, **kwargs: Any) -> int:
        """Nothing is counted when the server is away."""
        try:
            return int(super().incr(*args, **kwargs))
        except RedisError:
            return 0

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        """Nothing was deleted when the server is away."""
        try:
            return bool(super().delete(*args, **kwargs))
        except RedisError:
            return False
