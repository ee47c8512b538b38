"""A request of another system is done once: its repetition is answered as the first one was."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.errors import CaseError
from staff.encryption import decrypt, encrypt
from staff.models import ApiAnswer

COLUMN: Final = "staff_apianswer.body"


@dataclass(frozen=True)
class Asked:
    """One request: the key of the officer, the key that its sender chose, and what it says."""

    token_id: int
    key: str
    fingerprint: str
    at: datetime


@dataclass(frozen=True)
class Answered:
    """Status and body; ``is_replayed`` where the request had been done before."""

    status: int
    body: dict[str, Any]
    is_replayed: bool = False


def answer_once(asked: Asked, work: Callable[[], Answered]) -> Answered:
    """Do the work unless this request was done within the day; work and answer are written together.

    Two at the same moment wait for each other. What was refused is not remembered.

    Raises:
        CaseError: ``idempotency_key_reused``, the key came with another request.
    """
    with transaction.atomic():
        row = _claimed(asked)
        if row is None:
            return _repeated(asked)
        answered = work()
        row.status = answered.status
        row.body_enc = encrypt(json.dumps(answered.body, default=str), column=COLUMN)
        row.save(update_fields=["status", "body_enc"])
        return answered


def _claimed(asked: Asked) -> ApiAnswer | None:
    try:
        with transaction.atomic():
            return ApiAnswer.objects.create(
                token_id=asked.token_id, key=asked.key, fingerprint=asked.fingerprint, created_at=asked.at
            )
    except IntegrityError as error:
        if "staff_apianswer_once_per_key" not in str(error):
            raise
        return None


def _repeated(asked: Asked) -> Answered:
    first = ApiAnswer.objects.get(token_id=asked.token_id, key=asked.key)
    if first.fingerprint != asked.fingerprint:
        text = _("Khóa chống lặp này đã dùng cho một yêu cầu khác. Mỗi yêu cầu mới cần một khóa mới.")
        raise CaseError("idempotency_key_reused", text)
    body = json.loads(decrypt(bytes(first.body_enc or b""), column=COLUMN))
    return Answered(first.status or 0, body, is_replayed=True)
