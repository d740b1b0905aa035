"""A changed file becomes the next version of its document; the one before it can come back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.documents import services
from meetings.documents.queries import current_version
from meetings.models import Document, DocumentVersion, KeptPack, Note


class NothingToUndo(Exception):
    """The version that is read now was not made by changing pages."""


def order_edit(
    session: Session,
    document: Document,
    edits: Sequence[dict[str, Any]],
    *,
    join: Document | None = None,
    split: bool = False,
    topic: str = "",
) -> None:
    """Queue a change of pages; split makes a document of its own of them."""
    version = current_version(session, document)
    if version is None:
        return
    order = {
        "version": str(version.id),
        "edits": list(edits),
        "join": str(join.id) if join else "",
        "split": split,
    }
    jobs.enqueue(session, "documents.edit", order, key=f"edit:{document.id}:{split}", topic=topic)


def follow(session: Session, before: DocumentVersion, version: DocumentVersion) -> None:
    """Let a version take the place of the one before it."""
    numbers = select(func.max(DocumentVersion.number))
    last = session.scalar(numbers.where(DocumentVersion.document_id == before.document_id)) or 0
    before.superseded_at = clock.now()
    version.number = last + 1
    session.add(version)
    session.flush()
    services.order_preparation(session, version)
    services.renew_agendas(session, before.document)


def undo(session: Session, document: Document) -> None:
    """Bring back the version before a change of pages; raise NothingToUndo.

    A version with notes, or on a tablet, stays as an earlier one; any other is removed.
    """
    version = current_version(session, document)
    if version is None or version.edits is None:
        raise NothingToUndo
    before = _before(session, version)
    if before is None:
        raise NothingToUndo
    if _is_kept(session, version):
        version.superseded_at = clock.now()
        session.flush()
    else:
        services.drop_pages(session, version)
        services.discard(session, [version.blob])
        session.delete(version)
        session.flush()
    before.superseded_at = None
    services.find_anew(session, document)
    services.renew_agendas(session, document)
    services.order_moving(session, document.id)


def _before(session: Session, version: DocumentVersion) -> DocumentVersion | None:
    """Return the version that this one took the place of; those undone since gave way sooner."""
    query = select(DocumentVersion).where(
        DocumentVersion.document_id == version.document_id,
        DocumentVersion.number < version.number,
    )
    latest = DocumentVersion.superseded_at.desc(), DocumentVersion.number.desc()
    return session.scalars(query.order_by(*latest)).first()


def _is_kept(session: Session, version: DocumentVersion) -> bool:
    """Tell whether a note was written on a version or a tablet was told to keep it."""
    rows = (Note, KeptPack)
    return any(
        session.scalar(select(row.id).where(row.version_id == version.id).limit(1)) for row in rows
    )


def waits(session: Session, document: UUID) -> bool:
    """Tell whether a change of pages is still being made."""
    found = (jobs.latest(session, f"edit:{document}:{split}") for split in (False, True))
    return any(job is not None and job.state in jobs.OPEN for job in found)
