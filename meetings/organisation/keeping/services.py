"""Changes to bodies, people and posts; rights follow the posts."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from meetings.accounts import services as accounts
from meetings.models import Body, BodyKind, Person, Post, Term, User


def found_body(session: Session, *, name: str, kind: BodyKind, **facts: Any) -> Body:
    """Enter a body, the last of those beside it."""
    body = Body(name=name, kind=kind, **facts)
    beside = select(func.max(Body.position)).where(Body.parent_id == body.parent_id)
    body.position = (session.scalar(beside) or 0) + 1
    session.add(body)
    session.flush()
    return body


def change_body(session: Session, body: Body, **facts: Any) -> None:
    """Change what is recorded of a body; where it closes, the posts in it end with it."""
    for name, value in facts.items():
        setattr(body, name, value)
    if body.closed_on is not None:
        for post in open_at(session, body, body.closed_on):
            end_post(session, post, until=max(body.closed_on, post.since))
    session.flush()


def begin_term(session: Session, body: Body, starts_on: date) -> None:
    """Enter a term of a body, with whose first day its document numbers begin anew."""
    session.add(Term(body_id=body.id, starts_on=starts_on))
    session.flush()


def add_person(session: Session, *, full_name: str, honorific: str, protocol_rank: int) -> Person:
    """Enter a person."""
    person = Person(full_name=full_name, honorific=honorific, protocol_rank=protocol_rank)
    session.add(person)
    session.flush()
    return person


def change_person(session: Session, person: Person, **facts: Any) -> None:
    """Change what is recorded of a person."""
    for name, value in facts.items():
        setattr(person, name, value)
    _tell(session, person)


def give_post(
    session: Session, person: Person, body: Body, *, title: str, since: date, protocol_rank: int
) -> Post:
    """Give a person a post in a body from a day on."""
    post = Post(
        person_id=person.id, body_id=body.id, title=title, since=since, protocol_rank=protocol_rank
    )
    session.add(post)
    session.flush()
    _tell(session, person)
    return post


def end_post(session: Session, post: Post, *, until: date) -> None:
    """End a post with a day, which still counts."""
    post.until = until
    session.flush()
    _tell(session, post.person)


def give_back(session: Session, posts: Mapping[UUID, date | None]) -> None:
    """Let posts that ended with their body last as long as they were to last before."""
    for post in session.scalars(select(Post).where(Post.id.in_(posts))):
        post.until = posts[post.id]
        _tell(session, post.person)
    session.flush()


def open_at(session: Session, body: Body, day: date) -> list[Post]:
    """Return the posts in a body that last past a day."""
    held = select(Post).where(Post.body_id == body.id, or_(Post.until.is_(None), Post.until > day))
    return list(session.scalars(held))


def _tell(session: Session, person: Person) -> None:
    account = session.scalar(select(User).where(User.person_id == person.id))
    if account is not None:
        accounts.tell_of_change(session, account)
