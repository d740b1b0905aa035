"""Who came into some bodies and who left them, as the steps of replayed lives.

Each step is one member more or one less, so that what was there on the first day and all steps
always come to what is there on the last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from meetings.members.life.kinds import KINDS, Way
from meetings.members.life.replay import Happening, State, after, valid
from meetings.models import EventKind


class Line(StrEnum):
    """A line of form 1 between what was there and what is (domain reference 2.7)."""

    ADMITTED = "admitted"
    RECEIVED = "received"
    RESTORED = "restored"
    ENTERED = "entered"
    """A member for longer already, whom only the register did not know."""
    SENT = "sent"
    EXPELLED = "expelled"
    STRUCK_OFF = "struck_off"
    LEFT = "left"
    DIED = "died"


GAINS = (Line.ADMITTED, Line.RECEIVED, Line.RESTORED, Line.ENTERED)
LOSSES = (Line.SENT, Line.EXPELLED, Line.STRUCK_OFF, Line.LEFT, Line.DIED)
COMES: Mapping[EventKind, Line] = {
    EventKind.ADMITTED: Line.ADMITTED,
    EventKind.TRANSFERRED_IN: Line.RECEIVED,
    EventKind.MOVED: Line.RECEIVED,
    EventKind.RESTORED: Line.RESTORED,
    EventKind.REGISTERED: Line.ENTERED,
}
GOES: Mapping[EventKind, Line] = {
    EventKind.TRANSFERRED_OUT: Line.SENT,
    EventKind.MOVED: Line.SENT,
    EventKind.EXPELLED: Line.EXPELLED,
    EventKind.STRUCK_OFF: Line.STRUCK_OFF,
    EventKind.LEFT: Line.LEFT,
    EventKind.DIED: Line.DIED,
}
CHANGING = frozenset(
    kind for kind, what in KINDS.items() if what.way is not Way.STAYS or what.after is not None
)
"""Kinds of events that change what a member is or where."""


@dataclass(frozen=True)
class Step:
    """One member more or less: which line, by which event, and the body that the other end is."""

    line: Line
    happening: Happening
    before: UUID | None
    now: UUID | None

    @property
    def sign(self) -> int:
        """Return what it adds."""
        return 1 if self.line in GAINS else -1


@dataclass(frozen=True)
class Stay:
    """One life between two days: what it was on the first, the steps, what it was on the last."""

    opening: State
    steps: Sequence[Step]
    closing: State


def stay(life: Sequence[Happening], bodies: frozenset[UUID], first: date, last: date) -> Stay:
    """Return what a life was to some bodies between the ends of two days."""
    opening = state = State()
    steps: list[Step] = []
    is_new = False
    for happening in valid(life):
        if happening.on > last:
            break
        now = after(state, happening)
        if happening.on <= first:
            opening = now
        else:
            is_new = is_new or happening.kind is EventKind.ADMITTED
            steps += _steps(state, now, happening, bodies, is_new=is_new)
        state = now
    return Stay(opening, steps, state)


def belongs(state: State, bodies: frozenset[UUID]) -> bool:
    """Tell whether somebody in this state is a member of one of the bodies."""
    return state.counts and state.body in bodies


def _steps(
    before: State, now: State, happening: Happening, bodies: frozenset[UUID], *, is_new: bool
) -> list[Step]:
    was, is_now = belongs(before, bodies), belongs(now, bodies)
    if was == is_now:
        return []
    line = COMES[happening.kind] if is_now else GOES[happening.kind]
    if line is Line.ENTERED and is_new:
        line = Line.ADMITTED
    return [Step(line, happening, before.body, now.body)]
