"""What those who keep the organisation choose from."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock
from meetings.collation import collation_key
from meetings.models import Body, Person, Post, Term
from meetings.policy import Asker, readable_bodies, readable_people


def bodies(session: Session, *, by: Asker) -> list[Body]:
    """Return the bodies that are not closed, by name."""
    found = session.scalars(readable_bodies(by))
    today = clock.today()
    kept = [body for body in found if body.closed_on is None or body.closed_on >= today]
    return sorted(kept, key=lambda body: collation_key(body.name))


def above(session: Session, body: Body, *, by: Asker) -> list[Body]:
    """Return the bodies that a body may belong to: none of those below it, and the present one."""
    every = {one.id: one for one in session.scalars(readable_bodies(by))}
    below = {body.id}
    while found := {one.id for one in every.values() if one.parent_id in below} - below:
        below |= found
    kept = {one.id for one in bodies(session, by=by)} | {body.parent_id}
    fitting = [one for one in every.values() if one.id in kept - below]
    return sorted(fitting, key=lambda one: collation_key(one.name))


def twin(
    session: Session, name: str, above: UUID | None, *, but: Body | None, by: Asker
) -> Body | None:
    """Return the body of this name that belongs to the same one already."""
    same = readable_bodies(by).where(Body.name == name, Body.parent_id == above)
    return session.scalar(same.where(Body.id != but.id) if but else same)


def terms_of(session: Session, body: Body) -> Sequence[Term]:
    """Return the terms of a body, the latest first."""
    of_body = select(Term).where(Term.body_id == body.id)
    return session.scalars(of_body.order_by(Term.starts_on.desc())).all()


def namesakes(session: Session, person: Person, *, by: Asker) -> Sequence[Person]:
    """Return the other people of the same name."""
    same = readable_people(by).where(Person.full_name == person.full_name, Person.id != person.id)
    return session.scalars(same).all()


def posts_of(session: Session, person: Person) -> list[Post]:
    """Return every post a person held or holds, the latest first."""
    held = select(Post).where(Post.person_id == person.id).options(joinedload(Post.body))
    return sorted(session.scalars(held), key=lambda post: post.since, reverse=True)


def open_below(session: Session, body: Body, day: date, *, by: Asker) -> Sequence[Body]:
    """Return the bodies right below one that are not closed by a day."""
    left = or_(Body.closed_on.is_(None), Body.closed_on > day)
    return session.scalars(readable_bodies(by).where(Body.parent_id == body.id, left)).all()
