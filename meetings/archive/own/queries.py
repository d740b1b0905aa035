"""The searches that a person kept, and the papers that they opened lately or often."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings.models import AuditEntry, Decision, Document, SavedSearch
from meetings.policy import Asker, Permission, readable_documents, readable_searches

OPENINGS = 400
"""Openings of a person that are looked at, the latest."""
SHOWN = 5


def searches_of(session: Session, *, by: Asker) -> Sequence[SavedSearch]:
    """Return the searches that a person kept, the latest first."""
    return session.scalars(readable_searches(by).order_by(SavedSearch.id.desc())).all()


def opened_by(session: Session, *, by: Asker) -> tuple[Sequence[Document], Sequence[Document]]:
    """Return what a person opened lately and what they opened often, as far as they still may."""
    lately = (
        select(AuditEntry.subject_id, AuditEntry.seq)
        .where(
            AuditEntry.actor_id == by.id,
            AuditEntry.action == Permission.DOCUMENT_READ.value,
            AuditEntry.decision == Decision.ALLOWED,
        )
        .order_by(AuditEntry.seq.desc())
        .limit(OPENINGS)
        .subquery()
    )
    counted = session.execute(
        select(lately.c.subject_id, func.max(lately.c.seq), func.count())
        .group_by(lately.c.subject_id)
        .order_by(func.max(lately.c.seq).desc())
    ).all()
    ids = [UUID(subject) for subject, _last, _times in counted]
    wanted = readable_documents(by).where(Document.id.in_(ids))
    readable = {str(document.id): document for document in session.scalars(wanted)}
    order = [subject for subject, _last, _times in counted if subject in readable]
    times = {subject: number for subject, _last, number in counted if number > 1}
    often = sorted((s for s in order if s in times), key=lambda s: -times[s])
    recent = [readable[subject] for subject in order[:SHOWN]]
    return recent, [readable[s] for s in often if readable[s] not in recent][:SHOWN]
