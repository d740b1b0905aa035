"""What is bound: the papers of a meeting that a person may take along, and their places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from meetings.agenda.queries import LaidPaper, Line, agenda_of, body_name_of
from meetings.documents.queries import current_versions
from meetings.models import Document, DocumentVersion, Meeting, VersionState
from meetings.policy import Asker, takeable_documents


@dataclass(frozen=True)
class Leaf:
    """A paper in the bundle: where it stands in the agenda, its version, its pages."""

    number: str
    item: str
    paper: LaidPaper
    version: DocumentVersion
    first: int

    @property
    def last(self) -> int:
        """Return the number of its last page."""
        return self.first + self.version.page_count - 1

    @property
    def anchor(self) -> str:
        """Return what links lead to."""
        return f"paper-{self.paper.id}"


@dataclass(frozen=True)
class Bundle:
    """The agenda of a meeting, and its papers in that order."""

    meeting: Meeting
    body: str
    lines: Sequence[Line]
    leaves: Sequence[Leaf]

    @property
    def pages(self) -> int:
        """Return how many pages the papers have together."""
        return self.leaves[-1].last if self.leaves else 0

    @property
    def places(self) -> Mapping[UUID, Leaf]:
        """Return the leaf of each paper that is bound."""
        return {leaf.paper.id: leaf for leaf in self.leaves}


def bundle_of(session: Session, meeting: Meeting, *, by: Asker) -> Bundle:
    """Return the papers of a meeting that a person may take along, numbered on from 1."""
    lines = agenda_of(session, meeting, user=by)
    laid = [(line, paper) for line in lines for paper in line.papers]
    asked = [paper.document_id for _, paper in laid]
    documents = session.scalars(takeable_documents(by).where(Document.id.in_(asked))).all()
    versions = current_versions(session, documents)
    leaves: list[Leaf] = []
    for line, paper in laid:
        version = versions.get(paper.document_id)
        if version and version.state is VersionState.READY and version.viewing:
            first = leaves[-1].last + 1 if leaves else 1
            leaves.append(Leaf(line.number, line.item.title, paper, version, first))
    return Bundle(meeting, body_name_of(session, meeting, user=by), lines, leaves)
