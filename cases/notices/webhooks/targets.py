"""To which addresses the office connects: https, and never into its own network.

What is checked is the very address that is then connected to, so that a name that changes its mind between
the two does not help. Hosts that the operator names in ``WEBHOOK_LOCAL_HOSTS`` are free of both rules.
"""

import ipaddress
import socket
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cases.errors import CaseError

MOST_LETTERS: Final = 500
PORTS: Final = {"https": 443, "http": 80}
# IPv6 that carries an IPv4 address elsewhere (NAT64, 6to4, Teredo) is no address of a receiver.
CARRYING: Final = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


@dataclass(frozen=True)
class Target:
    """Where a message goes. ``is_local`` where the operator has named the host."""

    host: str
    port: int
    path: str
    is_https: bool
    is_local: bool

    @property
    def host_header(self) -> str:
        """The host as a request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in PORTS.values() else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of an address that may be told.

    Raises:
        CaseError: ``webhook_url``: not https, with a user or a fragment, unreadable, or in a private network.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError as unreadable:  # a broken port, bracket or name
        raise _refusal() from unreadable
    is_local = host in settings.WEBHOOK_LOCAL_HOSTS
    is_odd = parts.username is not None or parts.password is not None or parts.fragment or not host
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= MOST_LETTERS
    if parts.scheme not in ("https", "http") or is_odd or not is_plain:
        raise _refusal()
    if not is_local and (parts.scheme != "https" or _is_private_literal(host)):
        raise _refusal()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, port or PORTS[parts.scheme], path, parts.scheme == "https", is_local)


def addresses_of(target: Target, seconds: float) -> list[str]:
    """The network addresses to connect to; none when one of them lies in a private network.

    Raises:
        OSError: nobody knows the name, or nobody said so within these seconds.
    """
    addresses = list(dict.fromkeys(str(one[4][0]) for one in _resolved(target, seconds)))
    return addresses if target.is_local or all(map(is_public, addresses)) else []


def _resolved(target: Target, seconds: float) -> list[Any]:
    """What the machine's resolver says. It knows no limit of time, so whoever asks it is left behind."""
    answer: Future[list[Any]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, ValueError) as unknown:  # a name without address, or that is none
            answer.set_exception(unknown)

    Thread(target=ask, daemon=True).start()
    return answer.result(timeout=seconds)


def is_public(address: str) -> bool:
    """Whether an address may be connected to: one of the public internet, of one receiver."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in CARRYING):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _is_private_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return not is_public(host)


def _refusal() -> CaseError:
    text = _("Địa chỉ phải bắt đầu bằng https:// và không nằm trong mạng nội bộ.")
    return CaseError("webhook_url", text)
