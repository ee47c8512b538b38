"""Another system on this machine that is told of cases: takes, refuses, delays, hangs up, leads elsewhere."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAKES, IS_SLOW, IS_BUSY, FAILS, REFUSES = "takes", "is slow", "is busy", "fails", "refuses"
HANGS_UP, LEADS_AWAY, IS_GONE = "hangs up", "leads away", "is gone"
STATUS = {TAKES: 204, IS_SLOW: 204, IS_BUSY: 503, FAILS: 500, REFUSES: 422, LEADS_AWAY: 307, IS_GONE: 410}


@dataclass
class Receiver:
    """What the system does next, and every request that reached it: path, headers, bytes."""

    url: str
    mood: str = TAKES
    heard: list = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self):
        """The name of each message in the order in which they came."""
        return [headers["webhook-id"] for _path, headers, _body in self.heard]


def handler_of(receiver):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append((self.path, dict(self.headers), body))
            mood = receiver.mood
            receiver.reached.set()
            if mood == IS_SLOW:
                receiver.hold.wait(timeout=20)
            if mood != HANGS_UP:
                self.answer(STATUS[mood])

        def answer(self, status):
            try:
                self.send_response(status)
                if status == STATUS[LEADS_AWAY]:
                    self.send_header("Location", "/elsewhere/")
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                self.close_connection = True  # whoever told is gone

        def log_message(self, *_words):
            """The tests read what was heard."""

    return Handler


@contextmanager
def receiver():
    """A system that listens as long as the block."""
    found = Receiver("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(found))
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}/cases/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.hold.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
