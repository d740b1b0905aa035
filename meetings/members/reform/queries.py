"""What dissolving a body would move, and what one that was done has moved."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings.collation import collation_key
from meetings.members.moving.services import counted, goes_along
from meetings.models import (
    Body,
    BodyKind,
    Custody,
    Dissolution,
    DissolutionStep,
    Member,
    MemberEvent,
)
from meetings.organisation.queries import was_open
from meetings.policy import Asker, readable_bodies
from search_index import fold

FOUND = 20


class Way(StrEnum):
    """What becomes of a body that belonged to the one that is dissolved."""

    UNDER = "under"
    """It goes under another body, and stays what it is."""
    INTO = "into"
    """It closes, and its members go into another body."""


@dataclass(frozen=True)
class Choice:
    """Where a body goes, and how."""

    way: Way
    to: UUID


@dataclass(frozen=True)
class Step:
    """What would become of one body."""

    body: Body
    choice: Choice
    members: int
    """How many members would go into another body."""

    @property
    def closes(self) -> bool:
        """Tell whether the body would close."""
        return self.choice.way is Way.INTO


@dataclass(frozen=True)
class Plan:
    """All that dissolving a body would do, and what stands against it."""

    steps: Sequence[Step]
    later: int
    """Members of whom something is recorded that happened after the day."""
    underway: int
    """Members whose dossier is on its way."""
    twins: Sequence[str] = ()
    """Names that two bodies would have beside each other."""

    @property
    def members(self) -> int:
        """Return how many members would go into another body."""
        return sum(step.members for step in self.steps)


def right_below(session: Session, body: Body, day: date, *, by: Asker) -> list[Body]:
    """Return the bodies that belong to one and are open on a day."""
    found = session.scalars(readable_bodies(by).where(Body.parent_id == body.id))
    still = [one for one in found if was_open(one, day)]
    return sorted(still, key=lambda one: collation_key(one.name))


def successors(
    session: Session, body: Body, words: str, day: date, *, by: Asker
) -> Mapping[UUID, str]:
    """Return the open bodies of a name outside of the tree of one that is to be dissolved."""
    sought = fold(words).split()
    if not sought:
        return {}
    tree = _tree(session, body, by=by)
    found = [
        one
        for one in session.scalars(readable_bodies(by).where(Body.kind != BodyKind.STATE_BODY))
        if all(word in fold(one.name) for word in sought)
    ]
    fitting = [one for one in found if one.id not in tree and was_open(one, day)]
    fitting.sort(key=lambda one: (len(one.name), collation_key(one.name)))
    return {one.id: one.name for one in fitting[:FOUND]}


def chosen(
    session: Session, body: Body, wanted: Sequence[UUID], day: date, *, by: Asker
) -> Mapping[UUID, str]:
    """Return those of some bodies that may take over from one, in the order of choice."""
    tree = _tree(session, body, by=by)
    asked = readable_bodies(by).where(Body.id.in_(wanted))
    found = {one.id: one for one in session.scalars(asked) if was_open(one, day)}
    return {one: found[one].name for one in wanted if one in found and one not in tree}


def _tree(session: Session, body: Body, *, by: Asker) -> set[UUID]:
    asked = readable_bodies(by).with_only_columns(Body.id, Body.parent_id)
    parents = session.execute(asked).all()
    below = {body.id}
    while found := {one for one, above in parents if above in below} - below:
        below |= found
    return below


def plan(
    session: Session,
    body: Body,
    day: date,
    choices: Mapping[UUID, Choice],
    default: UUID,
    *,
    by: Asker,
) -> Plan:
    """Return all that dissolving a body on a day does; without a choice all goes to the default."""
    under = Choice(Way.UNDER, default)
    chosen_steps = [(body, Choice(Way.INTO, default))]
    for one in right_below(session, body, day, by=by):
        choice = choices.get(one.id, under)
        chosen_steps.append((one, choice))
        if choice.way is Way.INTO:
            below = right_below(session, one, day, by=by)
            chosen_steps += [(lower, Choice(Way.UNDER, choice.to)) for lower in below]
    closing = [one.id for one, choice in chosen_steps if choice.way is Way.INTO]
    counts = counted(session, closing)
    steps = [Step(one, choice, counts.get(one.id, 0)) for one, choice in chosen_steps]
    later, underway = _later(session, closing, day), _underway(session, closing)
    return Plan(steps, later, underway, _twins(session, steps, by=by))


def _twins(session: Session, steps: Sequence[Step], *, by: Asker) -> list[str]:
    """Return the names that two bodies would have beside each other."""
    going = [(step.choice.to, step.body.name) for step in steps if not step.closes]
    there = readable_bodies(by).with_only_columns(Body.parent_id, Body.name)
    there = there.where(Body.parent_id.in_({to for to, _ in going}), Body.closed_on.is_(None))
    beside = Counter([*going, *session.execute(there)])
    return sorted({name for (_, name), count in beside.items() if count > 1})


def _later(session: Session, closing: Sequence[UUID], day: date) -> int:
    later = select(func.count(MemberEvent.member_id.distinct())).join(
        Member, Member.id == MemberEvent.member_id
    )
    later = later.where(Member.body_id.in_(closing), goes_along(), MemberEvent.happened_on > day)
    return session.scalar(later) or 0


def _underway(session: Session, closing: Sequence[UUID]) -> int:
    ends = or_(Custody.from_id.in_(closing), Custody.to_id.in_(closing))
    asked = select(func.count()).select_from(Custody).where(ends, Custody.closed_at.is_(None))
    return session.scalar(asked) or 0


def steps_of(session: Session, dissolution: Dissolution) -> Sequence[DissolutionStep]:
    """Return what became of each body, the dissolved one first."""
    known = select(DissolutionStep).where(DissolutionStep.dissolution_id == dissolution.id)
    known = known.options(joinedload(DissolutionStep.body), joinedload(DissolutionStep.to))
    return session.scalars(known.order_by(DissolutionStep.id)).all()
