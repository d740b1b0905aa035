"""Who reads a paper, and when: set by the office, turned by the clock."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from meetings import clock, jobs
from meetings.agenda.access.queries import reader_table
from meetings.agenda.services import announce, recall_paper
from meetings.models import AgendaItem, AgendaPaper, Meeting


def set_window(
    session: Session, paper: AgendaPaper, *, start: datetime | None, end: datetime | None
) -> None:
    """Let a released paper be read from a moment until another; None leaves that side open."""
    paper.readable_from, paper.readable_until = start, end
    session.flush()
    meeting = paper.item.meeting
    meeting.turns_at = _turns_of(session, meeting)
    for moment in (start, end):
        if moment and moment > clock.now():
            key = f"window:{paper.id}:{moment.timestamp():.0f}"
            order = {"paper": str(paper.id)}
            jobs.enqueue(session, "agenda.window", order, key=key, due_at=moment)
    announce(session, meeting)


def set_readers(
    session: Session, place: AgendaPaper | AgendaItem, people: Collection[UUID]
) -> None:
    """Limit a paper, or the papers of an item, to named persons; nobody named means everybody."""
    table, owner = reader_table(place)
    session.execute(delete(table).where(owner == place.id))
    session.add_all(table(**{owner.key: place.id, "person_id": person}) for person in people)
    session.flush()
    announce(session, place.meeting if isinstance(place, AgendaItem) else place.item.meeting)


def turn(session: Session, paper: AgendaPaper) -> None:
    """Tell a meeting that a paper opened by itself; recall one whose time is over."""
    moment = clock.now()
    if not paper.is_out:
        return
    if paper.readable_until and paper.readable_until <= moment:
        recall_paper(session, paper, by=None)
    elif paper.readable_from and paper.readable_from <= moment:
        announce(session, paper.item.meeting, "release", paper=str(paper.id))


def _turns_of(session: Session, meeting: Meeting) -> list[float]:
    items = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting.id)
    bounds = select(AgendaPaper.readable_from, AgendaPaper.readable_until)
    rows = session.execute(bounds.where(AgendaPaper.item_id.in_(items)))
    return sorted(moment.timestamp() for row in rows for moment in row if moment)
