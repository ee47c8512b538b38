"""Numbers that identify a person are stored encrypted, and found by a keyed blind index.

AES-GCM with the column's name as associated data; the key's id is the first byte, so that keys can be
changed. Twelve digits can be enumerated, so the index is an HMAC under a key of its own.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
INDEX_BYTES = 16


def encrypt(text: str, *, column: str) -> bytes:
    """Key id, nonce and cipher text of ``text``; the newest key is used."""
    key_id = max(int(name) for name in settings.FIELD_KEYS if name.isdigit())
    nonce = os.urandom(NONCE_BYTES)
    return bytes([key_id]) + nonce + _cipher(key_id).encrypt(nonce, text.encode(), column.encode())


def decrypt(stored: bytes, *, column: str) -> str:
    """The text that was encrypted for this column; ``InvalidTag`` when it was tampered with."""
    nonce, body = stored[1 : 1 + NONCE_BYTES], stored[1 + NONCE_BYTES :]
    return _cipher(stored[0]).decrypt(nonce, body, column.encode()).decode()


def blind_index(text: str) -> bytes:
    """A keyed 16-byte fingerprint: equal for equal numbers, useless without the key."""
    key = bytes.fromhex(settings.FIELD_KEYS["index"])
    return hmac.new(key, text.encode(), hashlib.sha256).digest()[:INDEX_BYTES]


def _cipher(key_id: int) -> AESGCM:
    return AESGCM(bytes.fromhex(settings.FIELD_KEYS[str(key_id)]))
