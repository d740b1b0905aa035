"""The state of a member on any day, derived from what happened; nothing else is the truth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from meetings.members.life.kinds import IN_THE_PARTY, KINDS, Way
from meetings.members.life.party_age import counted_from
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
    badges: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Tell whether they are a member of a body of the register."""
        return self.body is not None and self.standing in IN_THE_PARTY

    @property
    def counted_from(self) -> date | None:
        """Return the day from which party age is counted."""
        return self.admitted_on and counted_from(self.admitted_on, self.days_out)


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
    found = lived(happenings, date.max)
    return found if isinstance(found, Refusal) else None


def lived(happenings: Iterable[Happening], day: date) -> State | Refusal:
    """Return the state at the end of a day, or the first event that cannot have happened."""
    state = on_the_day = State()
    for happening in valid(happenings):
        wrong = _wrong(state, happening)
        if wrong:
            return Refusal(happening, wrong, state.standing)
        state = after(state, happening)
        on_the_day = state if happening.on <= day else on_the_day
    return on_the_day


def after(state: State, happening: Happening) -> State:
    """Return what an event makes of a state."""
    kind = KINDS[happening.kind]
    changed: dict[str, Any] = _listed(state, happening)
    if kind.kept:
        changed["facts"] = {**state.facts, **happening.facts}
    if kind.places:
        changed |= {"body": happening.body, "keeper": happening.body}
    elif kind.way is Way.LEAVES:
        changed |= {"body": None, "posts": ()}
    if kind.after is not None:
        changed |= {"standing": kind.after, **_counted(state, kind.after, happening.on)}
    return replace(state, **changed) if changed else state


def _counted(state: State, standing: Standing, on: date) -> dict[str, Any]:
    """Note the days from which party age is counted."""
    if standing not in IN_THE_PARTY:
        return {"out_since": on} if state.standing in IN_THE_PARTY else {}
    noted: dict[str, Any] = {}
    if state.out_since is not None:
        away = (on - state.out_since).days
        noted = {"days_out": state.days_out + away, "out_since": None}
    if standing is Standing.PROBATIONARY and state.admitted_on is None:
        noted["admitted_on"] = on
    if standing is Standing.FULL and state.official_on is None:
        noted["official_on"] = on
    return noted


def _listed(state: State, happening: Happening) -> dict[str, Any]:
    """Note the posts and the badges that a member has."""
    if happening.kind is EventKind.BADGE_AWARDED:
        return {"badges": (*state.badges, happening.facts.get("badge", ""))}
    post = happening.facts.get("post", "")
    if happening.kind is EventKind.POST_GIVEN:
        return {"posts": (*state.posts, post)}
    if happening.kind is EventKind.POST_ENDED:
        return {"posts": tuple(one for one in state.posts if one != post)}
    return {}


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
