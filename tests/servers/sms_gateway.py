"""A text message gateway on this machine: takes, delays, refuses, or hangs up, and remembers every key."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAKES, IS_SLOW, IS_BUSY, REFUSES, HANGS_UP = "takes", "is slow", "is busy", "refuses", "hangs up"
STATUS = {TAKES: 202, IS_SLOW: 202, IS_BUSY: 503, REFUSES: 400}
TOKEN = "token of the tests"


@dataclass
class SmsGateway:
    """What the gateway does next, what it was asked, and what went out to telephones."""

    url: str
    mood: str = TAKES
    asked: list = field(default_factory=list)
    sent: dict = field(default_factory=dict)
    hold: threading.Event = field(default_factory=threading.Event)
    heard: threading.Event = field(default_factory=threading.Event)

    @property
    def keys(self):
        """The keys of all requests in their order."""
        return [key for key, _message in self.asked]


def handler_of(gateway):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key, mood = self.headers["Idempotency-Key"], gateway.mood
            is_known = self.headers["Authorization"] == f"Bearer {TOKEN}"
            gateway.asked.append((key, message))
            if is_known and mood in {TAKES, IS_SLOW, HANGS_UP}:
                gateway.sent.setdefault(key, message)
            gateway.heard.set()
            if mood == IS_SLOW:
                gateway.hold.wait(timeout=20)
            if mood != HANGS_UP:
                self.answer(STATUS[mood] if is_known else 401)

        def answer(self, status):
            try:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                self.close_connection = True  # whoever asked is gone

        def log_message(self, *_words):
            """The tests read what was asked."""

    return Handler


@contextmanager
def sms_gateway():
    """A gateway that runs as long as the block."""
    gateway = SmsGateway("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(gateway))
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_port}/messages"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        gateway.hold.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
