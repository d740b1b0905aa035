"""Move the notes of earlier versions to the version that is read now."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import events, jobs, vault
from meetings.documents.queries import current_version, page_words, pages_of
from meetings.installation import Installation
from meetings.models import Document, DocumentVersion, Note, NotePlacement, VersionState
from meetings.reader.moving.placing import place
from meetings.reader.moving.words import Box, Moves, Text
from storage import Missing


@jobs.handles("notes.move")
def move(run: jobs.Run) -> None:
    """Place each note that was written on an earlier version and is not placed yet."""
    installation, named = run.installation, UUID(run.payload["document"])
    with installation.database.reading() as session:
        document = session.get(Document, named)
        version = current_version(session, document) if document else None
        if version is None or version.state is not VersionState.READY:
            return
        rows = _placements(session, installation, version)

    def keep(session: Session) -> None:
        for row in rows:
            session.merge(row)
        events.publish(session, events.document_topic(named), "notes")

    if rows:
        installation.database.write(keep)


def _placements(
    session: Session, installation: Installation, version: DocumentVersion
) -> list[NotePlacement]:
    waiting = _waiting(session, version)
    if not waiting:
        return []
    new = _text(session, installation, version)
    rows: list[NotePlacement] = []
    for old_id in dict.fromkeys(note.version_id for note in waiting):
        mine = [note for note in waiting if note.version_id == old_id]
        old = session.get_one(DocumentVersion, old_id)
        rows += _placed(mine, Moves(_text(session, installation, old), new), version)
    return rows


def _waiting(session: Session, version: DocumentVersion) -> list[Note]:
    query = (
        select(Note, NotePlacement.revision)
        .outerjoin(
            NotePlacement,
            (NotePlacement.note_id == Note.id) & (NotePlacement.version_id == version.id),
        )
        .where(
            Note.document_id == version.document_id,
            Note.version_id.is_not(None),
            Note.version_id != version.id,
            Note.deleted_at.is_(None),
        )
        .order_by(Note.id)
    )
    rows: Any = session.execute(query)
    return [note for note, revision in rows if revision != note.revision]


def _placed(
    notes: Iterable[Note], moves: Moves, version: DocumentVersion
) -> Iterable[NotePlacement]:
    for note in notes:
        found = place(moves, note.kind, note.page or 0, note.shape, note.quote)
        yield NotePlacement(
            note_id=note.id,
            version_id=version.id,
            revision=note.revision,
            page=found.page if found else None,
            shape=found.shape if found else {},
        )


def _text(session: Session, installation: Installation, version: DocumentVersion) -> Text:
    """Return the words of a version; none where its pages are gone."""
    pages: list[list[Box]] = [[] for _ in range(version.page_count)]
    for page in pages_of(session, version):
        try:
            pages[page.number - 1] = [Box(**word) for word in page_words(installation, page)]
        except (Missing, vault.Recalled):
            return Text([])
    return Text(pages)
