"""Changes of notes: made once however often they are sent, and no written word is lost."""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import clock, policy
from meetings.documents.services import order_moving
from meetings.models import (
    AgendaItem,
    Document,
    DocumentVersion,
    Note,
    NoteKind,
    NoteOperation,
)
from meetings.policy import Asker, Permission
from meetings.reader.notes.operations import Operation, Place


def apply(session: Session, operations: Iterable[Operation], *, by: Asker) -> None:
    """Make the changes that a person's tablet sent, in their order."""
    behind = set()
    for operation in operations:
        if session.get(NoteOperation, (by.id, operation.id)) is None:
            _make(session, operation, by)
            session.add(NoteOperation(user_id=by.id, id=operation.id))
            session.flush()
            behind.add(operation.place.version)
    for document in _documents_left_behind(session, behind):
        order_moving(session, document)


def _documents_left_behind(session: Session, versions: Iterable[UUID | None]) -> Sequence[UUID]:
    """Return the documents whose earlier versions were written on."""
    query = select(DocumentVersion.document_id).where(
        DocumentVersion.id.in_([one for one in versions if one]),
        DocumentVersion.superseded_at.is_not(None),
    )
    return session.scalars(query.distinct()).all()


def write(session: Session, item: AgendaItem, text: str, *, by: Asker) -> Note:
    """Write a note at an agenda item."""
    note = Note(user_id=by.id, mark=uuid4(), kind=NoteKind.TEXT, item_id=item.id, text=text)
    session.add(note)
    session.flush()
    return note


def rewrite(note: Note, text: str) -> None:
    """Change the words of a note."""
    note.text, note.deleted_at = text, None
    note.revision += 1


def delete(note: Note) -> None:
    """Empty a note; its row stays, so that other tablets learn of it."""
    note.shape, note.quote, note.text = {}, "", ""
    note.deleted_at = clock.now()
    note.revision += 1


def _make(session: Session, operation: Operation, by: Asker) -> None:
    query = select(Note).where(Note.user_id == by.id, Note.mark == operation.mark)
    note = session.scalar(query)
    if note is None:
        if not operation.deleted:
            session.add(_new(session, operation, operation.mark, by))
    elif _collides(note, operation):
        _keep_both(session, note, operation, by)
    elif operation.deleted:
        delete(note)
    else:
        _draw(session, note, operation)
        rewrite(note, operation.text)


def _draw(session: Session, note: Note, operation: Operation) -> None:
    """Take a new shape; not one that was drawn on an earlier version than the note's own."""
    place = operation.place
    if place.version in (None, note.version_id) or note.version_id is None:
        note.shape = operation.shape
        return
    version = session.get(DocumentVersion, place.version)
    own = session.get_one(DocumentVersion, note.version_id)
    newer = version and version.document_id == own.document_id and version.number > own.number
    if newer and place.page:
        note.version_id, note.page, note.shape = place.version, place.page, operation.shape


def _collides(note: Note, operation: Operation) -> bool:
    """Tell whether two tablets wrote different words over the same ones."""
    return operation.base != note.revision and operation.text != note.text


def _keep_both(session: Session, note: Note, operation: Operation, by: Asker) -> None:
    """Keep what another tablet wrote, and what this one wrote beside it."""
    if operation.deleted or not operation.text:
        return
    if note.deleted_at:
        note.shape = operation.shape
        rewrite(note, operation.text)
        return
    session.add(_new(session, operation, uuid5(operation.mark, str(operation.id)), by))


def _new(session: Session, operation: Operation, mark: UUID, by: Asker) -> Note:
    place = _known(session, operation.place, by)
    may_quote = place.document and policy.permitted(
        session, by, Permission.DOCUMENT_BOOKMARK, place.document
    )
    return Note(
        user_id=by.id,
        mark=mark,
        kind=operation.kind,
        document_id=place.document,
        version_id=place.version,
        item_id=place.item,
        page=place.page,
        shape=operation.shape,
        quote=operation.quote if may_quote else "",
        text=operation.text,
    )


def _known(session: Session, place: Place, by: Asker) -> Place:
    """Return a place without what there is not; a recalled paper stays the note's place."""
    document = session.get(Document, place.document) if place.document else None
    version = session.get(DocumentVersion, place.version) if place.version else None
    if version and (document is None or version.document_id != document.id):
        version = None
    item = place.item and policy.permitted(session, by, Permission.AGENDA_ITEM_NOTE, place.item)
    return Place(
        document=document.id if document else None,
        version=version.id if version else None,
        item=place.item if item else None,
        page=place.page if document else None,
    )
