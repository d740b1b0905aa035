"""The chapters of a meeting's book: the papers that the person asking may read, ready to leaf."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.agenda.queries import Item, LaidPaper, agenda_of
from meetings.models import AgendaPaper, Meeting, ReadingPosition, VersionState
from meetings.policy import Asker


@dataclass(frozen=True)
class Chapter:
    """A paper of the book, and the page of the book at which it begins."""

    number: str
    item: Item
    paper: LaidPaper
    first: int

    @property
    def last(self) -> int:
        """Return the page of the book at which the paper ends."""
        return self.first + (self.paper.page_count or 1) - 1


@dataclass(frozen=True)
class Neighbours:
    """What lies before a paper in the book, and what after it."""

    before: Chapter | None = None
    after: Chapter | None = None


def book_of(session: Session, meeting: Meeting, *, by: Asker) -> Sequence[Chapter]:
    """Return the papers of a meeting that can be leafed through, in the order of its agenda."""
    chapters: list[Chapter] = []
    for line in agenda_of(session, meeting, user=by):
        for paper in line.papers:
            if paper.page_count and paper.state is VersionState.READY:
                first = chapters[-1].last + 1 if chapters else 1
                chapters.append(Chapter(line.number, line.item, paper, first))
    return chapters


def neighbours(session: Session, paper: AgendaPaper | None, *, by: Asker) -> Neighbours:
    """Return the chapters around a paper, in the meeting that it was opened from."""
    chapters = book_of(session, paper.item.meeting, by=by) if paper else ()
    places = [place for place, one in enumerate(chapters) if paper and one.paper.id == paper.id]
    if not places:
        return Neighbours()
    around = (None, *chapters, None)
    return Neighbours(around[places[0]], around[places[0] + 2])


def left_at(session: Session, chapters: Sequence[Chapter], *, by: Asker) -> Chapter | None:
    """Return the chapter in which the person asking read last."""
    documents = {chapter.paper.document_id: chapter for chapter in chapters}
    query = (
        select(ReadingPosition.document_id)
        .where(ReadingPosition.user_id == by.id, ReadingPosition.document_id.in_(list(documents)))
        .order_by(ReadingPosition.updated_at.desc())
        .limit(1)
    )
    last = session.scalar(query)
    return documents[last] if last else None
