"""Keeping the index in step with the database: what is found is what is there now."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import jobs
from meetings.documents.destruction.services import finish
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.installation import Installation
from meetings.models import Destruction, Document, DocumentVersion, VersionState
from search_index import DocumentEntry, IndexDamaged, PageEntry, SearchIndex


@jobs.handles("archive.index")
def renew(run: jobs.Run) -> None:
    """Put a document into the index as it is now, or take it out if it is gone."""
    identity = UUID(run.payload["document"])
    with run.installation.database.reading() as session:
        document = session.get(Document, identity)
        entry = _entry(session, run.installation, document) if document else None
    index = _usable(run.installation)
    if entry:
        index.put(entry)
    else:
        index.remove(str(identity))


@jobs.handles("archive.erase")
def erase(run: jobs.Run) -> None:
    """Rewrite the index without a destroyed document, and write down that nothing is left."""
    identity = UUID(run.payload["destruction"])
    with run.installation.database.reading() as session:
        document = session.get_one(Destruction, identity).document_id
    index = _usable(run.installation)
    index.remove(str(document))
    index.optimise()
    index.forget_damaged()
    run.installation.database.write(lambda session: finish(session, identity))


def _entry(
    session: Session, installation: Installation, document: Document
) -> DocumentEntry | None:
    version = current_version(session, document)
    if version is None or version.state is VersionState.RECEIVED:
        return None
    pages = tuple(
        PageEntry(page.number, page_text(installation, page)) for page in pages_of(session, version)
    )
    day = document.issued_on
    return DocumentEntry(
        document=str(document.id),
        version=str(version.id),
        symbol=document.symbol,
        title=document.title,
        issued_on=int(f"{day:%Y%m%d}") if day else 0,
        pages=pages,
    )


def _usable(installation: Installation) -> SearchIndex:
    """Return the index; a damaged one is set aside, an empty one fills again by and by."""
    try:
        return installation.index
    except IndexDamaged:
        installation.start_index_over()
        reconcile(installation)
        return installation.index


def reconcile(installation: Installation) -> int:
    """Queue the renewal of every document whose entry is missing or old; return how many."""
    known = _usable(installation).versions()

    def change(session: Session) -> int:
        current = {
            str(version.document_id): str(version.id)
            for version in session.scalars(
                select(DocumentVersion).where(
                    DocumentVersion.superseded_at.is_(None),
                    DocumentVersion.state != VersionState.RECEIVED,
                )
            )
        }
        different = {d for d in current.keys() | known.keys() if current.get(d) != known.get(d)}
        for identity in different:
            key = f"index:{identity}"
            jobs.enqueue(session, "archive.index", {"document": identity}, key=key)
        return len(different)

    return installation.database.write(change)
