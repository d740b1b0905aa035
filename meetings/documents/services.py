"""Receiving files as documents, describing them, moving them in and out of the archive."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from meetings import audit, clock, events, jobs, vault
from meetings.documents.quarantine.services import Received
from meetings.documents.queries import pages_of
from meetings.installation import Installation
from meetings.intake import Verdict
from meetings.models import (
    AccessLevel,
    AgendaItem,
    AgendaPaper,
    Body,
    Document,
    DocumentType,
    DocumentVersion,
    Meeting,
    Page,
    VersionState,
    WideningKind,
    new_id,
)
from meetings.policy import Asker, readable_documents
from meetings.widenings import services as widenings

TITLE_LENGTH = 1000
DECLARED_CLEAR = "secrecy:declared_clear"


def duplicates_of(session: Session, sha256: str, *, by: Asker) -> Sequence[Document]:
    """Return the documents that hold the same bytes now and that a person may read."""
    same = select(DocumentVersion.document_id).where(
        DocumentVersion.plain_sha256 == sha256, DocumentVersion.superseded_at.is_(None)
    )
    return session.scalars(readable_documents(by).where(Document.id.in_(same))).all()


def receive(
    session: Session,
    installation: Installation,
    received: Received,
    verdict: Verdict,
    *,
    body: Body,
    access_level: AccessLevel,
    by: Asker | None,
    topic: str = "",
    title: str | None = None,
) -> Document:
    """Keep an accepted file as a document: encrypted bytes first, then the rows, then the job."""
    document = Document(
        id=new_id(),
        body_id=body.id,
        access_level=access_level,
        title=title or _title(received, verdict),
        created_by=by.id if by else None,
    )
    session.add(document)
    version = _keep(session, installation, received, verdict, document)
    session.add(version)
    session.flush()
    if verdict.declared and by:
        _note_declaration(session, document, by)
    order_preparation(session, version, topic)
    return document


def _note_declaration(session: Session, document: Document, by: Asker) -> None:
    """Write down who declared that a document holds no state secret."""
    deed = audit.Deed(
        action=DECLARED_CLEAR,
        actor_id=by.id,
        subject_type="Document",
        subject_id=str(document.id),
    )
    audit.record(session, deed)


def _title(received: Received, verdict: Verdict) -> str:
    """Return the first title a page can show; the file itself may have chosen it."""
    for text in (verdict.title, Path(received.name).stem):
        shown = "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable())
        if shown.strip():
            return shown.strip()[:TITLE_LENGTH]
    return received.sha256[:12]


def _keep(
    session: Session,
    installation: Installation,
    received: Received,
    verdict: Verdict,
    document: Document,
) -> DocumentVersion:
    keys, identity = installation.keys, new_id()
    place = vault.open_compartment(session, keys, document.body_id, document.access_level)
    locked = vault.new_keys(keys, place, identity)
    with received.open() as file:
        stored = installation.store.put(file, key=locked.storage)
    return DocumentVersion(
        id=identity,
        document_id=document.id,
        compartment_id=place.id,
        file_name=received.name,
        media_type=verdict.media_type or "application/octet-stream",
        size=stored.plain_size,
        plain_sha256=stored.plain_sha256,
        blob=stored.digest,
        storage_key=locked.wrapped_storage,
        reading_key=locked.wrapped_reading,
        page_count=verdict.pages,
        signatures=[] if verdict.unsigned else None,
    )


def describe(
    session: Session,
    installation: Installation,
    document: Document,
    *,
    title: str,
    doc_type: DocumentType,
    symbol: str,
    issued_on: date | None,
    issuer: str,
    signer: str,
    access_level: AccessLevel,
) -> None:
    """Record what is known about a document; a new level moves its keys to that compartment."""
    document.title, document.doc_type, document.symbol = title, doc_type, symbol
    document.issued_on, document.issuer, document.signer = issued_on, issuer, signer
    change_level(session, installation, document, access_level)


def record(
    session: Session,
    installation: Installation,
    document: Document,
    *,
    by: Asker,
    access_level: AccessLevel,
    **known: Any,
) -> bool:
    """Describe a document; tell whether its lower level waits for a second person."""
    waits = access_level < document.access_level is AccessLevel.RESTRICTED
    if waits:
        what, body = {"access_level": int(access_level)}, document.body_id
        widenings.ask(session, document, WideningKind.LEVEL, what, body=body, by=by)
        access_level = document.access_level
    describe(session, installation, document, access_level=access_level, **known)
    return waits


def change_level(
    session: Session, installation: Installation, document: Document, level: AccessLevel
) -> None:
    """Give a document an access level, move its keys there and tell the agendas that show it."""
    if document.access_level is not level:
        document.access_level = level
        place = vault.open_compartment(session, installation.keys, document.body_id, level)
        for version in _versions(session, document):
            vault.move(installation.keys, version, place)
    renew_agendas(session, document)
    find_anew(session, document)


def renew_agendas(session: Session, document: Document) -> None:
    """Count up the meetings that show a document, so that no kept page shows its old title."""
    laid = select(AgendaItem.meeting_id).join(AgendaPaper, AgendaPaper.item_id == AgendaItem.id)
    shown = laid.where(AgendaPaper.document_id == document.id)
    session.execute(
        update(Meeting).where(Meeting.id.in_(shown)).values(revision=Meeting.revision + 1)
    )
    for meeting in session.scalars(shown.distinct()).all():
        events.publish(session, events.meeting_topic(meeting), "agenda")


def withdraw(session: Session, document: Document, *, topic: str = "") -> None:
    """Take the reading key from everybody, and all that was made under it; keep the original.

    The office reads on: its pages are made anew under a key that nobody was given.
    """
    for version in _versions(session, document):
        if version.reading_key is not None:
            version.reading_key, version.state = None, VersionState.RECEIVED
            drop_pages(session, version)
            order_preparation(session, version, topic)


def _versions(session: Session, document: Document) -> Sequence[DocumentVersion]:
    query = select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    return session.scalars(query.order_by(DocumentVersion.number.desc())).all()


def drop_pages(session: Session, version: DocumentVersion) -> None:
    """Remove the pages and the viewing copy of a version, their files once this is certain."""
    pages = pages_of(session, version)
    discard(session, [*files_of(pages), *filter(None, (version.viewing, version.contents))])
    version.viewing = version.contents = None
    for page in pages:
        session.delete(page)
    session.flush()


def files_of(pages: Iterable[Page]) -> list[str]:
    """Return the names of the files of some pages."""
    return [digest for page in pages for digest in page.blobs]


def discard(session: Session, blobs: Sequence[str]) -> None:
    """Queue the removal of files that no row names any more."""
    if blobs:
        jobs.enqueue(session, "documents.discard", {"blobs": blobs}, key=f"discard:{blobs[0]}")


def order_preparation(session: Session, version: DocumentVersion, topic: str = "") -> None:
    """Queue the making of a version's pages, its first ones before the rest of any other."""
    order = {"version": str(version.id)}
    key = f"prepare:{version.id if version.superseded_at else version.document_id}"
    job = jobs.enqueue(session, "documents.prepare", order, key=key, topic=topic)
    if job.payload != order:  # the version before goes on under its own name
        job.dedupe_key = f"prepare:{job.payload['version']}"
        session.flush()
        job = jobs.enqueue(session, "documents.prepare", order, key=key, topic=topic)
    job.kind = "documents.prepare"  # one that was at the rest of pages begins with the first again


def order_moving(session: Session, document: UUID) -> None:
    """Queue the moving of notes from earlier versions of a document to the one read now."""
    order = {"document": str(document)}
    jobs.enqueue(session, "notes.move", order, key=f"notes:{document}")


def archive(session: Session, document: Document) -> None:
    """Put a document into the archive of its body."""
    document.archived_at = document.archived_at or clock.now()
    find_anew(session, document)


def unarchive(session: Session, document: Document) -> None:
    """Take a document out of the archive."""
    document.archived_at = None
    find_anew(session, document)


def find_anew(session: Session, document: Document) -> None:
    """Queue the renewal of what the index knows about a document."""
    key = f"index:{document.id}"
    jobs.enqueue(session, "archive.index", {"document": str(document.id)}, key=key)
