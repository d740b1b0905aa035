"""Into the bin and out of it again; destroyed only by two persons, and then for good."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.documents.queries import pages_of
from meetings.documents.services import drop_pages, files_of, find_anew, renew_agendas
from meetings.models import (
    AgendaPaper,
    Destruction,
    Document,
    DocumentVersion,
    KeptPack,
    Note,
    PaperComment,
    ReadingPosition,
    SentNote,
)
from meetings.policy import Asker


class StillReleased(Exception):
    """A document lies before participants; it is recalled first."""


class SamePerson(Exception):
    """Whoever asked for a destruction cannot confirm it too."""


@dataclass(frozen=True)
class DecisionTaken:
    """The decision under which a document is destroyed: its number, its day, and why."""

    symbol: str
    day: date
    reason: str


def put_in_bin(session: Session, document: Document) -> None:
    """Put a document into the bin, where nobody reads it; raise StillReleased."""
    released = exists().where(
        AgendaPaper.document_id == document.id,
        AgendaPaper.released_at.is_not(None),
        AgendaPaper.recalled_at.is_(None),
    )
    if session.scalar(select(released)):
        raise StillReleased
    document.discarded_at = clock.now()
    renew_agendas(session, document)


def take_from_bin(session: Session, document: Document) -> None:
    """Bring a document back as it was; a destruction asked for is off."""
    document.discarded_at = None
    session.execute(delete(Destruction).where(Destruction.document_id == document.id))
    renew_agendas(session, document)


def ask(session: Session, document: Document, taken: DecisionTaken, *, by: Asker) -> Destruction:
    """Ask a second person to destroy a document of the bin."""
    destruction = Destruction(
        document_id=document.id,
        decision=taken.symbol,
        decided_on=taken.day,
        reason=taken.reason,
        asked_by=by.id,
    )
    session.add(destruction)
    session.flush()
    return destruction


def confirm(session: Session, destruction: Destruction, *, by: Asker) -> None:
    """Destroy a document: its keys and rows go now, files and index entries right after.

    What stays is its entry in the list of destroyed documents: number, title, decision, persons.
    Raises SamePerson.
    """
    if destruction.asked_by == by.id:
        raise SamePerson
    document = session.get_one(Document, destruction.document_id)
    destruction.confirmed_by, destruction.confirmed_at = by.id, clock.now()
    document.destroyed_at = document.discarded_at = clock.now()
    document.archived_at = None
    _drop_what_readers_keep(session, document)
    blobs = _drop_versions(session, document)
    find_anew(session, document)
    order = {"destruction": str(destruction.id), "blobs": blobs}
    jobs.enqueue(session, "documents.destroy", order, key=f"destroy:{document.id}")


def _drop_what_readers_keep(session: Session, document: Document) -> None:
    """Take the words of the paper out of what was noted on it; what a person wrote stays theirs."""
    session.execute(delete(ReadingPosition).where(ReadingPosition.document_id == document.id))
    versions = select(DocumentVersion.id).where(DocumentVersion.document_id == document.id)
    session.execute(delete(KeptPack).where(KeptPack.version_id.in_(versions)))
    nothing: dict[str, object] = {"quote": "", "shape": {}, "page": None}
    of_paper = update(Note).where(Note.document_id == document.id)
    session.execute(of_paper.values(**nothing, version_id=None, revision=Note.revision + 1))
    session.execute(update(SentNote).where(SentNote.document_id == document.id).values(**nothing))
    papers = select(AgendaPaper.id).where(AgendaPaper.document_id == document.id)
    commented = update(PaperComment).where(PaperComment.paper_id.in_(papers))
    session.execute(commented.values(quote="", paragraph=None, version_id=None))


def _drop_versions(session: Session, document: Document) -> list[str]:
    """Remove the rows that hold the keys and return the files they named.

    secure_delete writes zeros where the rows stood.
    """
    versions = session.scalars(
        select(DocumentVersion).where(DocumentVersion.document_id == document.id)
    ).all()
    blobs = [version.blob for version in versions]
    for version in versions:
        blobs += files_of(pages_of(session, version))
        blobs += filter(None, (version.viewing, version.contents))
        drop_pages(session, version)
        session.delete(version)
    session.flush()
    return blobs


def finish(session: Session, destruction: UUID) -> None:
    """Write down that nothing is left."""
    session.get_one(Destruction, destruction).done_at = clock.now()
