import socket
import threading

import pytest

from config.cache import ForgivingRedisCache


@pytest.fixture
def silent():
    """A server that takes every line and never says a word; its address, and the lines it took."""
    lines = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take():
            while True:
                try:
                    lines.append(server.accept()[0])
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", lines
        server.shutdown(socket.SHUT_RDWR)
    for line in lines:
        line.close()


CALLS = {
    "get": (lambda cache: cache.get("a", "not known"), "not known"),
    "set": (lambda cache: cache.set("a", 1), None),
    "add": (lambda cache: cache.add("a", 1), False),
    "incr": (lambda cache: cache.incr("a"), 0),
    "delete": (lambda cache: cache.delete("a"), False),
}


@pytest.mark.parametrize("name", CALLS)
def test_cache_that_is_away_knows_nothing(name):
    call, answer = CALLS[name]

    assert call(ForgivingRedisCache("redis://127.0.0.1:1/0", {})) == answer


@pytest.mark.parametrize("name", CALLS)
def test_cache_that_says_nothing_is_asked_twice_at_most(silent, name):
    address, lines = silent
    call, answer = CALLS[name]

    assert call(ForgivingRedisCache(address, {})) == answer
    assert len(lines) <= 2
