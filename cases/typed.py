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
    """A screen as far as it is typed: the fields as they were sent, and what names it in a list.

    ``paper`` is the first paper that was marked, which tells screens without a name apart.
    """

    intake_key: UUID
    fields: Mapping[str, Sequence[str]]
    procedure: str = ""
    name: str = ""
    paper: str = ""
    saved_at: datetime | None = None

    @property
    def phone(self) -> str:
        """The telephone as it was typed."""
        return self._typed("phone")

    @property
    def number_end(self) -> str:
        """The last four characters of the number of the person; fewer are too few to tell anybody apart."""
        number = self._typed("number")
        return number[-4:] if len(number) > 4 else ""

    def _typed(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "").strip()


def sealed(typed: Typed) -> bytes:
    """The encrypted body of a draft; letters outside ASCII are escaped, so any text can be kept."""
    body = {
        "fields": dict(typed.fields),
        "procedure": typed.procedure,
        "name": typed.name,
        "paper": typed.paper,
    }
    return encrypt(json.dumps(body), column=BODY_COLUMN)


def read(draft: TypedDraft) -> Typed:
    """What a draft holds."""
    body = json.loads(decrypt(bytes(draft.body_enc), column=BODY_COLUMN))
    named = (body["procedure"], body["name"], body.get("paper", ""))  # an older draft knows no paper
    return Typed(draft.intake_key, body["fields"], *named, draft.saved_at)
