"""The versions of a document that a person may know of."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings import policy
from meetings.models import AgendaPaper, Document, DocumentVersion
from meetings.policy import Asker, Permission


def versions_of(session: Session, document: Document, *, by: Asker) -> Sequence[DocumentVersion]:
    """Return the versions of a document, the newest first.

    The office knows all of them; others those that lay before them, and the one that is read now.
    """
    query = (
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
    )
    versions = session.scalars(query).all()
    if policy.allows(session, by, Permission.DOCUMENT_PREPARE, document):
        return versions
    papers = policy.readable_papers(by).where(AgendaPaper.document_id == document.id)
    out_since = session.scalar(papers.with_only_columns(func.min(AgendaPaper.released_at)))
    return [
        version
        for version in versions
        if version.superseded_at is None or (out_since and version.superseded_at > out_since)
    ]
