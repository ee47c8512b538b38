"""What was typed at reception, read back for the clerk who typed it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cases.models import TypedDraft
from staff.encryption import decrypt, encrypt

BODY_COLUMN: Final = "cases_typeddraft.body"


@dataclass(frozen=True)
class Typed:
    """A screen as far as it is typed: the fields as they were sent, and what names it in a list."""

    intake_key: UUID
    fields: Mapping[str, Sequence[str]]
    procedure: str = ""
    name: str = ""
    saved_at: datetime | None = None


def sealed(typed: Typed) -> bytes:
    """The encrypted body of a draft; letters outside ASCII are escaped, so any text can be kept."""
    body = {"fields": dict(typed.fields), "procedure": typed.procedure, "name": typed.name}
    return encrypt(json.dumps(body), column=BODY_COLUMN)


def read(draft: TypedDraft) -> Typed:
    """What a draft holds."""
    body = json.loads(decrypt(bytes(draft.body_enc), column=BODY_COLUMN))
    return Typed(draft.intake_key, body["fields"], body["procedure"], body["name"], draft.saved_at)
