"""What programs are told, page by page; every list begins at what its person may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from meetings import clock, paging
from meetings.models import AgendaPaper, Body, Document, Meeting, Person, Post
from meetings.organisation.queries import held_on
from meetings.paging import Leaf
from meetings.policy import (
    Asker,
    readable_bodies,
    readable_documents,
    readable_meetings,
    readable_papers,
    readable_people,
    takeable_documents,
)

Row = TypeVar("Row")


def bodies(session: Session, page: int, *, by: Asker) -> Leaf[Body]:
    """Return a page of the bodies, in the order of the tree's levels."""
    return _leaf(session, readable_bodies(by), page, Body.position, Body.name, Body.id)


def roots(session: Session, page: int, *, by: Asker) -> Leaf[Body]:
    """Return a page of the bodies above which there is none."""
    above_all = readable_bodies(by).where(Body.parent_id.is_(None))
    return _leaf(session, above_all, page, Body.position, Body.name, Body.id)


def people(session: Session, page: int, *, by: Asker) -> Leaf[Person]:
    """Return a page of the people, in protocol order."""
    order = Person.protocol_rank, Person.full_name, Person.id
    return _leaf(session, readable_people(by), page, *order)


def meetings(session: Session, page: int, *, by: Asker) -> Leaf[Meeting]:
    """Return a page of the meetings, the latest first."""
    order = Meeting.starts_at.desc(), Meeting.id
    return _leaf(session, readable_meetings(by), page, *order)


def papers(session: Session, page: int, *, by: Asker) -> Leaf[Document]:
    """Return a page of the documents that lie before agenda items, the newest first."""
    laid = readable_papers(by).with_only_columns(AgendaPaper.document_id)
    query = readable_documents(by).where(Document.id.in_(laid))
    return _leaf(session, query, page, Document.created_at.desc(), Document.id)


def posts_of(session: Session, people: Iterable[Person]) -> Mapping[UUID, Sequence[Post]]:
    """Return the posts that people hold today, by the person."""
    held: dict[UUID, list[Post]] = defaultdict(list)
    asked = Post.person_id.in_([person.id for person in people])
    today = select(Post).where(asked, held_on(clock.today())).options(joinedload(Post.body))
    for post in session.scalars(today.order_by(Post.protocol_rank, Post.id)):
        held[post.person_id].append(post)
    return held


def to_take_along(session: Session, documents: Iterable[Document], *, by: Asker) -> frozenset[UUID]:
    """Return of which documents a person may take a copy along."""
    asked = Document.id.in_([document.id for document in documents])
    found = takeable_documents(by).where(asked).with_only_columns(Document.id)
    return frozenset(session.scalars(found))


def _leaf(session: Session, query: Select[Row], page: int, *order: Any) -> Leaf[Row]:
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, pages = paging.place(total, page)
    rows = query.order_by(*order).limit(paging.ROWS).offset((page - 1) * paging.ROWS)
    return Leaf(session.scalars(rows).all(), page, pages, total)
