"""Signatures after the convention of Standard Webhooks, version v1: HMAC-SHA256 over id, second and body."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from cases.models import Webhook
from staff.encryption import decrypt, encrypt

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
COLUMN: Final = "cases_webhook.secret"


def new_secret() -> str:
    """A secret as its receiver keeps it: ``whsec_`` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def locked(secret: str) -> bytes:
    """The secret as it is stored."""
    return encrypt(secret, column=COLUMN)


def secrets_of(webhook: Webhook, at: datetime) -> list[str]:
    """What signs now: the secret, and the one before it as long as both are good."""
    stored = [webhook.secret_enc]
    if webhook.previous_until and webhook.previous_until > at:
        stored.append(webhook.previous_enc or b"")
    return [decrypt(bytes(one), column=COLUMN) for one in stored]


def signed(message_id: str, body: bytes, keys: Sequence[str], at: datetime) -> Mapping[str, str]:
    """The three headers of a message; one signature for each secret, with a blank between them."""
    second = str(int(at.timestamp()))
    said = b".".join((message_id.encode(), second.encode(), body))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": second,
        "webhook-signature": " ".join(f"v1,{_signature(said, key)}" for key in keys),
    }


def _signature(said: bytes, secret: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
