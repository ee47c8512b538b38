"""The life of a case is one table: from which states, to which, by whom, and what happens to the clock.

Buttons, checks, tests and the diagram in ``cases/README.md`` are all read from ``MOVES``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.choices import RUNNING, Action, ClockKind, State
from staff.rights import Capability


@dataclass(frozen=True)
class Move:
    """One way from some states to another.

    ``needs_reason`` says that the officer must write why; ``key`` is the letter shown on the button.
    """

    sources: frozenset[State]
    target: State
    capability: Capability
    clock: ClockKind | None = None
    needs_reason: bool = False
    key: str = ""


UNDECIDED: Final = frozenset({State.SUBMITTED, State.REGISTERED, State.IN_PROGRESS, State.AWAITING_APPROVAL})
"""From the receipt, here or at another counter, to the decision."""

MOVES: Final[Mapping[Action, Move]] = {
    Action.REGISTER: Move(frozenset(), State.REGISTERED, Capability.REGISTER_CASE, ClockKind.START),
    Action.FORWARD: Move(frozenset({State.REGISTERED}), State.IN_PROGRESS, Capability.FORWARD_CASE, key="C"),
    # A handler takes up what nobody holds; what somebody holds is handed on or assigned, never taken.
    Action.CLAIM: Move(
        frozenset({State.REGISTERED, State.IN_PROGRESS}), State.IN_PROGRESS, Capability.HANDLE_CASE, key="N"
    ),
    Action.SUBMIT: Move(
        frozenset({State.IN_PROGRESS}), State.AWAITING_APPROVAL, Capability.SUBMIT_RESULT, key="T"
    ),
    Action.HAND_ON: Move(frozenset({State.IN_PROGRESS}), State.IN_PROGRESS, Capability.HANDLE_CASE),
    Action.ASSIGN: Move(frozenset({State.IN_PROGRESS}), State.IN_PROGRESS, Capability.FORWARD_CASE),
    # Signing ends the clock: the decision, not the hand-over (Nghị định 118/2025/NĐ-CP, Điều 19).
    Action.APPROVE: Move(
        frozenset({State.AWAITING_APPROVAL}),
        State.RESOLVED,
        Capability.APPROVE_RESULT,
        ClockKind.STOP,
        key="K",
    ),
    Action.SEND_BACK: Move(
        frozenset({State.AWAITING_APPROVAL}),
        State.IN_PROGRESS,
        Capability.APPROVE_RESULT,
        needs_reason=True,
        key="R",
    ),
    Action.HAND_OVER: Move(frozenset({State.RESOLVED}), State.RETURNED, Capability.HAND_OVER_RESULT, key="G"),
    # The citizen may withdraw between form 01 and the decision (Nghị định 118/2025/NĐ-CP, Điều 21).
    Action.WITHDRAW: Move(
        UNDECIDED,
        State.WITHDRAWN,
        Capability.WITHDRAW_CASE,
        ClockKind.STOP,
        needs_reason=True,
    ),
    # An agency outside the commune decides; its decision came here on paper (cases/actions/agencies.py).
    Action.SEND_TO_AGENCY: Move(frozenset({State.REGISTERED}), State.IN_PROGRESS, Capability.FORWARD_CASE),
    Action.AGENCY_RESULT: Move(
        frozenset({State.IN_PROGRESS}), State.RESOLVED, Capability.HAND_OVER_RESULT, ClockKind.STOP
    ),
    # Registered by mistake: ended by the leader on the day it was typed (cases/actions/voiding.py).
    Action.VOID: Move(
        UNDECIDED,
        State.STOPPED,
        Capability.VOID_CASE,
        ClockKind.STOP,
        needs_reason=True,
    ),
}

OF_AGENCY: Final = frozenset({Action.SEND_TO_AGENCY, Action.AGENCY_RESULT})
"""Moves of a case that an agency outside the commune decides, and of no other."""

OF_COMMUNE: Final = frozenset({
    Action.FORWARD, Action.CLAIM, Action.HAND_ON, Action.ASSIGN,
    Action.SUBMIT, Action.APPROVE, Action.SEND_BACK,
})  # fmt: skip
"""Moves towards a decision of the commune itself."""

SHOWN: Final = tuple(action for action in MOVES if action not in (Action.REGISTER, Action.VOID))
"""The moves with a button of their own; voiding stands apart, with the corrections."""


ASIDE: Final = frozenset({Action.HAND_ON, Action.ASSIGN, Action.WITHDRAW, Action.SEND_BACK})
"""Moves that are possible but never what the page proposes."""


@dataclass(frozen=True)
class Offer:
    """A move as the case page shows it: possible, or refused with the reason in words."""

    action: Action
    move: Move
    refusal: str | Promise = ""

    @property
    def is_onward(self) -> bool:
        """Whether the move brings the case nearer its end, and may be the one green button of the page."""
        return self.action not in ASIDE


class Held(Enum):
    """Who holds the case, seen from the officer who asks."""

    NOBODY = "nobody"
    ME = "me"
    OTHER = "other"


def held_by(holder_id: int | None, officer_id: int) -> Held:
    """Who holds the case, seen from this officer."""
    if holder_id is None:
        return Held.NOBODY
    return Held.ME if holder_id == officer_id else Held.OTHER


def refusal_of(
    action: Action,
    state: State,
    capabilities: Collection[Capability],
    *,
    is_own_draft: bool = False,
    held: Held | None = None,
    at_agency: bool = False,
) -> str | Promise:
    """Why the move cannot be made now, in the officer's words; empty when it can.

    The same function decides on the server and words the button: neither promises what the other refuses.
    """
    move = MOVES[action]
    if is_foreign_to(action, at_agency=at_agency):
        return _refusal_of_place(at_agency=at_agency)
    if state not in move.sources:
        return _("Bước này không làm được khi hồ sơ ở tình trạng “%(state)s”.") % {"state": state.label}
    if move.capability not in capabilities:
        return _("Tài khoản này không có quyền làm bước này.")
    if is_own_draft and action in (Action.APPROVE, Action.SEND_BACK):
        return _("Không ai được ký dự thảo do chính mình trình.")
    return _refusal_of_holder(action, held)


def is_foreign_to(action: Action, *, at_agency: bool) -> bool:
    """Whether the move belongs to cases that somebody else decides than this one."""
    return action in (OF_COMMUNE if at_agency else OF_AGENCY)


def _refusal_of_place(*, at_agency: bool) -> str | Promise:
    if at_agency:
        return _("Cơ quan ngoài xã giải quyết hồ sơ này; xã không làm bước này.")
    return _("Bước này chỉ có ở hồ sơ do cơ quan ngoài xã giải quyết.")


def lacks_right(action: Action, capabilities: Collection[Capability]) -> bool:
    """Whether this officer may never make the move, whatever the case is like."""
    return MOVES[action].capability not in capabilities


def refusal_of_amendment(state: State, capabilities: Collection[Capability]) -> str | Promise:
    """Why the facts of a case cannot be corrected now; empty when they can.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 23 khoản 1 (an error in a signed result).
    """
    if state in (State.RESOLVED, State.RETURNED):
        return _("Kết quả đã ký: chỉ sửa bằng hồ sơ sửa sai sót.")
    if state not in RUNNING:
        return _("Hồ sơ đã kết thúc, không sửa được nữa.")
    if Capability.AMEND_CASE not in capabilities:
        return _("Tài khoản này không có quyền làm bước này.")
    return ""


def refusal_of_correction(
    state: State, capabilities: Collection[Capability], *, at_agency: bool, is_open: bool
) -> str | Promise:
    """Why no correction of the result can be opened now; empty when it can.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 23 khoản 1.
    """
    if state not in (State.RESOLVED, State.RETURNED):
        return _("Hồ sơ chưa có kết quả đã ký, ông bà dùng “Sửa thông tin”.")
    if at_agency:
        return _("Kết quả do cơ quan ngoài xã ký, cơ quan đó sửa sai sót.")
    if is_open:
        return _("Đã có hồ sơ sửa sai sót đang giải quyết.")
    if Capability.OPEN_CORRECTION not in capabilities:
        return _("Tài khoản này không có quyền làm bước này.")
    return ""


def _refusal_of_holder(action: Action, held: Held | None) -> str | Promise:
    """What the holding of a case refuses; ``None`` asks about the state and the right alone."""
    if action is Action.CLAIM and held is Held.ME:
        return _("Ông bà đang giữ hồ sơ này.")
    if action is Action.CLAIM and held is Held.OTHER:
        return _("Hồ sơ đang có người xử lý.")
    if action is Action.HAND_ON and held in (Held.NOBODY, Held.OTHER):
        return _("Chỉ người đang giữ hồ sơ mới chuyển tiếp được.")
    return ""


def offers(
    state: State,
    capabilities: Collection[Capability],
    *,
    is_own_draft: bool = False,
    held: Held | None = None,
    at_agency: bool = False,
) -> tuple[Offer, ...]:
    """The moves of this state that concern this officer, in the order of the table.

    A move that somebody else's holding stands against does not concern; one's own draft is said.
    """
    shown = []
    for action in SHOWN:
        move = MOVES[action]
        if is_foreign_to(action, at_agency=at_agency):
            continue
        if state in move.sources and move.capability in capabilities and not _refusal_of_holder(action, held):
            refusal = refusal_of(action, state, capabilities, is_own_draft=is_own_draft, at_agency=at_agency)
            shown.append(Offer(action, move, refusal))
    return tuple(shown)


def mermaid() -> str:
    """The table as a Mermaid state diagram, one line per way."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.REGISTERED.value}: {Action.REGISTER.value}"]
    for action in (*SHOWN, Action.VOID):
        move = MOVES[action]
        lines += [
            f"    {source.value} --> {move.target.value}: {action.value}" for source in sorted(move.sources)
        ]
    return "\n".join(lines)
