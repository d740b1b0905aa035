"""Change many documents of a tray in one step, and take the step back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.agenda.tray.services import assign
from meetings.documents import services as documents
from meetings.installation import Installation
from meetings.models import (
    AccessLevel,
    AgendaItem,
    Document,
    DocumentType,
    Meeting,
    TrayEdit,
    TrayFile,
)
from meetings.policy import Asker, preparable_documents

FIELDS = ("title", "doc_type", "symbol", "issued_on", "issuer", "signer", "access_level")
READ: Mapping[str, Callable[[str], Any]] = {
    "doc_type": DocumentType,
    "access_level": lambda said: AccessLevel(int(said)),
    "issued_on": lambda said: date.fromisoformat(said) if said else None,
}
Pairs = Sequence[tuple[TrayFile, Document]]


def changeable(
    session: Session, meeting: Meeting, files: Sequence[UUID], *, by: Asker
) -> list[tuple[TrayFile, Document]]:
    """Return those of some files of a tray whose documents a person may change."""
    query = (
        preparable_documents(by)
        .join(TrayFile, TrayFile.document_id == Document.id)
        .where(TrayFile.meeting_id == meeting.id)
        .with_only_columns(TrayFile, Document)
        .order_by(TrayFile.id)
    )
    wanted = set(files)
    return [(file, document) for file, document in session.execute(query) if file.id in wanted]


def change(
    session: Session,
    installation: Installation,
    meeting: Meeting,
    pairs: Pairs,
    wishes: Mapping[str, Any],
    item: AgendaItem | None,
    *,
    by: Asker,
) -> int:
    """Give many documents the same values; return how many lower levels wait for a second person.

    What they were before is kept for an undoing.
    """
    before, waits = [], 0
    for file, document in pairs:
        before.append(_noted(file, document, wishes, placed=item is not None))
        known = {name: getattr(document, name) for name in FIELDS} | dict(wishes)
        if wishes:
            waits += documents.record(session, installation, document, by=by, **known)
        if item:
            assign(session, file, item, by=by)
    session.add(TrayEdit(meeting_id=meeting.id, user_id=by.id, before=before))
    session.flush()
    return waits


def undo(
    session: Session, installation: Installation, meeting: Meeting, *, by: Asker
) -> list[Document]:
    """Take a person's last step back, in those documents that still say what it said."""
    edit = last_step(session, meeting, by=by)
    if edit is None:
        return []
    noted = {UUID(each["file"]): each for each in edit.before}
    undone = []
    for file, document in changeable(session, meeting, list(noted), by=by):
        each = noted[file.id]
        old = {
            name: _read(name, was)
            for name, (was, became) in each["values"].items()
            if _written(getattr(document, name)) == became
        }
        known = {name: getattr(document, name) for name in FIELDS} | old
        documents.record(session, installation, document, by=by, **known)
        if each["placed"]:
            _place_back(session, file, each, by=by)
        undone.append(document)
    session.delete(edit)
    session.flush()
    return undone


def last_step(session: Session, meeting: Meeting, *, by: Asker) -> TrayEdit | None:
    """Return a person's last step in a tray that can be taken back."""
    query = select(TrayEdit).where(TrayEdit.meeting_id == meeting.id, TrayEdit.user_id == by.id)
    return session.scalars(query.order_by(TrayEdit.id.desc()).limit(1)).first()


def _noted(
    file: TrayFile, document: Document, wishes: Mapping[str, Any], *, placed: bool
) -> dict[str, Any]:
    values = {
        name: [_written(getattr(document, name)), _written(value)] for name, value in wishes.items()
    }
    item = str(file.item_id) if file.item_id else ""
    facts = {"item": item, "by_hand": file.by_hand, "certainty": file.certainty.value}
    return {"file": str(file.id), "values": values, "placed": placed, **facts}


def _place_back(session: Session, file: TrayFile, noted: Mapping[str, Any], *, by: Asker) -> None:
    item = session.get(AgendaItem, UUID(noted["item"])) if noted["item"] else None
    assign(session, file, item, by=by)
    file.by_hand, file.certainty = noted["by_hand"], type(file.certainty)(noted["certainty"])


def _written(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, AccessLevel) else str(value or "")


def _read(name: str, said: str) -> Any:
    return READ[name](said) if name in READ else said
