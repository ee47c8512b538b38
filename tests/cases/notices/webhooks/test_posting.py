"""One message over the network: its five seconds are for the whole of it, and its answer is not read."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from cases.notices.outcomes import Accepted, Retry
from cases.notices.webhooks import posting
from cases.notices.webhooks.posting import post


@contextmanager
def speaking(speak):
    """A listener that lets ``speak`` do what it wants with the first connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def serve():
            connection, _address = server.accept()
            with connection:
                connection.recv(65536)
                speak(connection, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        over.set()
        thread.join(timeout=10)


@pytest.fixture(autouse=True)
def local(settings):
    settings.WEBHOOK_LOCAL_HOSTS = ["127.0.0.1"]


def drips(connection, over):
    """A byte now and then, as if an answer was on its way for ever."""
    for letter in b"HTTP/1.1 200 OK\r\nX: " + b"a" * 10_000:
        if over.wait(0.1):
            return
        try:
            connection.sendall(bytes([letter]))
        except OSError:
            return


def floods(connection, over):
    """An answer without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not over.is_set():
        try:
            connection.sendall(b"a" * 65536)
        except OSError:
            return


def test_an_answer_that_drips_is_silence_when_the_time_is_over(monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 1.0)
    started = time.monotonic()
    with speaking(drips) as url:
        assert post(url, {}, b"{}") == Retry("silence", is_silent=True)

    assert time.monotonic() - started < 60  # the whole answer would take a quarter of an hour


def test_a_name_that_nobody_resolves_in_time_is_silence(monkeypatch):
    over = threading.Event()
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: over.wait(30) and [])
    started = time.monotonic()

    outcome = post("https://told.example/", {}, b"{}")

    took = time.monotonic() - started
    over.set()
    assert outcome == Retry("silence", is_silent=True)
    assert took < 20


def test_an_answer_without_an_end_is_not_read_to_its_end():
    with speaking(floods) as url:
        assert post(url, {}, b"{}") == Accepted()


@pytest.mark.parametrize("words", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-x\r\n"])
def test_what_is_no_answer_is_silence(words):
    with speaking(lambda connection, _over: connection.sendall(words)) as url:
        assert post(url, {}, b"{}") == Retry("silence", is_silent=True)


def test_a_system_without_a_certificate_is_not_told():
    with speaking(lambda connection, _over: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")) as url:
        assert post(url.replace("http:", "https:"), {}, b"{}").reason == "certificate"
