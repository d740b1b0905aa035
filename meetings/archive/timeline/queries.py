"""What a document led to, in the order of time, as far as the person asking may read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from meetings.models import (
    AgendaPaper,
    Document,
    Meeting,
    Relation,
    RelationKind,
    RelationState,
)
from meetings.policy import Asker, readable_documents, readable_papers

MOST = 40
DEEPEST = 4
LANES = {
    RelationKind.REPLACES: 0,
    RelationKind.REPEALS: 0,
    RelationKind.AMENDS: 1,
    RelationKind.SUSPENDS: 1,
    RelationKind.IMPLEMENTS: 2,
    RelationKind.REVIEWS: 3,
}
"""In which column stands what a document does to the others of the picture."""


@dataclass(frozen=True)
class Edge:
    """A relation between two documents of the picture."""

    source: UUID
    target: UUID
    kind: RelationKind


@dataclass(frozen=True)
class Step:
    """A document of the picture: its column, what it does to whom, where it was discussed."""

    document: Document
    lane: int
    does: Sequence[tuple[RelationKind, Document]]
    meetings: Sequence[Meeting]
    asked: bool

    @property
    def day(self) -> date:
        """Return the day at which the document stands in the picture."""
        return self.document.issued_on or date.max


def steps_of(session: Session, document: Document, *, by: Asker) -> tuple[Sequence[Step], bool]:
    """Return the documents around one, the oldest first, and whether there are more of them."""
    found, edges = _around(session, document, by)
    more = len(found) > MOST
    shown = dict(list(found.items())[:MOST])
    meetings = _meetings(session, shown, by)
    steps = [
        _step(one, shown, edges, meetings.get(one.id, ()), asked=one.id == document.id)
        for one in shown.values()
    ]
    return sorted(steps, key=lambda step: (step.day, step.document.id)), more


def _step(
    one: Document,
    shown: Mapping[UUID, Document],
    edges: Iterable[Edge],
    meetings: Sequence[Meeting],
    *,
    asked: bool,
) -> Step:
    own = [edge for edge in edges if edge.source == one.id and edge.target in shown]
    lane = min((LANES[edge.kind] for edge in own), default=0)
    does = [(edge.kind, shown[edge.target]) for edge in own]
    return Step(one, lane, does, meetings, asked)


def _around(
    session: Session, document: Document, by: Asker
) -> tuple[dict[UUID, Document], set[Edge]]:
    """Follow relations both ways, a few steps far, through documents that may be read only."""
    found, edges, outer = {document.id: document}, set[Edge](), {document.id}
    for _depth in range(DEEPEST):
        near = _edges_at(session, outer)
        ends = {end for edge in near for end in (edge.source, edge.target)} - found.keys()
        wanted = readable_documents(by).where(Document.id.in_(ends)).order_by(Document.id)
        new = {one.id: one for one in session.scalars(wanted)}
        found |= new
        edges |= {edge for edge in near if edge.source in found and edge.target in found}
        if not new or len(found) > MOST:
            break
        outer = set(new)
    return found, edges


def _edges_at(session: Session, ends: Iterable[UUID]) -> set[Edge]:
    rows = session.execute(
        select(Relation.source_id, Relation.target_id, Relation.kind).where(
            Relation.state == RelationState.CONFIRMED,
            Relation.kind.in_(LANES),
            or_(Relation.source_id.in_(ends), Relation.target_id.in_(ends)),
        )
    )
    return {Edge(*row) for row in rows}


def _meetings(
    session: Session, documents: Mapping[UUID, Document], by: Asker
) -> Mapping[UUID, Sequence[Meeting]]:
    """Return the meetings before which the documents lay, as far as a person knows of them."""
    laid = readable_papers(by).where(AgendaPaper.document_id.in_(documents))
    found: dict[UUID, dict[UUID, Meeting]] = {}
    for paper in session.scalars(laid):
        meeting = paper.item.meeting
        found.setdefault(paper.document_id, {})[meeting.id] = meeting
    return {document: list(meetings.values()) for document, meetings in found.items()}
