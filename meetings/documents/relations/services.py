"""Propose relations from what a document cites; confirm, change and reject them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from meetings import clock
from meetings.documents.queries import current_version
from meetings.documents.relations.queries import BINDING
from meetings.documents.services import find_anew
from meetings.intake.citations import (
    CITES,
    STRENGTH,
    Candidate,
    Citation,
    Outcome,
    System,
    find_citations,
    resolve,
)
from meetings.models import Document, Relation, RelationKind, RelationState
from meetings.policy import Asker, readable_documents

NEEDS_FORCE = {
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.SUSPENDS,
    RelationKind.AMENDS,
}
"""What a report or a letter cannot do to another document."""


def propose(session: Session, document: Document) -> int:
    """Propose a relation to each stored document that this one surely cites; return how many.

    What an archivist decided about a pair of documents stays as it is.
    """
    version = current_version(session, document)
    said = ((version and version.header) or {}).get("citations", [])
    wanted: dict[Document, RelationKind] = {}
    for told in said:
        target = meant(session, document, citation_in(told), among=select(Document))
        if target is not None and target.id != document.id:
            kind = _kind(document, told)
            wanted[target] = min(kind, wanted.get(target, kind), key=lambda k: STRENGTH[k])
    known = set(
        session.scalars(select(Relation.target_id).where(Relation.source_id == document.id))
    )
    new = [
        Relation(source_id=document.id, target_id=target.id, kind=kind)
        for target, kind in wanted.items()
        if target.id not in known
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def citation_in(told: Mapping[str, Any]) -> Citation:
    """Return a citation as the header of a version tells it."""
    day = told.get("date")
    return Citation(
        system=System(told["system"]),
        number=told["number"],
        kind=told["kind"],
        organ=told["organ"],
        year=told["year"],
        date=date.fromisoformat(day) if day else None,
    )


def _kind(document: Document, told: Mapping[str, Any]) -> RelationKind:
    kind = RelationKind(told.get("clue", CITES))
    if kind in NEEDS_FORCE and document.doc_type not in BINDING:
        return RelationKind.CITES
    return kind


def meant(
    session: Session, document: Document, citation: Citation, *, among: Select[Document]
) -> Document | None:
    """Return the one document among some that a citation means."""
    rows = session.scalars(
        among.where(_begins_with(citation.number), Document.discarded_at.is_(None))
    ).all()
    found = resolve(citation, _candidates(rows), document.issuer, document.issued_on)
    if found.outcome is not Outcome.RESOLVED:
        return None
    return rows[found.candidates[0].id]


def _begins_with(number: str) -> Any:
    """Return the condition that a symbol begins with a number, with or without zeros."""
    bare = number.lstrip("0") or "0"
    numbers = {bare, bare.zfill(2), bare.zfill(3)}
    return or_(*(Document.symbol.startswith(one, autoescape=True) for one in sorted(numbers)))


def _candidates(rows: Sequence[Document]) -> list[Candidate]:
    return [
        Candidate(
            id=place,
            number=own.number,
            kind=own.kind,
            organ=own.organ,
            issuer=row.issuer,
            issued_on=row.issued_on,
        )
        for place, row in enumerate(rows)
        for own in find_citations(f"số {row.symbol}")[:1]
    ]


def find_target(session: Session, document: Document, typed: str, *, by: Asker) -> list[Document]:
    """Return the documents with a number as typed that a person may read."""
    cited = find_citations(f"số {typed}")
    if not cited:
        return []
    rows = session.scalars(
        readable_documents(by).where(_begins_with(cited[0].number), Document.id != document.id)
    ).all()
    found = resolve(cited[0], _candidates(rows), None, None)
    return [rows[candidate.id] for candidate in found.candidates]


def relate(
    session: Session,
    source: Document,
    target: Document,
    kind: RelationKind,
    *,
    since: date | None = None,
    by: Asker,
) -> None:
    """Say what a document does to another, as an archivist knows it."""
    _decide(session, source, target, RelationState.CONFIRMED, by=by, kind=kind, since=since)


def reject(session: Session, source: Document, target: Document, *, by: Asker) -> None:
    """Say that a document does nothing to another; it is not proposed again."""
    _decide(session, source, target, RelationState.REJECTED, by=by)


def _decide(
    session: Session,
    source: Document,
    target: Document,
    state: RelationState,
    *,
    by: Asker,
    **changes: Any,
) -> None:
    relation = session.scalar(
        select(Relation).where(Relation.source_id == source.id, Relation.target_id == target.id)
    )
    if relation is None:
        relation = Relation(source_id=source.id, target_id=target.id, kind=RelationKind.CITES)
        session.add(relation)
    for name, value in changes.items():
        setattr(relation, name, value)
    relation.state, relation.decided_by, relation.decided_at = state, by.id, clock.now()
    session.flush()
    for changed in (source, target):
        find_anew(session, changed)


def set_force(
    session: Session, document: Document, *, start: date | None, end: date | None
) -> None:
    """Say from when until when a document holds by its own words."""
    document.in_force_from, document.in_force_until = start, end
    find_anew(session, document)
