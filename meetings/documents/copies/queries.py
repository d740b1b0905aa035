"""Whose copy it is that bears a code, and how a person is named on one."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, or_
from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Body, Document, Person, Post, TakenCopy
from meetings.models.prepared import Prepared, settled
from meetings.policy import (
    Asker,
    facts,
    readable_bodies,
    readable_copies,
    readable_documents,
    readable_people,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is read as a digit."""
GROUP, GROUPS = 4, 2
MISREAD = str.maketrans("OILU", "011V")
NO_LETTER = re.compile(r"[^0-9A-Z]")

# Made once: everybody who opens a paper asks it.
_NAME = Prepared(
    readable_people()
    .where(Person.id == bindparam("reader", type_=Person.id.type))
    .with_only_columns(Person.full_name)
)
_DAY: BindParameter[date] = bindparam("day", type_=Post.since.type)
_UNIT = Prepared(
    readable_bodies()
    .join(Post, Post.body_id == Body.id)
    .where(Post.person_id == bindparam("reader", type_=Person.id.type), Post.since <= _DAY)
    .where(or_(Post.until.is_(None), Post.until >= _DAY))
    .order_by(Post.since.desc(), Body.name)
    .limit(1)
    .with_only_columns(Body.name)
)


def reader_named(session: Session, *, by: Asker) -> str:
    """Return the name and the unit of whoever reads, as it stands over the pages."""
    asked = facts(by) | {"reader": by.person_id, "day": clock.today()}
    found = (one.one_or_none(settled(session), asked) for one in (_NAME, _UNIT))
    return " · ".join(row[0] for row in found if row)


def grouped(letters: str) -> str:
    """Return a code as it is printed: in groups."""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def as_printed(typed: str) -> str:
    """Return a code as it is printed, however somebody typed it off a page."""
    return grouped(NO_LETTER.sub("", typed.upper()).translate(MISREAD))


def copy_with(session: Session, typed: str, *, by: Asker) -> TakenCopy | None:
    """Return the copy that bears a code, if the person asking may know of it."""
    query = readable_copies(by).where(TakenCopy.code == as_printed(typed))
    return session.scalars(query).one_or_none()


def copies_of(session: Session, document: Document, *, by: Asker) -> Sequence[TakenCopy]:
    """Return the copies of one document that were taken, the newest first."""
    query = readable_copies(by).where(TakenCopy.document_id == document.id)
    return session.scalars(query.order_by(TakenCopy.created_at.desc(), TakenCopy.id)).all()


def bound_in(session: Session, copy: TakenCopy, *, by: Asker) -> Sequence[str]:
    """Return the titles of the documents that are bound in a copy, as far as one reads them."""
    asked = [UUID(one) for one in copy.bound]
    titles = readable_documents(by).where(Document.id.in_(asked)).with_only_columns(Document.title)
    return session.scalars(titles).all()
