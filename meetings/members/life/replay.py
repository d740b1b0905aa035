"""The state of a member on any day, derived from what happened; nothing else is the truth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from meetings.members.life.kinds import IN_THE_PARTY, KINDS, Way
from meetings.models import EventKind, Standing


@dataclass(frozen=True)
class Happening:
    """A version of an event; `corrects` is the number of the version that it stands in for."""

    number: int
    kind: EventKind
    on: date
    body: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    corrects: int | None = None


@dataclass(frozen=True)
class State:
    """What is true of a member on a day."""

    standing: Standing = Standing.APPLICANT
    body: UUID | None = None
    keeper: UUID | None = None
    """The body, or where there is none the last one."""
    facts: Mapping[str, str] = field(default_factory=dict)
    posts: tuple[str, ...] = ()
    admitted_on: date | None = None
    official_on: date | None = None
    out_since: date | None = None
    days_out: int = 0
    """Days between being put out of the Party and being taken in again."""

    @property
    def counts(self) -> bool:
        """Tell whether they are a member of a body of the register."""
        return self.body is not None and self.standing in IN_THE_PARTY


class Wrong(StrEnum):
    """Why an event cannot have happened when it is said to."""

    STANDING = "standing"
    HAS_A_BODY = "has a body"
    HAS_NO_BODY = "has no body"
    SAME_BODY = "same body"
    NO_SUCH_POST = "no such post"


@dataclass(frozen=True)
class Refusal:
    """The first event that does not follow from those before it."""

    happening: Happening
    wrong: Wrong
    standing: Standing
    """What the member was when it should have happened."""


def valid(happenings: Iterable[Happening]) -> list[Happening]:
    """Return the latest version of every event, in the order in which they happened."""
    latest: dict[int, Happening] = {}
    for version in sorted(happenings, key=lambda one: one.number):
        latest[version.number if version.corrects is None else version.corrects] = version
    ordered = sorted(latest.items(), key=lambda pair: (pair[1].on, pair[0]))
    return [version for _, version in ordered]


def state_on(happenings: Iterable[Happening], day: date) -> State:
    """Return the state at the end of a day."""
    state = State()
    for happening in valid(happenings):
        if happening.on <= day:
            state = after(state, happening)
    return state


def refusal(happenings: Sequence[Happening]) -> Refusal | None:
    """Return the first event that cannot have happened after those before it, None if all can."""
    state = State()
    for happening in valid(happenings):
        wrong = _wrong(state, happening)
        if wrong:
            return Refusal(happening, wrong, state.standing)
        state = after(state, happening)
    return None


def after(state: State, happening: Happening) -> State:
    """Return what an event makes of a state."""
    kind = KINDS[happening.kind]
    if kind.kept:
        state = replace(state, facts={**state.facts, **happening.facts})
    state = replace(state, posts=_posts(state, happening))
    if kind.places:
        state = replace(state, body=happening.body, keeper=happening.body)
    elif kind.way is Way.LEAVES:
        state = replace(state, body=None, posts=())
    if kind.after is not None:
        state = replace(_counted(state, kind.after, happening.on), standing=kind.after)
    return state


def _counted(state: State, standing: Standing, on: date) -> State:
    """Note the days from which party age is counted."""
    if standing not in IN_THE_PARTY:
        return replace(state, out_since=on if state.standing in IN_THE_PARTY else state.out_since)
    if state.out_since is not None:
        away = (on - state.out_since).days
        state = replace(state, days_out=state.days_out + away, out_since=None)
    if standing is Standing.PROBATIONARY and state.admitted_on is None:
        return replace(state, admitted_on=on)
    if standing is Standing.FULL and state.official_on is None:
        return replace(state, official_on=on)
    return state


def _posts(state: State, happening: Happening) -> tuple[str, ...]:
    post = happening.facts.get("post", "")
    if happening.kind is EventKind.POST_GIVEN:
        return (*state.posts, post)
    if happening.kind is EventKind.POST_ENDED:
        return tuple(one for one in state.posts if one != post)
    return state.posts


def _wrong(state: State, happening: Happening) -> Wrong | None:
    kind = KINDS[happening.kind]
    ended = happening.kind is EventKind.POST_ENDED
    away = kind.way is Way.ENTERS or happening.kind is EventKind.RECEIVED_THERE
    needs_body = kind.way is Way.MOVES or happening.kind is EventKind.TRANSFERRED_OUT
    checks = {
        Wrong.STANDING: state.standing not in kind.before,
        Wrong.HAS_A_BODY: away and state.body is not None,
        Wrong.HAS_NO_BODY: needs_body and state.body is None,
        Wrong.SAME_BODY: kind.way is Way.MOVES and state.body == happening.body,
        Wrong.NO_SUCH_POST: ended and happening.facts.get("post", "") not in state.posts,
    }
    return next((wrong for wrong, holds in checks.items() if holds), None)
