"""A person's own notes, with what may still be told of the place where each stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from meetings.models import AgendaItem, Document, Meeting, Note, NoteKind
from meetings.policy import Asker, readable_documents, readable_meetings, readable_notes


@dataclass(frozen=True)
class Written:
    """A note in a list; without document and quotation where its paper may not be read now."""

    note: Note
    document: Document | None
    item: AgendaItem | None

    @property
    def quote(self) -> str:
        """Return the words on the page that the note is about."""
        return self.note.quote if self.document else ""


def notes_of_document(session: Session, document: Document, *, by: Asker) -> list[dict[str, Any]]:
    """Return a person's notes on a document as their tablet keeps them, deleted ones too."""
    query = readable_notes(by).where(Note.document_id == document.id)
    return [as_sent(note) for note in session.scalars(query.order_by(Note.id))]


def as_sent(note: Note) -> dict[str, Any]:
    """Return a note as a tablet keeps it."""
    return {
        "mark": str(note.mark),
        "version": str(note.version_id) if note.version_id else None,
        "page": note.page,
        "kind": note.kind.value,
        "shape": note.shape,
        "quote": note.quote,
        "text": note.text,
        "revision": note.revision,
        "deleted": note.deleted_at is not None,
    }


def notes_of_item(session: Session, item: AgendaItem, *, by: Asker) -> Sequence[Note]:
    """Return the notes that a person wrote at an agenda item, the oldest first."""
    return session.scalars(_living(by).where(Note.item_id == item.id).order_by(Note.id)).all()


def written_notes(session: Session, *, by: Asker) -> list[Written]:
    """Return all that a person wrote or highlighted, the newest first."""
    query = _living(by).where(Note.kind != NoteKind.INK).order_by(Note.updated_at.desc(), Note.id)
    notes = session.scalars(query).all()
    asked = {note.document_id for note in notes if note.document_id}
    listed = session.scalars(readable_documents(by).where(Document.id.in_(asked)))
    documents: dict[UUID | None, Document] = {document.id: document for document in listed}
    items = _items(session, {note.item_id for note in notes if note.item_id}, by)
    return [
        Written(note, documents.get(note.document_id), items.get(note.item_id))
        for note in notes
        if note.text or note.document_id in documents
    ]


def _items(
    session: Session, asked: Collection[UUID], by: Asker
) -> Mapping[UUID | None, AgendaItem]:
    """Return those of some items whose meeting a person may still see."""
    meetings = readable_meetings(by).with_only_columns(Meeting.id)
    query = select(AgendaItem).where(AgendaItem.id.in_(asked), AgendaItem.meeting_id.in_(meetings))
    return {item.id: item for item in session.scalars(query)}


def _living(by: Asker) -> Select[Note]:
    return readable_notes(by).where(Note.deleted_at.is_(None))
