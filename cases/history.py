"""The history of a case: one event per action, chained by hash over canonical JSON."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from django.db import connection

from cases.choices import Action, ClockKind, OutboxChannel, OutboxStatus
from cases.mirror import tell_receiver
from cases.models import Case, CaseEvent, ClockEvent, Webhook
from cases.models.case import Tail
from staff.actor import Actor
from staff.clock import localdate
from staff.gathering import Question, Rows, Values

SCHEMA_VERSION = 1
SYSTEM: Final[dict[str, Any]] = {
    "officer": None,
    "name": "Hệ thống",
    "membership": None,
    "role": "system",
    "title": "",
    "point": "",
}
"""How the history names a step that nobody made by hand."""

WRITE_AND_TELL: Final = """
WITH event AS (
    INSERT INTO cases_caseevent (commune_id, case_id, seq, kind, from_state, to_state, occurred_at,
        recorded_at, actor, reason, payload, prev_hash, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s::jsonb, %s, %s) RETURNING id
), told AS (
    INSERT INTO cases_outboxmessage (commune_id, case_id, webhook_id, key, channel, kind, recipient, payload,
        status, attempts, next_try_at, created_at, last_error)
    SELECT %s, %s, hook.id, %s || hook.id, %s, %s, hook.key, %s::jsonb,
        %s, 0, GREATEST(hook.closed_until, moment.at), moment.at, ''
    FROM ({told}) AS hook (id, key, closed_until), (SELECT %s::timestamptz AS at) AS moment
)
SELECT id FROM event
"""
"""The event and a message for each system that is told of it, in one statement (decision 0014)."""


def record_event(  # noqa: PLR0913 (an event has this many parts)
    case: Case,
    kind: Action,
    *,
    by: Actor | None,
    at: datetime,
    from_state: str = "",
    reason: str = "",
    payload: Mapping[str, Any] | None = None,
    recorded_at: datetime | None = None,
) -> CaseEvent:
    """Write the event that ``kind`` happened; the caller holds the case's row lock.

    Args:
        by: who did it; None when the system did.
        payload: ids and codes only, never personal data: it can never be erased.
    """
    tail = case.tail or _tail_of(case)
    event = CaseEvent(
        commune_id=case.commune_id,
        case=case,
        seq=tail.seq + 1,
        kind=kind.value,
        from_state=from_state,
        to_state=case.state,
        occurred_at=at,
        recorded_at=recorded_at or at,
        actor=named(by),
        reason=reason,
        payload={"schema": SCHEMA_VERSION, **(payload or {})},
        prev_hash=tail.hash,
    )
    event.hash = event_hash(event)
    _write_and_tell(event, case)
    if case.tail:
        case.tail = Tail(event.seq, event.hash, tail.ticks)
    tell_receiver(case)
    return event


def event_id(code: str, seq: int) -> str:
    """The name of an event outside the house: always the same, and without the dots of a case code."""
    return f"{code.replace('.', '-')}-{seq}"


def message_key(code: str, seq: int) -> str:
    """How the keys of the messages about an event to other systems begin; the system follows."""
    return f"{event_id(code, seq)}/{OutboxChannel.WEBHOOK}/"


def _write_and_tell(event: CaseEvent, case: Case) -> None:
    """Write the event and what other systems are told of it; sets the key of the event."""
    told = Webhook.objects.told_of(
        event.kind,
        commune_id=case.commune_id,
        field_code=case.field_code,
        day=localdate(event.recorded_at),
    )
    told_sql, told_params = told.values_list("pk", "key", "closed_until").query.sql_with_params()
    row = (
        *(event.commune_id, case.pk, event.seq, event.kind, event.from_state, event.to_state),
        *(event.occurred_at, event.recorded_at, json.dumps(event.actor), event.reason),
        *(json.dumps(event.payload), event.prev_hash, event.hash),
    )
    message = (
        *(event.commune_id, case.pk, message_key(case.code, event.seq), OutboxChannel.WEBHOOK, event.kind),
        *(json.dumps({"seq": event.seq}), OutboxStatus.PENDING),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE_AND_TELL.format(told=told_sql), (*row, *message, *told_params, event.recorded_at)
        )
        [event.pk] = cursor.fetchone()
    event._state.adding, event._state.db = False, connection.alias  # noqa: SLF001 (as a row that was saved)


class Said(Protocol):
    """What an event says, whether it is a row already or about to become one."""

    case_id: int
    seq: int
    kind: str
    from_state: str
    to_state: str
    occurred_at: datetime
    recorded_at: datetime
    actor: Any
    reason: str
    payload: Any
    prev_hash: str


def event_hash(event: Said) -> str:
    """sha256 over the canonical JSON of what the event says, and of the event before it."""
    said = {
        "case": event.case_id,
        "seq": event.seq,
        "kind": event.kind,
        "from": event.from_state,
        "to": event.to_state,
        "occurred_at": event.occurred_at.astimezone(UTC).isoformat(),
        "recorded_at": event.recorded_at.astimezone(UTC).isoformat(),
        "actor": event.actor,
        "reason": event.reason,
        "payload": event.payload,
        "prev": event.prev_hash,
    }
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def record_clock(case: Case, kind: ClockKind, *, at: datetime, due_before: datetime | None = None) -> None:
    """Write what happened to the clock; the case already carries the new promise."""
    tail = case.tail or _tail_of(case)
    if case.tail:
        case.tail = tail._replace(ticks=tail.ticks + 1)
    ClockEvent(
        commune_id=case.commune_id,
        case=case,
        seq=tail.ticks + 1,
        kind=kind,
        at=at,
        due_before=due_before,
        due_after=case.due_at,
    ).save(force_insert=True)


def end_of(case: int) -> dict[str, Rows | Values]:
    """The questions for where the history of a case ends, to be asked together with others."""
    events = CaseEvent.objects.filter(case=case).order_by("-seq").values_list("seq", "hash")
    ticks = ClockEvent.objects.filter(case=case).order_by("-seq").values_list("seq")
    return {"last_event": Values(events[:1]), "last_tick": Values(ticks[:1])}


_END = Question(end_of)


def tail_from(found: Mapping[str, Sequence[Any]]) -> Tail:
    """The answers to ``end_of``."""
    [(seq, last_hash)] = found["last_event"] or [(0, "")]
    [(ticks,)] = found["last_tick"] or [(0,)]
    return Tail(seq, last_hash, ticks)


def _tail_of(case: Case) -> Tail:
    return tail_from(_END.gather(case=case.pk))


def named(by: Actor | None) -> dict[str, Any]:
    """Who made a step, as the history names him for good; None is the system."""
    if by is None:
        return SYSTEM
    return {
        "officer": by.officer_id,
        "name": by.officer_name,
        "membership": by.membership_id,
        "role": str(by.role),
        "title": by.title,
        "point": by.reception_point_name,
    }
