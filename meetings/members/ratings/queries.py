"""The members of a body, and how each was rated for one time."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.intake.fold import words_of
from meetings.members.life.replay import Happening, valid
from meetings.members.records.queries import happenings
from meetings.models import Body, EventKind, Member, MemberEvent
from meetings.policy import Asker, readable_members


@dataclass(frozen=True)
class Rated:
    """A member, and the rating for the time that was asked for, if there is one."""

    member: Member
    rating: str
    points: str


def ratings_of(session: Session, body: Body, period: str, *, by: Asker) -> list[Rated]:
    """Return the members in force of a body itself, with their rating for a time."""
    mine = readable_members(by).where(Member.body_id == body.id, Member.present)
    members = session.scalars(mine.order_by(Member.sort_name, Member.id)).all()
    found = _found(session, [one.id for one in members], period)
    return [_rated(one, found.get(one.id)) for one in members]


def counts(rated: Sequence[Rated]) -> Mapping[str, int]:
    """Return how many have each rating."""
    return Counter(one.rating for one in rated if one.rating)


def _rated(member: Member, happening: Happening | None) -> Rated:
    facts = happening.facts if happening else {}
    return Rated(member, facts.get("rating", ""), facts.get("points", ""))


def _found(session: Session, members: Sequence[UUID], period: str) -> Mapping[UUID, Happening]:
    kept = select(MemberEvent).where(
        MemberEvent.member_id.in_(members), MemberEvent.kind == EventKind.RATED
    )
    events = defaultdict(list)
    for event in session.scalars(kept.order_by(MemberEvent.member_id, MemberEvent.number)):
        events[event.member_id].append(event)
    return {
        member: one
        for member, told in events.items()
        for one in valid(happenings(told))
        if words_of(one.facts.get("period", "")) == words_of(period)
    }
