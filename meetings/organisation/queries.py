"""What is known about the organisation, in protocol order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock
from meetings.collation import collation_key, name_key
from meetings.models import Body, Dissolution, DissolutionStep, Person, Post
from meetings.policy import Asker, readable_bodies, readable_dissolutions, readable_people
from search_index import fold


@dataclass
class Branch:
    """A body and what lies below it."""

    body: Body
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """A person with the posts held on a day."""

    person: Person
    posts: Sequence[Post]


def tree(session: Session, *, by: Asker, on: date | None = None) -> list[Branch]:
    """Return the bodies as trees, each level in the order the organisation gives it.

    With a day, those that were open on it.
    """
    every = session.scalars(readable_bodies(by)).all()
    bodies = [body for body in every if on is None or was_open(body, on)]
    branches = {body.id: Branch(body) for body in bodies}
    before = _parents_on(session, on) if on else {}
    roots: list[Branch] = []
    for body in sorted(bodies, key=lambda one: (one.position, collation_key(one.name))):
        parent = before.get(body.id, body.parent_id)
        above = branches.get(parent) if parent else None
        (above.below if above else roots).append(branches[body.id])
    return roots


def _parents_on(session: Session, day: date) -> dict[UUID, UUID | None]:
    """Return to what bodies belonged on a day that went elsewhere by a dissolution since."""
    since = (Dissolution.day > day, Dissolution.undone_at.is_(None))
    went = select(DissolutionStep.body_id, DissolutionStep.from_id).join(
        Dissolution, Dissolution.id == DissolutionStep.dissolution_id
    )
    # the first one since tells, so it comes last
    return dict(session.execute(went.where(*since).order_by(Dissolution.day.desc())).all())


def taken_over_by(session: Session, body: Body, *, by: Asker) -> Sequence[Body]:
    """Return the body into which one was merged when it was dissolved."""
    into = readable_bodies(by).join(DissolutionStep, DissolutionStep.to_id == Body.id)
    into = into.join(Dissolution, Dissolution.id == DissolutionStep.dissolution_id)
    return session.scalars(
        into.where(
            DissolutionStep.body_id == body.id,
            DissolutionStep.closes,
            Dissolution.undone_at.is_(None),
        )
    ).all()


def dissolutions_of(session: Session, body: Body, *, by: Asker) -> Sequence[Dissolution]:
    """Return the dissolutions in which a body closed or went elsewhere, the latest first."""
    part = select(DissolutionStep.dissolution_id).where(DissolutionStep.body_id == body.id)
    found = readable_dissolutions(by).where(Dissolution.id.in_(part))
    found = found.options(joinedload(Dissolution.body))
    return session.scalars(found.order_by(Dissolution.done_at.desc())).all()


def was_open(body: Body, day: date) -> bool:
    """Tell whether a body was open on a day; without a first day it always was before its last."""
    began = body.opened_on is None or body.opened_on <= day
    return began and (body.closed_on is None or day <= body.closed_on)


def posts_in(session: Session, body: Body, *, on: date | None = None) -> list[Post]:
    """Return who serves in a body today, or on another day, in protocol order."""
    serving = select(Post).where(Post.body_id == body.id, held_on(on or clock.today()))
    found = session.scalars(serving.options(joinedload(Post.person)))
    return sorted(found, key=_protocol)


def people(session: Session, *, by: Asker, words: str = "", on: date | None = None) -> list[Listed]:
    """Return people in protocol order; words narrow them down, with or without accents.

    Their posts are those of today, or of another day.
    """
    held: dict[UUID, list[Post]] = defaultdict(list)
    serving = select(Post).where(held_on(on or clock.today()))
    for post in session.scalars(serving.options(joinedload(Post.body), joinedload(Post.person))):
        held[post.person_id].append(post)
    found = session.scalars(readable_people(by)).all()
    listed = [Listed(person, sorted(held[person.id], key=_protocol)) for person in found]
    sought = fold(words)
    chosen = [one for one in listed if sought in fold(_described(one))]
    return sorted(chosen, key=lambda one: _order(one.person))


def held_on(day: date) -> ColumnElement[bool]:
    """Tell of a post whether it is held on a day."""
    return (Post.since <= day) & or_(Post.until.is_(None), Post.until >= day)


def _described(listed: Listed) -> str:
    posts = " ".join(f"{post.title} {post.body.name}" for post in listed.posts)
    return f"{listed.person.full_name} {posts}"


def _order(person: Person) -> tuple[object, ...]:
    return person.protocol_rank, name_key(person.full_name)


def _protocol(post: Post) -> tuple[object, ...]:
    return post.protocol_rank, *_order(post.person)
