"""Everything recorded about a document that a person may know."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.documents.issuing.queries import Circulation, became, circulation_of, drafts_of
from meetings.documents.relations.queries import (
    BINDING,
    Link,
    Standing,
    links_from,
    links_to,
    standing_of,
)
from meetings.models import (
    AgendaItem,
    AgendaPaper,
    Body,
    Document,
    DocumentVersion,
    Meeting,
    Person,
    Reach,
)
from meetings.policy import Asker, readable_bodies, readable_papers, readable_people


@dataclass(frozen=True)
class Record:
    """A document with its history, as far as the person asking may know it."""

    document: Document
    standing: Standing | None
    versions: Sequence[DocumentVersion]
    does: Sequence[Link]
    suffers: Sequence[Link]
    circulation: Circulation | None
    recipients: Sequence[str]
    drafts: Sequence[Document]
    became: Document | None
    discussed: Sequence[tuple[Meeting, AgendaItem]]


def record_of(session: Session, document: Document, *, by: Asker) -> Record:
    """Return the record of a document."""
    circulation = circulation_of(session, document)
    drafts = drafts_of(session, document, by=by)
    return Record(
        document=document,
        standing=standing_of(session, document, by=by) if document.doc_type in BINDING else None,
        versions=_versions(session, document),
        does=links_from(session, document, by=by),
        suffers=links_to(session, document, by=by),
        circulation=circulation,
        recipients=_named(session, circulation, by) if circulation else (),
        drafts=drafts,
        became=became(session, [document.id], by=by).get(document.id),
        discussed=_discussed(session, [document, *drafts], by),
    )


def _versions(session: Session, document: Document) -> Sequence[DocumentVersion]:
    return session.scalars(
        select(DocumentVersion)
        .where(DocumentVersion.document_id == document.id)
        .order_by(DocumentVersion.number.desc())
    ).all()


def _named(session: Session, circulation: Circulation, by: Asker) -> Sequence[str]:
    """Return the names in a circulation, as the organisation arranges them."""
    if circulation.reach is Reach.PEOPLE:
        people = readable_people(by).where(Person.id.in_(circulation.people))
        order = Person.protocol_rank, Person.full_name
        return [person.display_name for person in session.scalars(people.order_by(*order))]
    bodies = readable_bodies(by).where(Body.id.in_(circulation.bodies))
    return [body.name for body in session.scalars(bodies.order_by(Body.position))]


def _discussed(
    session: Session, documents: Sequence[Document], by: Asker
) -> Sequence[tuple[Meeting, AgendaItem]]:
    """Return the items before which a document or one of its drafts lay, the latest first."""
    wanted = readable_papers(by).where(
        AgendaPaper.document_id.in_([document.id for document in documents])
    )
    items = {paper.item for paper in session.scalars(wanted)}
    pairs = [(item.meeting, item) for item in items]
    return sorted(pairs, key=lambda pair: (pair[0].starts_at, pair[1].id), reverse=True)
