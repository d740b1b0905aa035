"""Who could take part in a meeting, who was taken off its list, and in what they take part."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, policy
from meetings.agenda.queries import participants_of
from meetings.collation import collation_key
from meetings.models import (
    Body,
    Meeting,
    Participant,
    ParticipantItem,
    Post,
    RemovedParticipant,
)
from meetings.organisation.queries import Listed, people, posts_in, was_open
from meetings.policy import Asker

MOST = 200
"""People on one page to choose from; whoever finds more types another word."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take part, with the posts that they hold on the day of the meeting."""

    listed: Listed
    part: Participant | None
    """What they are already."""


def bodies_to_choose(session: Session, meeting: Meeting, *, by: Asker) -> Sequence[Body]:
    """Return the bodies that are open on the day of a meeting, as the organisation orders them."""
    day = clock.local(meeting.starts_at).date()
    found = [body for body in session.scalars(policy.readable_bodies(by)) if was_open(body, day)]
    return sorted(found, key=lambda body: (body.position, collation_key(body.name)))


def candidates(
    session: Session, meeting: Meeting, *, by: Asker, body: Body | None, words: str
) -> list[Candidate]:
    """Return who serves in a body on the day of a meeting, or whose name or post has some words.

    They stand in protocol order: in a body as it ranks its posts, else as people rank.
    """
    day = clock.local(meeting.starts_at).date()
    if body is None and not words:
        return []
    found = people(session, by=by, words=words, on=day)
    if body is not None:
        found = _members(found, posts_in(session, body, on=day))
    parts = {part.person_id: part for part in participants_of(session, meeting)}
    return [Candidate(listed, parts.get(listed.person.id)) for listed in found]


def _members(found: Sequence[Listed], posts: Sequence[Post]) -> list[Listed]:
    """Return those of some people who hold one of a body's posts, in the order of the posts."""
    known = {listed.person.id: listed for listed in found}
    ranked = dict.fromkeys(post.person_id for post in posts)
    return [known[person] for person in ranked if person in known]


def items_of_parts(session: Session, parts: Sequence[Participant]) -> Mapping[UUID, set[UUID]]:
    """Return the items of those who do not take part in the whole meeting, by participant."""
    limited: Collection[UUID] = [part.id for part in parts if not part.whole]
    found: dict[UUID, set[UUID]] = defaultdict(set, {part: set() for part in limited})
    rows = select(ParticipantItem).where(ParticipantItem.participant_id.in_(limited))
    for row in session.scalars(rows):
        found[row.participant_id].add(row.item_id)
    return found


def removed_of(session: Session, meeting: Meeting) -> Sequence[RemovedParticipant]:
    """Return who was taken off the list of a meeting, the last one first."""
    query = select(RemovedParticipant).where(RemovedParticipant.meeting_id == meeting.id)
    newest = RemovedParticipant.created_at.desc()
    return session.scalars(
        query.options(joinedload(RemovedParticipant.person)).order_by(newest)
    ).all()
