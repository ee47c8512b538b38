"""One message to one receiver over HTTP/1.1: connected to a checked address, over within five seconds.

Redirects are not followed, and of the answer nothing but its status is looked at.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from cases.errors import CaseError
from cases.notices.outcomes import Outcome, Refused, Retry, of_status
from cases.notices.webhooks.targets import Target, addresses_of, target_of

SECONDS: Final = 5.0
SILENCE: Final = Retry("silence", is_silent=True)
# Too busy for anything, not for this message alone.
WHOLLY_BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


def post(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Hand over one message; knows no database and may run beside others."""
    until = time.monotonic() + SECONDS
    try:
        target = target_of(url)
        addresses = addresses_of(target, _left(until))
        if not addresses:
            return Refused("private_address")
        return _outcome(_status(target, addresses, _request(target, headers, body), until))
    except CaseError:
        return Refused("private_address")
    except ssl.SSLError:
        return Retry("certificate", is_silent=True)
    except (OSError, http.client.HTTPException):
        return SILENCE


def _outcome(status: int) -> Outcome:
    if status == HTTPStatus.GONE:
        return Refused(f"gone:{status}")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Retry(f"redirected:{status}")
    if status in WHOLLY_BUSY:
        return Retry(f"busy:{status}", is_silent=True)
    return of_status(status)


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = {
        "Host": target.host_header,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "MotCua-Webhook/1",
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {target.path} HTTP/1.1\r\n{head}\r\n".encode() + body


def _status(target: Target, addresses: list[str], request: bytes, until: float) -> int:
    with _connected(target, addresses, until) as connection:
        connection.settimeout(_left(until))
        connection.sendall(request)
        answer = http.client.HTTPResponse(_Heard(connection, until), method="POST")  # type: ignore[arg-type]
        answer.begin()
        return answer.status


def _connected(target: Target, addresses: list[str], until: float) -> socket.socket:
    """A connection to one of the checked addresses; the certificate has to be that of the name."""
    plain = _reached(addresses, target.port, until)
    if not target.is_https:
        return plain
    plain.settimeout(_left(until))
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _reached(addresses: list[str], port: int, until: float) -> socket.socket:
    """The first address that answers."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=_left(until))
    return socket.create_connection((last, port), timeout=_left(until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Heard(io.RawIOBase):
    """What comes back, as http.client reads it: the five seconds are for all of it, not for each drop."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection, self.until = connection, until

    def readable(self) -> bool:
        """It only reads."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes, while there is time left."""
        self.connection.settimeout(_left(self.until))
        return self.connection.recv_into(buffer)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks a socket for."""
        return io.BufferedReader(self)
