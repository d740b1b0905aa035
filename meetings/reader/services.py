"""Keeping one's place in a document."""

from sqlalchemy.orm import Session

from meetings.models import Document, ReadingPosition
from meetings.policy import Asker


def remember(session: Session, document: Document, page: int, *, by: Asker) -> None:
    """Keep the page a person has open."""
    position = session.get(ReadingPosition, (by.id, document.id))
    if position is None:
        position = ReadingPosition(user_id=by.id, document_id=document.id, page=page)
        session.add(position)
    position.page = page
