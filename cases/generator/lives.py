"""How far a case has come and when: the way of an invented case through the table of moves. Pure."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.choices import Action, State
from cases.generator.people import pick


class Fate(StrEnum):
    """What becomes of a case."""

    AT_ONCE = "at_once"
    RETURNED = "returned"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    REGISTERED = "registered"
    IN_PROGRESS = "in_progress"
    AWAITING = "awaiting"


STILL_RUNNING: Final = (
    *(Fate.REGISTERED,) * 5,
    *(Fate.IN_PROGRESS,) * 9,
    *(Fate.AWAITING,) * 6,
)
END: Final = {
    Fate.AT_ONCE: State.RETURNED,
    Fate.RETURNED: State.RETURNED,
    Fate.RESOLVED: State.RESOLVED,
    Fate.WITHDRAWN: State.WITHDRAWN,
    Fate.VOIDED: State.STOPPED,
    Fate.REGISTERED: State.REGISTERED,
    Fate.IN_PROGRESS: State.IN_PROGRESS,
    Fate.AWAITING: State.AWAITING_APPROVAL,
}
WITHDRAWN: Final = 0.012
VOIDED: Final = 0.003
NOT_FETCHED: Final = 0.012
LATE: Final = 0.04
SENT_BACK: Final = 0.03
CLAIMED: Final = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """One move and the working minute in which it was made."""

    action: Action
    minute: int


@dataclass(frozen=True, slots=True)
class Life:
    """Everything that happened to a case, in order."""

    fate: Fate
    steps: tuple[Step, ...]


def fate_of(chance: random.Random, *, runs: bool, is_immediate: bool) -> Fate:
    """What becomes of the case; whose result is given at the counter is mostly finished there."""
    if runs:
        return pick(chance, STILL_RUNNING)
    if is_immediate and chance.random() < 0.92:
        return Fate.AT_ONCE
    drawn = chance.random()
    if drawn < WITHDRAWN:
        return Fate.WITHDRAWN
    if drawn < WITHDRAWN + VOIDED:
        return Fate.VOIDED
    return Fate.RESOLVED if drawn < WITHDRAWN + VOIDED + NOT_FETCHED else Fate.RETURNED


def life(chance: random.Random, fate: Fate, *, received: int, due: int, horizon: int, closes: int) -> Life:
    """The steps of a case received in one working minute and promised for another.

    Args:
        horizon: the last minute that is over; nothing happens after it.
        closes: the last minute of the day of receipt; a mistake is undone on that day only.
    """
    if fate is Fate.AT_ONCE:
        steps = [Step(action, received) for action in (Action.REGISTER, Action.APPROVE, Action.HAND_OVER)]
        return Life(fate, tuple(steps))
    actions = _actions(chance, fate)
    minutes = _minutes(chance, actions, received=received, due=due)
    last = min(horizon, closes) if fate is Fate.VOIDED else horizon
    if minutes[-1] > last:
        minutes = _pressed(minutes, last)
    return Life(fate, tuple(map(Step, actions, minutes)))


def _actions(chance: random.Random, fate: Fate) -> list[Action]:
    taken = Action.CLAIM if chance.random() < CLAIMED else Action.FORWARD
    back = [Action.SUBMIT, Action.SEND_BACK] if chance.random() < SENT_BACK else []
    way = [Action.REGISTER, taken, *back, Action.SUBMIT, Action.APPROVE, Action.HAND_OVER]
    until = {
        Fate.REGISTERED: way[:1],
        Fate.VOIDED: [Action.REGISTER, Action.VOID],
        Fate.WITHDRAWN: [Action.REGISTER, taken, Action.WITHDRAW],
        Fate.IN_PROGRESS: way[:-3],
        Fate.AWAITING: way[:-2],
        Fate.RESOLVED: way[:-1],
    }
    return until.get(fate, way)


def _minutes(chance: random.Random, actions: list[Action], *, received: int, due: int) -> list[int]:
    """When each step is made: taken up soon, signed mostly within the promise, fetched when it suits."""
    share = 1.02 + chance.random() * 0.6 if chance.random() < LATE else 0.2 + chance.random() * 0.75
    signed = received + max(6, int(max(due - received, 30) * share))
    middle = [action for action in actions[1:] if action is not Action.HAND_OVER]
    span = (signed - received) / max(len(middle), 1)
    minutes = [received, *(received + int(span * number) for number in range(1, len(middle) + 1))]
    if len(middle) > 1:
        minutes[1] = received + min(4 + int(chance.random() * 90), max(1, int(span)))
    if actions[-1] is Action.HAND_OVER:
        minutes.append(minutes[-1] + 5 + int(chance.expovariate(1 / 400)))
    return minutes


def _pressed(minutes: list[int], last: int) -> list[int]:
    """The same steps in the same proportion, the last of them no later than this minute."""
    begins, length = minutes[0], minutes[-1] - minutes[0]
    room = max(last - begins, 0)
    return [begins + (minute - begins) * room // length for minute in minutes]
