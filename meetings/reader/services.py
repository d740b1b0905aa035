"""Keeping one's place in a document, and which of its pages one has seen."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from meetings import clock
from meetings.models import Document, DocumentVersion, ReadingPosition, ReadPages
from meetings.policy import Asker

NOTHING: Mapping[str, int] = MappingProxyType({})


def remember(session: Session, document: Document, page: int, *, by: Asker) -> None:
    """Keep the page a person has open."""
    position = session.get(ReadingPosition, (by.id, document.id))
    if position is None:
        position = ReadingPosition(user_id=by.id, document_id=document.id, page=page)
        session.add(position)
    position.page = page


def note_seen(
    session: Session,
    document: Document,
    version: UUID,
    pages: Iterable[int],
    *,
    by: Asker,
    turned: Mapping[str, int] = NOTHING,
) -> None:
    """Write down which pages a person had in view, and which were turned and how far.

    What is no page of the document is nothing.
    """
    read = session.get(DocumentVersion, version)
    seen = {page for page in pages if read and 1 <= page <= read.page_count}
    if read is None or read.document_id != document.id or not seen:
        return
    row = session.get(ReadPages, (by.id, version), with_for_update=True)
    if row is None:
        row = ReadPages(user_id=by.id, version_id=version, pages=[])
        session.add(row)
    row.pages = sorted(seen.union(row.pages))
    own = {page: turn for page, turn in turned.items() if 1 <= int(page) <= read.page_count}
    if own:
        row.turns = (row.turns or {}) | own
    if row.ended_at is None and len(row.pages) == read.page_count:
        row.ended_at = clock.now()
