"""A mail server on this machine that keeps what it takes, and refuses when told to."""

import email
import email.policy
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

from config.services import processes


@dataclass
class MailServer:
    """Where it listens, what it says to a receiver, and the letters it took."""

    port: int
    says: str = "250 OK"
    letters: list = field(default_factory=list)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


@contextmanager
def mail_server():
    """A mail server that runs as long as the block."""
    server = MailServer(processes.free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
