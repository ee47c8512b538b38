"""The history of an invented case, step by step and chained like every other, with what each step wrote."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.choices import Action, ClockKind, Decision, DraftKind, State
from cases.generator.counters import Member
from cases.generator.lives import Fate, Life
from cases.generator.rows import Rows, line
from cases.generator.working_time import Moment
from cases.history import SCHEMA_VERSION, event_hash
from cases.workflow import MOVES

REASONS: Final[Mapping[Action, str]] = {
    Action.SEND_BACK: "Bổ sung căn cứ pháp lý trong dự thảo",
    Action.WITHDRAW: "Công dân đề nghị rút hồ sơ",
    Action.VOID: "Nhập nhầm thủ tục",
}


@dataclass(slots=True)
class Step:
    """An event before it is a row; ``event_hash`` reads it like one."""

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


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in a case."""

    clerk: Member
    handler: Member
    leader: Member
    director: Member


@dataclass(slots=True)
class Subject:
    """The case as the history sees it; the state, the holder and the ends are filled in on the way."""

    commune_id: int
    case_id: int
    channel: str
    due_text: str
    summary: str
    principal: str
    number: str
    state: str = ""
    version: int = 0
    holder_id: int | None = None
    finished: Moment | None = None
    returned: Moment | None = None
    voided: Moment | None = None


class History:
    """Writes what happened to one case into the rows of a batch."""

    def __init__(
        self,
        rows: Rows,
        subject: Subject,
        cast: Cast,
        *,
        new_draft: Callable[[], int],
        new_result: Callable[[], int],
    ) -> None:
        self._rows = rows
        self._case = subject
        self._cast = cast
        self._new_draft = new_draft
        self._new_result = new_result
        self._seq = 0
        self._hash = ""
        self._draft: tuple[int, Moment] | None = None

    def tell(self, life: Life, moments: list[Moment]) -> None:
        """Every step of the life at its moment."""
        if life.fate is Fate.AT_ONCE:
            self._at_once(moments[0])
            return
        for step, moment in zip(life.steps, moments, strict=True):
            who, payload = self._act(step.action, moment)
            move = MOVES[step.action]
            self._event(step.action, move.target, who, moment, payload)
            self._case.version += 1
            if move.clock is not None:
                self._clock(move.clock, moment)

    def _at_once(self, moment: Moment) -> None:
        """Registered, signed on paper and handed over across the counter, as ``finish_at_once`` writes it."""
        case, clerk, leader = self._case, self._cast.clerk, self._cast.leader
        self._event(Action.REGISTER, State.REGISTERED, clerk, moment, self._registered())
        self._clock(ClockKind.START, moment)
        self._result(None, moment, collector=case.principal)
        signed = {"signer": leader.actor.officer_id, "on_paper": True}
        self._event(Action.APPROVE, State.RESOLVED, clerk, moment, signed)
        self._clock(ClockKind.STOP, moment)
        self._event(Action.HAND_OVER, State.RETURNED, clerk, moment, {})
        case.version, case.finished, case.returned = 2, moment, moment

    def _registered(self) -> dict[str, Any]:
        return {"channel": self._case.channel, "due_at": self._case.due_text}

    def _act(self, action: Action, moment: Moment) -> tuple[Member, dict[str, Any]]:
        """Who makes the step and what it names; what it writes beside the event is written."""
        cast = self._cast
        by: Mapping[Action, Member] = {
            Action.CLAIM: cast.handler,
            Action.SUBMIT: cast.handler,
            Action.SEND_BACK: cast.leader,
            Action.APPROVE: cast.leader,
            Action.VOID: cast.director,
        }
        return by.get(action, cast.clerk), self._done(action, moment)

    def _done(self, action: Action, moment: Moment) -> dict[str, Any]:
        """What a step does to the case and its drafts, as its event names it."""
        case, payload = self._case, dict[str, Any]()
        match action:
            case Action.REGISTER:
                payload = self._registered()
            case Action.FORWARD | Action.CLAIM:
                payload["holder"] = case.holder_id = self._cast.handler.actor.officer_id
            case Action.SUBMIT:
                self._draft = self._new_draft(), moment
                payload = {"draft": self._draft[0], "granted": True}
            case Action.SEND_BACK:
                payload["draft"] = self._write_draft(decision=Decision.SENT_BACK, moment=moment)
            case Action.APPROVE:
                payload = self._approve(moment)
            case _:
                payload = self._ended(action, moment)
        return payload

    def _ended(self, action: Action, moment: Moment) -> dict[str, Any]:
        case = self._case
        if action is Action.HAND_OVER:
            case.returned = moment
            return {}
        case.finished = moment
        case.voided = moment if action is Action.VOID else None
        return {"draft": None} if action is Action.WITHDRAW else {}

    def _approve(self, moment: Moment) -> dict[str, Any]:
        draft = self._write_draft(decision=Decision.APPROVED, moment=moment)
        self._case.finished = moment
        return {"draft": draft, "result": self._result(draft, moment, collector="")}

    def close(self, *, collector: str) -> None:
        """Write down what stayed open: a draft that waits, and who fetched the result."""
        if self._draft is not None:
            self._write_draft(decision="", moment=None)
        if self._case.returned is not None and collector:
            last = self._rows["cases_caseresult"]
            last[-1] = f"{last[-1].rpartition(chr(9))[0]}\t{collector}"

    def _write_draft(self, *, decision: str, moment: Moment | None) -> int:
        """The open draft with the decision on it, if one was made."""
        draft, proposed = self._draft or (0, None)
        self._draft = None
        leader = self._cast.leader.actor.officer_id if moment else None
        case = self._case
        cells = (draft, case.commune_id, case.case_id, DraftKind.RESULT.value, True, case.summary)
        proposal = (self._cast.handler.actor.officer_id, proposed and proposed.text)
        remark = REASONS[Action.SEND_BACK] if decision == Decision.SENT_BACK else ""
        decided = (leader, moment and moment.text, str(decision), remark)
        self._rows["cases_draft"].append(line((*cells, *proposal, *decided)))
        return draft

    def _result(self, draft: int | None, moment: Moment, *, collector: str) -> int:
        result, case, leader = self._new_result(), self._case, self._cast.leader.actor
        cells = (result, case.commune_id, case.case_id, draft, True, case.number, case.summary)
        signed = (moment.day, leader.officer_id, "", leader.title, collector)
        self._rows["cases_caseresult"].append(line((*cells, *signed)))
        return result

    def _event(
        self, action: Action, target: State, who: Member, moment: Moment, payload: Mapping[str, Any]
    ) -> None:
        self._seq += 1
        case, kind, reason = self._case, action.value, REASONS.get(action, "")
        said = {"schema": SCHEMA_VERSION, **payload}
        step = Step(
            *(case.case_id, self._seq, kind, case.state, target.value, moment.at, moment.at),
            *(who.told, reason, said, self._hash),
        )
        before, self._hash = self._hash, event_hash(step)
        text = json.dumps(said)
        head = f"{case.commune_id}\t{case.case_id}\t{self._seq}\t{kind}\t{case.state}\t{target.value}"
        tail = f"{who.written}\t{reason}\t{text}\t{before}\t{self._hash}"
        self._rows["cases_caseevent"].append(f"{head}\t{moment.text}\t{moment.text}\t{tail}")
        case.state = target.value

    def _clock(self, kind: ClockKind, moment: Moment) -> None:
        case = self._case
        seq = 1 if kind is ClockKind.START else 2
        cells = (case.commune_id, case.case_id, seq, kind.value, moment.text, None, case.due_text)
        self._rows["cases_clockevent"].append(line(cells))
