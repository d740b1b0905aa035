"""A person's own notes, with what may still be told of the place where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from meetings.documents.queries import current_version
from meetings.models import (
    AgendaItem,
    Document,
    DocumentVersion,
    Meeting,
    Note,
    NoteKind,
    NotePlacement,
)
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
    return [now for _note, now in with_places(session, document, by)]


def notes_on_page(session: Session, document: Document, number: int, *, by: Asker) -> list[Note]:
    """Return a person's notes that stand on a page of the version read now, the newest first."""
    found = [
        note
        for note, now in with_places(session, document, by)
        if now["page"] == number and not note.deleted_at
    ]
    return found[::-1]


def note_marked(session: Session, mark: str, *, by: Asker) -> Note | None:
    """Return the note that a person's tablet calls so."""
    try:
        named = UUID(mark)
    except ValueError:
        return None
    return session.scalar(_living(by).where(Note.mark == named))


def with_places(
    session: Session, document: Document, by: Asker
) -> Iterable[tuple[Note, dict[str, Any]]]:
    """Return a person's notes on a document, each with where it stands in the version read now."""
    version = current_version(session, document)
    query = (
        readable_notes(by)
        .where(Note.document_id == document.id)
        .outerjoin(NotePlacement, _stands_in(version))
        .add_columns(NotePlacement)
        .order_by(Note.id)
    )
    rows: Any = session.execute(query)
    return [(note, as_sent(note) | _now(note, placement, version)) for note, placement in rows]


def _stands_in(version: DocumentVersion | None) -> ColumnElement[bool]:
    here = NotePlacement.version_id == (version.id if version else None)
    return and_(NotePlacement.note_id == Note.id, here)


def _now(
    note: Note, placement: NotePlacement | None, version: DocumentVersion | None
) -> dict[str, Any]:
    """Return where a note of an earlier version stands now; without a page, nowhere."""
    if version is None or note.version_id in (None, version.id) or note.deleted_at:
        return {}
    if placement is None or placement.page is None:
        return {"page": None, "left": note.page}
    return {"version": str(version.id), "page": placement.page, "shape": placement.shape}


def left_behind(session: Session, document: Document, *, by: Asker) -> Sequence[Note]:
    """Return a person's notes on a document that stand nowhere in the version read now."""
    version = current_version(session, document)
    query = (
        _living(by)
        .where(Note.document_id == document.id, Note.version_id != (version and version.id))
        .outerjoin(NotePlacement, _stands_in(version))
        .where(NotePlacement.page.is_(None))
    )
    return session.scalars(query.order_by(Note.page, Note.id)).all()


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


def written_notes(
    session: Session, *, by: Asker, among: ColumnElement[bool] | None = None
) -> list[Written]:
    """Return all that a person wrote or highlighted, or some of it, the newest first."""
    query = _living(by).where(Note.kind != NoteKind.INK).order_by(Note.updated_at.desc(), Note.id)
    notes = session.scalars(query if among is None else query.where(among)).all()
    documents = documents_among(session, (note.document_id for note in notes), by=by)
    items = items_among(session, (note.item_id for note in notes), by=by)
    return [
        Written(note, documents.get(note.document_id), items.get(note.item_id))
        for note in notes
        if note.text or note.document_id in documents
    ]


def documents_among(
    session: Session, named: Iterable[UUID | None], *, by: Asker
) -> Mapping[UUID | None, Document]:
    """Return those of some documents that a person may read now."""
    asked = {one for one in named if one}
    query = readable_documents(by).where(Document.id.in_(asked))
    return {document.id: document for document in session.scalars(query)}


def items_among(
    session: Session, named: Iterable[UUID | None], *, by: Asker
) -> Mapping[UUID | None, AgendaItem]:
    """Return those of some items whose meeting a person may still see."""
    asked = {one for one in named if one}
    meetings = readable_meetings(by).with_only_columns(Meeting.id)
    query = select(AgendaItem).where(AgendaItem.id.in_(asked), AgendaItem.meeting_id.in_(meetings))
    return {item.id: item for item in session.scalars(query)}


def _living(by: Asker) -> Select[Note]:
    return readable_notes(by).where(Note.deleted_at.is_(None))
