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
    kept = readable_searches(by).where(SavedSearch.dropped_at.is_(None))
    return session.scalars(kept.order_by(SavedSearch.id.desc())).all()


def dropped_by(session: Session, *, by: Asker) -> Sequence[SavedSearch]:
    """Return the searches that a person dropped, the last first."""
    dropped = readable_searches(by).where(SavedSearch.dropped_at.is_not(None))
    return session.scalars(dropped.order_by(SavedSearch.dropped_at.desc())).all()


def new_among(search: SavedSearch, total: int, newest: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return how many hits came since a person looked, and those that are known by name.

    Where there were too many to know each, it is told by their number.
    """
    if search.known is None:
        count = max(0, total - search.seen)
        return count, newest[:count]
    known = set(marks_in(search.known))
    new = [name for name in newest if mark(name) not in known]
    return len(new), new


def mark(name: str) -> int:
    """Return four bytes of a document's id that chance alone made."""
    return int(name[-8:], 16)


def marks_in(known: bytes) -> Sequence[int]:
    """Return the marks that were written down."""
    return [int.from_bytes(known[at : at + 4]) for at in range(0, len(known), 4)]


def documents_named(session: Session, names: Sequence[str], *, by: Asker) -> Sequence[Document]:
    """Return documents that a person may read, in the order of their names."""
    order = {UUID(name): place for place, name in enumerate(names)}
    found = session.scalars(readable_documents(by).where(Document.id.in_(list(order)))).all()
    return sorted(found, key=lambda document: order[document.id])


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
