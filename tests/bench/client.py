"""A client that costs little: requests are bytes made beforehand, answers are read by their length."""

import re
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT_SECONDS = 60
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *(motcua_\w+)=([^;\r]*)", re.IGNORECASE)
CSRF = "motcua_csrf"
FIRST_SECRET = "b" * 32


class AnswerError(Exception):
    """The office did not answer as it should, so that nothing of this round may count."""


@dataclass(frozen=True)
class Answer:
    """One answer as it came."""

    head: bytes
    body: bytes

    @property
    def status(self):
        """The status of the answer."""
        return int(self.head[9:12])

    @property
    def size(self):
        """Bytes on the wire."""
        return len(self.head) + 4 + len(self.body)

    @property
    def cookies(self):
        """The cookies that were set."""
        return {name.decode(): value.decode() for name, value in COOKIE.findall(self.head)}

    def location(self):
        """Where a redirect leads."""
        return re.search(rb"\r\nlocation: *([^\r]*)", self.head, re.IGNORECASE)[1].decode()


class Line:
    """A connection that is kept alive, and opened again when the server closes it, also while it rests."""

    def __init__(self, port):
        self.port, self.socket = port, None

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def open(self):
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", self.port), TIMEOUT_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request):
        """Send a request and read its answer."""
        received = self._sent(request)
        if not received:
            self.socket.close()
            self.open()
            received = self._sent(request)
        while b"\r\n\r\n" not in received:
            more = self.socket.recv(65536)
            if not more:
                message = f"the line was cut after {request[:80]!r}"
                raise AnswerError(message)
            received += more
        head, _blank, body = received.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if length is None:
            message = f"no length: {head!r}"
            raise AnswerError(message)
        parts, missing = [body], int(length[1]) - len(body)
        while missing > 0:
            parts.append(self.socket.recv(min(missing, 262144)))
            missing -= len(parts[-1])
        if b"\r\nconnection: close" in head.lower():
            self.socket.close()
            self.open()
        return Answer(head, b"".join(parts))

    def _sent(self, request):
        """Send a request; the beginning of its answer, nothing where the line was closed before."""
        try:
            self.socket.sendall(request)
            return self.socket.recv(65536)
        except ConnectionError:
            return b""


@dataclass
class Visitor:
    """Somebody with cookies; a visitor who never signed in has a token for forms and nothing else.

    A program has a key of the interface instead.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=lambda: {CSRF: FIRST_SECRET})
    key: str = ""

    def get(self, address):
        """The bytes that ask for a page."""
        return f"GET {address} HTTP/1.1\r\n{self._head()}\r\n".encode()

    def post(self, address, values):
        """The bytes that send a form."""
        body = urlencode(values | {"csrfmiddlewaretoken": self.cookies[CSRF]}).encode()
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"POST {address} HTTP/1.1\r\n{self._head()}{kind}".encode() + body

    def _head(self):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        shown = f"Authorization: Bearer {self.key}" if self.key else f"Cookie: {cookies}"
        return f"Host: 127.0.0.1:{self.port}\r\nAccept-Language: vi\r\n{shown}\r\n"


def signed_in(port, username, password):
    """An officer at work."""
    visitor = Visitor(port)
    with Line(port) as line:
        answer = line.ask(visitor.post("/dang-nhap/", {"username": username, "password": password}))
    if answer.status != 302:
        message = f"{username} could not sign in: {answer.status}"
        raise AnswerError(message)
    return Visitor(port, visitor.cookies | answer.cookies)
