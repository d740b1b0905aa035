"""What a body of members came to between two days, and by whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings.members.life.movements import Line, Step, belongs, stay
from meetings.members.reports.lives.queries import bodies_of, lives_since, names_of, steady
from meetings.models import Body, Member
from meetings.policy import Asker, readable_bodies


@dataclass(frozen=True)
class Told:
    """A step, and whose it is."""

    member: UUID
    step: Step


@dataclass(frozen=True)
class Ledger:
    """Form 1 between the ends of two days."""

    first: date
    last: date
    opening: int
    closing: int
    steps: Sequence[Told]

    @property
    def counts(self) -> Mapping[Line, int]:
        """Return how many steps each line has."""
        counted = Counter(told.step.line for told in self.steps)
        return {line: counted[line] for line in Line}

    def told_of(self, line: Line) -> Sequence[Told]:
        """Return the steps of a line, in the order of their days."""
        return [told for told in self.steps if told.step.line is line]


@dataclass(frozen=True)
class Named:
    """A step with its member and the body, or the committee elsewhere, at its other end."""

    told: Told
    member: Member
    here: str
    elsewhere: str


def ledger_of(session: Session, body: Body, first: date, last: date, *, by: Asker) -> Ledger:
    """Return who came to a body and who left it after one day, until the end of another."""
    bodies = bodies_of(session, body, by=by)
    unmoved = select(func.count()).select_from(steady(body, first, by=by).subquery())
    opening = closing = session.scalar(unmoved) or 0
    steps = []
    for member, life in lives_since(session, body, first, by=by):
        found = stay(life, bodies, first, last)
        opening += belongs(found.opening, bodies)
        closing += belongs(found.closing, bodies)
        steps += [Told(member, step) for step in found.steps]
    steps.sort(key=lambda told: (told.step.happening.on, told.member))
    return Ledger(first, last, opening, closing, steps)


def named(session: Session, told: Sequence[Told], *, by: Asker) -> list[Named]:
    """Return steps with the names that explain them."""
    members = names_of(session, (one.member for one in told), by=by)
    bodies = {one.id: one.name for one in session.scalars(readable_bodies(by))}
    return [_named(one, members[one.member], bodies) for one in told]


def _named(told: Told, member: Member, bodies: Mapping[UUID, str]) -> Named:
    step = told.step
    here, other = (step.now, step.before) if step.sign > 0 else (step.before, step.now)
    elsewhere = step.happening.facts.get("elsewhere", "")
    name = bodies.get(other, "") if other else elsewhere
    return Named(told, member, bodies.get(here, "") if here else "", name)
