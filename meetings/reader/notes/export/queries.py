"""What of one's notes may be taken along: one's words, and quotations from papers that may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.collation import collation_key
from meetings.models import Document, DocumentVersion, Meeting, Note
from meetings.policy import Asker, readable_meetings, readable_notes, takeable_documents
from meetings.reader.notes.keeping.queries import notes_of_meeting
from meetings.reader.notes.queries import Written, with_places, written_notes


@dataclass(frozen=True)
class Taken:
    """A note as it leaves; without the quotation where the paper may only be read."""

    note: Note
    place: str
    quote: str


def notes_to_take(session: Session, *, by: Asker, meeting: UUID | None = None) -> Sequence[Taken]:
    """Return all that a person wrote, or what they wrote at a meeting, the newest first."""
    written = _written(session, meeting, by) if meeting else written_notes(session, by=by)
    asked = {one.document.id for one in written if one.document}
    query = takeable_documents(by).where(Document.id.in_(asked)).with_only_columns(Document.id)
    takeable = set(session.scalars(query))
    taken = []
    for one in written:
        known = one.document or one.item
        may_quote = one.document is not None and one.document.id in takeable
        quote = one.quote if may_quote else ""
        if quote or one.note.text:
            taken.append(Taken(one.note, known.title if known else "", quote))
    return taken


def notes_upon(session: Session, document: Document, *, by: Asker) -> list[dict[str, Any]]:
    """Return a person's notes on the pages of the version read now, as they are laid upon them."""
    return [
        {
            "page": now["page"],
            "kind": now["kind"],
            "shape": now["shape"],
            "text": note.text,
            "written": note.updated_at.isoformat(),
        }
        for note, now in with_places(session, document, by)
        if now["page"] and not note.deleted_at
    ]


def papers_with_notes(session: Session, *, by: Asker) -> Sequence[Document]:
    """Return the papers that a person wrote on and may take along, by title."""
    noted = readable_notes(by).where(Note.deleted_at.is_(None), Note.page.is_not(None))
    shown = select(DocumentVersion.document_id).where(
        DocumentVersion.superseded_at.is_(None), DocumentVersion.viewing.is_not(None)
    )
    query = takeable_documents(by).where(
        Document.id.in_(noted.with_only_columns(Note.document_id)), Document.id.in_(shown)
    )
    return sorted(session.scalars(query), key=lambda document: collation_key(document.title))


def _written(session: Session, named: UUID, by: Asker) -> Sequence[Written]:
    """Return what a person wrote at a meeting, if they may know of it."""
    meeting = session.scalar(readable_meetings(by).where(Meeting.id == named))
    return notes_of_meeting(session, meeting, by=by) if meeting else []
