"""What a clerk typed about a walk-in, as one value; no request beyond this line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases.actions.immediate import Immediate
from cases.actions.late import LateEntry
from cases.choices import (
    Delivery,
    IdentityCheck,
    IdKind,
    PartyKind,
)
from procedures.choices import Channel


@dataclass(frozen=True)
class Person:
    """Somebody in a case as typed at the counter; every part but the name may be unknown."""

    name: str
    id_kind: IdKind = IdKind.NONE
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    birth_day: int | None = None
    kind: PartyKind = PartyKind.PERSON
    mandate: str = ""
    nationality: str = ""
    relation: str = ""


@dataclass(frozen=True)
class PaperTaken:
    """One paper on the counter with the copies taken in."""

    name: str
    kind: str
    originals: int = 0
    certified_copies: int = 0
    photocopies: int = 0
    note: str = ""
    required_paper_id: int | None = None


@dataclass(frozen=True)
class Intake:
    """Everything the clerk typed; no request beyond this line.

    ``intake_key`` is unique per commune: the same key twice is the same case. ``filer`` is None when the
    principal files himself. ``due_at`` with ``due_reason`` is typed only where no limit can be computed.
    ``slip`` is the year and number of the slip that the citizen came back with. ``is_recalled`` says that the
    citizen agreed to the use of data declared earlier.
    ``late`` is the earlier moment of receipt, where it is typed afterwards. ``others`` ask together with the
    principal; ``contact`` is called instead of somebody without a telephone; ``helper`` helped to fill in and
    files nothing.
    """

    intake_key: UUID
    procedure_code: str
    situation: str
    channel: Channel
    reception_point_id: int
    principal: Person
    filer: Person | None = None
    papers: Sequence[PaperTaken] = ()
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str = ""
    identity_check: IdentityCheck = IdentityCheck.PAPER_SEEN
    summary: str = ""
    copies: int = 1
    pages: int = 1
    categories: frozenset[str] = frozenset()
    due_on: date | None = None
    due_reason: str = ""
    immediate: Immediate | None = None
    slip: tuple[int, int] | None = None
    is_recalled: bool = False
    late: LateEntry | None = None
    others: Sequence[Person] = ()
    contact: Person | None = None
    helper: Person | None = None


@dataclass(frozen=True)
class Sent:
    """By which commune a case was received for another one, or for which agency; when it arrives there."""

    commune_id: int | None
    enters_at: datetime
    agency_id: int | None = None
