"""What lies in the bin, and what was destroyed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.models import Destruction, Document
from meetings.policy import Asker, readable_bin


def in_bin(session: Session, *, by: Asker) -> Sequence[Document]:
    """Return the documents of the bin that a person looks after, the newest there first."""
    query = readable_bin(by).where(Document.destroyed_at.is_(None))
    return session.scalars(query.order_by(Document.discarded_at.desc(), Document.id)).all()


def destroyed(session: Session, *, by: Asker) -> Sequence[Document]:
    """Return the documents that were destroyed, the last one first."""
    query = readable_bin(by).where(Document.destroyed_at.is_not(None))
    return session.scalars(query.order_by(Document.destroyed_at.desc(), Document.id)).all()


def destructions_of(session: Session, documents: Sequence[Document]) -> dict[object, Destruction]:
    """Return the destruction asked for or done of each document, by the document's id."""
    identities = [document.id for document in documents]
    query = select(Destruction).where(Destruction.document_id.in_(identities))
    return {one.document_id: one for one in session.scalars(query).unique()}
