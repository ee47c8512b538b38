from datetime import UTC, datetime

import pytest
import redis

from config.services import processes, valkey
from config.services.embedded import EmbeddedServices
from staff.api.throttles import count
from tests.offices import open_place

AT = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # Thursday


@pytest.fixture
def server(settings):
    """A Valkey of its own, which is the cache."""
    with open_place() as folder:
        folder.create()
        services = EmbeddedServices(folder)
        process = services.start_valkey()
        try:
            assert processes.wait_until(lambda: valkey.is_ready(services.valkey), seconds=20)
            settings.CACHES = {
                "default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": services.valkey.url}
            }
            yield redis.Redis.from_url(services.valkey.url)
        finally:
            valkey.stop(process)


def test_requests_of_a_minute_are_counted(server):
    assert [count("token:1", AT) for _request in range(3)] == [1, 2, 3]
    assert count("token:2", AT) == 1


def test_everybody_is_answered_while_the_cache_reads_and_does_not_write(server):
    server.config_set("min-replicas-to-write", 1)  # as on a full disk: what is asked is answered, no more

    assert [count("token:1", AT) for _request in range(2)] == [0, 0]
