"""How far the papers and the people of a meeting are, and what was not printed for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from meetings.agenda.answers.queries import AnswerLine, answer_lines
from meetings.agenda.plans.queries import PAPERS_ARRIVE, places_of, stages_of
from meetings.agenda.queries import LaidPaper, agenda_of
from meetings.documents.queries import current_versions
from meetings.models import UNDERWAY, DocumentVersion, KeptPack, Meeting, VersionState
from meetings.policy import Asker
from meetings.reader.readiness.queries import Progress, Reader, Readiness, at_meeting
from meetings.reader.trial.queries import Tried, trials_of


class PaperState(StrEnum):
    """How far a paper is."""

    LATE = "late"
    MISSING = "missing"
    FAILED = "failed"
    UNDERWAY = "underway"
    READY = "ready"
    RECALLED = "recalled"
    RELEASED = "released"


@dataclass(frozen=True)
class PaperLine:
    """A paper of an item, or the place of one that is still awaited."""

    number: str
    title: str
    state: PaperState
    document_id: UUID | None = None


@dataclass(frozen=True)
class PersonLine:
    """Somebody invited: what they answered, how their tablet did, what they have and opened."""

    invited: AnswerLine
    tablets: Sequence[Tried]
    papers: int
    kept: int
    opened: int

    @property
    def tablet(self) -> str:
        """Return in a word how the best of their tablets did."""
        tried = [one for one in self.tablets if one.tried_at]
        if not tried:
            return "untried"
        return "good" if any(not one.problems for one in tried) else "weak"


@dataclass(frozen=True)
class Board:
    """Everything that the page shows."""

    papers: Sequence[PaperLine]
    people: Sequence[PersonLine]
    pages: int
    """Pages that would have been printed, one copy of each paper for everybody who may read it."""

    @property
    def states(self) -> Mapping[PaperState, int]:
        """Return how many papers are how far."""
        return Counter(line.state for line in self.papers)


def board_of(session: Session, meeting: Meeting, *, by: Asker) -> Board:
    """Return how ready a meeting is."""
    reading = at_meeting(session, meeting, by=by)
    versions = current_versions(session, list(reading.documents))
    return Board(
        _papers(session, meeting, by),
        _people(session, meeting, reading, versions, by),
        sum(
            versions[document].page_count or 0
            for reader in reading.readers
            for document in reader.progress
            if document in versions
        ),
    )


def _papers(session: Session, meeting: Meeting, by: Asker) -> Sequence[PaperLine]:
    over = any(due.over for due in stages_of(session, meeting) if due.name == PAPERS_ARRIVE)
    awaited = PaperState.LATE if over else PaperState.MISSING
    places = places_of(session, meeting)
    found = []
    for line in agenda_of(session, meeting, user=by):
        found += [
            PaperLine(line.number, paper.title, _state(paper), paper.document_id)
            for paper in line.papers
        ]
        found += [
            PaperLine(line.number, place.title, awaited) for place in places.get(line.item.id, ())
        ]
    return found


def _state(paper: LaidPaper) -> PaperState:
    if paper.released:
        return PaperState.RELEASED
    if paper.recalled:
        return PaperState.RECALLED
    if paper.state is VersionState.READY:
        return PaperState.READY
    return PaperState.UNDERWAY if paper.state in UNDERWAY else PaperState.FAILED


def _people(
    session: Session,
    meeting: Meeting,
    reading: Readiness,
    versions: Mapping[UUID, DocumentVersion],
    by: Asker,
) -> Sequence[PersonLine]:
    readers = {reader.person_id: reader for reader in reading.readers}
    trials = trials_of(session, meeting, by=by)
    kept = _kept(session, versions)
    return [
        PersonLine(
            invited,
            [one for one in trials if one.person_id == invited.part.person_id],
            *_counted(readers.get(invited.part.person_id), kept),
        )
        for invited in answer_lines(session, meeting, by=by)
    ]


def _counted(reader: Reader | None, kept: Mapping[UUID, int]) -> tuple[int, int, int]:
    """Return how many papers somebody may read, has on a tablet, and has opened."""
    if reader is None:
        return 0, 0, 0
    opened = len(reader.progress) - reader.counts.get(Progress.UNOPENED, 0)
    return len(reader.progress), kept.get(reader.user_id, 0), opened


def _kept(session: Session, versions: Mapping[UUID, DocumentVersion]) -> Mapping[UUID, int]:
    query = (
        select(KeptPack.user_id, func.count(KeptPack.version_id.distinct()))
        .where(
            KeptPack.version_id.in_([version.id for version in versions.values()]),
            KeptPack.dropped_at.is_(None),
        )
        .group_by(KeptPack.user_id)
    )
    rows: Any = session.execute(query).all()
    return dict(rows)
