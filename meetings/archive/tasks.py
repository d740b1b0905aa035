"""Keeping the index in step with the database: what is found is what is there now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings import jobs
from meetings.documents.destruction.services import finish
from meetings.documents.queries import current_version, page_text, pages_of
from meetings.installation import Installation
from meetings.models import UNDERWAY, Destruction, Document, DocumentVersion, Job
from search_index import (
    DocumentEntry,
    IndexDamaged,
    PageEntry,
    Rebuild,
    SearchIndex,
    unfinished,
)
from storage import StorageError

AT_ONCE = 50
"""Documents that a rebuild puts into one commit: what is done again after it was broken off."""


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
    beside = unfinished(run.installation.settings.index_folder)
    for one in filter(None, (index, beside)):
        one.remove(str(document))
        one.optimise()
    index.forget_damaged()
    run.installation.database.write(lambda session: finish(session, identity))


def _entry(
    session: Session, installation: Installation, document: Document
) -> DocumentEntry | None:
    version = current_version(session, document)
    if version is None or version.state in UNDERWAY:
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
        different = _different(session, known)
        _queue(session, different)
        return len(different)

    return installation.database.write(change)


def rebuild(installation: Installation) -> Iterator[tuple[int, int]]:
    """Make a new index beside the one in use and put it in its place; yield how far it came.

    One that was broken off goes on where it stopped. What changed meanwhile is renewed afterwards.
    """
    making = Rebuild(installation.settings.index_folder)
    with making.alone():
        index = making.index()
        began = datetime.fromtimestamp(making.started, UTC)
        yield from _filled(installation, index)
        index.optimise()
        making.switch()
    installation.database.write(lambda session: _queue(session, _renewed_since(session, began)))
    reconcile(installation)


def _filled(installation: Installation, index: SearchIndex) -> Iterator[tuple[int, int]]:
    """Put what is missing until nothing is; a document whose files are damaged stays out."""
    unread: set[str] = set()
    while different := sorted(_missing(installation, index) - unread):
        for at in range(0, len(different), AT_ONCE):
            unread |= _renew_all(installation, index, different[at : at + AT_ONCE])
            yield min(at + AT_ONCE, len(different)), len(different)


def _missing(installation: Installation, index: SearchIndex) -> set[str]:
    with installation.database.reading() as session:
        return _different(session, index.versions())


def _renew_all(
    installation: Installation, index: SearchIndex, documents: Sequence[str]
) -> set[str]:
    """Put documents as they are now; return those whose files cannot be read."""
    made: dict[str, DocumentEntry | None] = {}
    with installation.database.reading() as session:
        for one in documents:
            row = session.get(Document, UUID(one))
            with suppress(StorageError):
                made[one] = _entry(session, installation, row) if row else None
    index.remove(*(one for one, entry in made.items() if entry is None))
    index.put(*filter(None, made.values()))
    return set(documents) - made.keys()


def _different(session: Session, known: Mapping[str, str]) -> set[str]:
    """Return the documents of which the index has another version than the database, or none."""
    current = {
        str(document): str(version)
        for document, version in session.execute(
            select(DocumentVersion.document_id, DocumentVersion.id).where(
                DocumentVersion.superseded_at.is_(None),
                DocumentVersion.state.not_in(UNDERWAY),
            )
        )
    }
    return {one for one in current.keys() | known.keys() if current.get(one) != known.get(one)}


def _renewed_since(session: Session, moment: datetime) -> set[str]:
    """Return the documents that were renewed in the index in use since a moment."""
    query = select(Job).where(Job.kind == "archive.index", Job.finished_at >= moment)
    return {job.payload["document"] for job in session.scalars(query)}


def _queue(session: Session, documents: Iterable[str]) -> None:
    for one in documents:
        jobs.enqueue(session, "archive.index", {"document": one}, key=f"index:{one}")
